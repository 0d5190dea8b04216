"""How long a member was present: for the certificate of her hours."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from senhong.activities.models import Activity, ActivityState, Participant
from senhong.core import clock
from senhong.people.models import Member, Team

_MOST = 2000


@dataclass(frozen=True, slots=True)
class Presence:
    """One activity at which a member was present, with which team, from when to when."""

    activity: Activity
    team: Team
    from_at: datetime
    to_at: datetime

    @property
    def minutes(self) -> int:
        return max(0, int((self.to_at - self.from_at).total_seconds()) // 60)


@dataclass(frozen=True, slots=True)
class Hours:
    """A member's presences of some days, and their sum."""

    lines: list[Presence]

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)


def hours_of(member: Member, first: date, last: date) -> Hours:
    """The closed activities of the days (both included) at which the member was present, by start.

    From when she came to when she left, where that is known and lies within the activity; else
    from its start, to its end. The member was found for the actor. At most 2,000. One query.
    """
    there = Participant.objects.filter(
        member=member,
        activity__state=ActivityState.CLOSED,
        activity__starts_at__gte=clock.start_of(first),
        activity__starts_at__lt=clock.start_of(last + timedelta(days=1)),
    ).there()
    found = there.select_related("activity", "team__unit")
    rows = found.order_by("activity__starts_at", "pk")[:_MOST]
    return Hours([_presence(one) for one in rows])


def _presence(one: Participant) -> Presence:
    activity = one.activity
    starts, ends = activity.starts_at, activity.ends_at
    came = one.came_at if one.came_at and starts <= one.came_at <= ends else starts
    left = one.left_at if one.left_at and came <= one.left_at <= ends else ends
    return Presence(activity, one.team, came, left)
