"""What people say when they plan an activity or record help: plain values with units."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from senhong.activities.models import (
    CANCEL_HOURS,
    Activity,
    ActivityKind,
    ActivityLevel,
    Help,
    Helped,
)
from senhong.core.errors import DomainError
from senhong.core.text import nfc
from senhong.org.models import Partner, Unit
from senhong.people.models import Member, Team
from senhong.plans.models import Plan

MOST_WEEKS = 52  # in one series


@dataclass(frozen=True, kw_only=True)
class ActivityFacts:
    """An activity as it is planned. ``teams`` are those that take part beside the lead team."""

    kind: ActivityKind
    level: ActivityLevel
    name: str
    lead_team: Team
    teams: tuple[Team, ...] = ()
    partners: tuple[Partner, ...] = ()
    plan: Plan | None = None
    place_unit: Unit
    place_text: str = ""
    lat: float | None = None  # degrees north
    lon: float | None = None  # degrees east
    starts_at: datetime
    ends_at: datetime
    seats: int | None = None  # 1 to 1,000; none: no limit
    cancel_hours: int = CANCEL_HOURS  # until so long before the start one may cancel herself

    @property
    def columns(self) -> dict[str, object]:
        """What stands in the activity's own row."""
        names = ("kind", "level", "lead_team", "plan", "place_unit", "lat", "lon", "seats")
        own = {
            name: getattr(self, name) for name in (*names, "starts_at", "ends_at", "cancel_hours")
        }
        return own | {"name": nfc(self.name), "place_text": nfc(self.place_text)}

    @classmethod
    def of(cls, activity: Activity) -> "ActivityFacts":
        """The plan of an activity. Needs teams and partners prefetched."""
        return cls(
            kind=ActivityKind(activity.kind),
            level=ActivityLevel(activity.level),
            name=activity.name,
            lead_team=activity.lead_team,
            teams=tuple(activity.teams.all()),
            partners=tuple(activity.partners.all()),
            plan=activity.plan,
            place_unit=activity.place_unit,
            place_text=activity.place_text,
            lat=activity.lat,
            lon=activity.lon,
            starts_at=activity.starts_at,
            ends_at=activity.ends_at,
            seats=activity.seats,
            cancel_hours=activity.cancel_hours,
        )

    def weeks_later(self, weeks: int) -> "ActivityFacts":
        """The same, so many weeks later at the same hour."""
        later = timedelta(weeks=weeks)
        return replace(self, starts_at=self.starts_at + later, ends_at=self.ends_at + later)

    def are_those_of(self, activity: Activity) -> bool:
        """Whether the activity says the same. Needs teams and partners prefetched."""
        return (
            all(getattr(activity, name) == value for name, value in self.columns.items())
            and set(activity.teams.all()) == set(self.teams) - {self.lead_team}
            and set(activity.partners.all()) == set(self.partners)
        )


@dataclass(frozen=True, kw_only=True)
class Present:
    """A member was there, with this team."""

    id: UUID
    member: Member
    team: Team


@dataclass(frozen=True, kw_only=True)
class HelpFacts:
    """What was given, by which team, to how many."""

    team_id: UUID
    services: tuple[str, ...]  # codes of HelpKind
    people: int  # 1 to 1,000: citizens, or businesses or organisations
    helped: Helped = Helped.CITIZENS
    given_on: date | None = None  # none: today, at the latest the activity's last day
    note: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(sorted(set(self.services)))

    def are_those_of(self, help: Help) -> bool:
        return (
            self.team_id == help.team_id
            and list(self.codes) == sorted(help.services)
            and self.people == help.people
            and self.helped == help.helped
            and self.given_on in {None, help.given_on}
            and nfc(self.note) == help.note
        )


@dataclass(frozen=True, kw_only=True)
class GivenHelp(HelpFacts):
    """Help as it was recorded in an activity, perhaps to people who were helped before in it."""

    id: UUID
    activity_id: UUID
    same_people_as: UUID | None = None  # any help to these people in this activity
    given_at: datetime | None = None  # what the phone's clock said
    point: tuple[float, float] | None = None  # degrees north and east; kept to two places
    counted_before: bool = False  # to people whom another help counted: no turns

    def is_recorded_in(self, help: Help, group: UUID | None) -> bool:
        """Whether the row says the same; ``group`` is that of ``same_people_as``."""
        return (
            self.activity_id == help.activity_id
            and help.corrects_id is None
            and help.group == (group or help.id)
            and self.given_at == help.given_at
            and self.coarse_point == (None if help.lat is None else (help.lat, help.lon))
            and self.counted_before == help.counted_before
            and self.are_those_of(help)
        )

    @property
    def coarse_point(self) -> tuple[float, float] | None:
        """Where it was, to about a kilometre: finer is never kept."""
        return self.point and (round(self.point[0], 2), round(self.point[1], 2))


class HelpOutcome(StrEnum):
    RECORDED = "recorded"
    ALREADY_RECORDED = "already-recorded"
    CONFLICT = "conflict"  # the id names other facts
    RETURNED = "returned"  # a rule is not met: see the error


@dataclass(frozen=True)
class HelpAnswer:
    """What became of one help of a batch. ``help`` is its row, where there is one."""

    id: UUID
    outcome: HelpOutcome
    error: DomainError | None = None
    help: Help | None = field(default=None, compare=False)
