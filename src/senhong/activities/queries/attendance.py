"""Who was, and who may have been, present."""

from collections.abc import Sequence
from dataclasses import dataclass

from senhong.activities.models import Activity, Attendance
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.people.models import Member, Membership, Team


@dataclass(frozen=True, slots=True)
class Roll:
    """The members of one team on the activity's day, and who of them was present."""

    team: Team
    members: Sequence[Member]
    present: frozenset[object]  # ids of members


def attendances_of(actor: Actor, activity: Activity) -> list[Attendance]:
    """Who was present, by given name; empty for those who may not see members.

    The activity was found for the actor. One query.
    """
    if not actor.can("member.view", at=activity.lead_team.path):
        return []
    found = Attendance.objects.filter(activity=activity).select_related("member", "team")
    return list(found.order_by("member__sort_key", "pk"))


def roll_of(actor: Actor, activity: Activity) -> list[Roll]:
    """For each team of the activity its members of that day, by given name. Two queries.

    The activity was found for the actor, with its teams.
    """
    if not actor.can("member.view", at=activity.lead_team.path):
        return []
    day = as_day(activity.first_on)
    teams = [activity.lead_team, *activity.teams.all()]
    places = Membership.objects.filter(team__in=teams, from_day__lte=day, to_day__gt=day)
    places = places.select_related("member").order_by("member__sort_key", "pk")
    present = frozenset(activity.attendances.values_list("member_id", flat=True))
    members: dict[object, list[Member]] = {team.pk: [] for team in teams}
    for place in places:
        members[place.team_id].append(place.member)
    return [Roll(team, members[team.pk], present) for team in teams]
