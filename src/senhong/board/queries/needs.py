"""What asks for somebody: read from data, so that nobody has to look through a hundred rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from senhong.board.queries.period import Period
from senhong.board.queries.tree import DayTree, Spot
from senhong.comms.models import Subject
from senhong.core.days import as_date, as_day, days_between
from senhong.people.models import Team
from senhong.plans.queries import PaceState, Progress

SILENT_DAYS = 7
LOOK_BACK_DAYS = 365  # for the last sign of life, however short the period that is shown
QUIET_DAYS = 30  # of a team
SIGNS_OF_LIFE = ("activities", "citizen-turns", "organisations-helped")


class QuietTeam(NamedTuple):
    """A team, and the day on which it was last active; None: never."""

    team: Team
    last_on: date | None


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A unit that needs support, and why."""

    spot: Spot
    days: int | None = None  # without a sign of life; None: for longer than one looks back
    late: Sequence[Progress] = ()  # its targets that are behind
    teams: Sequence[QuietTeam] = ()


@dataclass(frozen=True, kw_only=True)
class Needs:
    """Targets and units that need support, worst first."""

    late: Sequence[Progress] = ()  # the unit's own targets
    lines: Mapping[Subject, Sequence[NeedLine]] = field(default_factory=dict)
    # Who may remind the units: which of them were reminded today, by what of.
    reminded: Mapping[str, set[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.late or any(self.lines.values()))

    def waiting(self, subject: Subject) -> list[NeedLine]:
        """Who has not been reminded of it today."""
        done = self.reminded.get(subject, set())
        return [line for line in self.lines.get(subject, ()) if line.spot.id not in done]


def need_of(teams: int, last: int | None, period: Period) -> Subject | None:
    """What a commune needs that has so many teams and was last active on that day.

    ``last``: None when there is no such day. Who was active a few days ago is not silent because a
    period has just begun, nor is a period of a few days one to have done nothing in. No query.
    """
    if not teams:
        return Subject.TEAMLESS
    if last is not None and _silent_days(last, period.last) < SILENT_DAYS:
        return None
    is_long = days_between(period.first, period.last) > SILENT_DAYS
    return Subject.IDLE if is_long and (last or 0) < period.first else Subject.SILENT


def _silent_days(last: int, day: int) -> int:
    """Full days without anything, up to the one that is read."""
    return days_between(last, day) - 1


def since_when(period: Period) -> int:
    """The first day on which signs of life are looked for. No query."""
    back = as_date(period.last) - timedelta(days=LOOK_BACK_DAYS)
    return min(period.first, as_day(back))


def communes_in_need(
    communes: Sequence[Spot], teams: Mapping[int, int], last: Mapping[int, int], period: Period
) -> dict[Subject, list[NeedLine]]:
    """Communes by what they need, the longest silent first. No query.

    teams  how many each has; last  the day of its last sign of life
    """
    found: dict[Subject, list[NeedLine]] = defaultdict(list)
    for spot in communes:
        day = last.get(spot.id)
        need = need_of(teams.get(spot.id, 0), day, period)
        if need is not None:
            found[need].append(NeedLine(spot, _silent_days(day, period.last) if day else None))
    found[Subject.SILENT].sort(key=lambda line: -(line.days or 0))
    return found


def behind_among(progress: Mapping[int, Iterable[Progress]], tree: DayTree) -> list[NeedLine]:
    """Units with targets behind, who has most of them first. No query.

    progress  how far the targets of each unit are, by unit id
    """
    lines = [NeedLine(tree.spots[id], late=late_among(each)) for id, each in progress.items()]
    return sorted((line for line in lines if line.late), key=lambda line: -len(line.late))


def quiet_among(
    teams: Sequence[Team], at: Mapping[UUID, int], active: Mapping[UUID, date], tree: DayTree,
    day: int,
) -> list[NeedLine]:  # fmt: skip
    """Units whose teams have stood still for thirty days, the teams that never began first.

    at  where each team is; active  the day on which it was last active. No query.
    """
    since = as_date(day) - timedelta(days=QUIET_DAYS)
    found: dict[int, list[QuietTeam]] = defaultdict(list)
    for team in teams:
        last_on = active.get(team.pk)
        if team.from_day <= as_day(since) and (last_on is None or last_on <= since):
            found[at[team.pk]].append(QuietTeam(team, last_on))
    lines = [NeedLine(tree.spots[id], teams=quiet) for id, quiet in found.items()]
    return sorted(lines, key=lambda line: min(each.last_on or date.min for each in line.teams))


def late_among(progress: Iterable[Progress]) -> list[Progress]:
    """Targets behind, or not begun although something was due; the furthest behind first."""
    late = [
        each
        for each in progress
        if not each.is_over
        and each.expected > 0
        and each.state in {PaceState.BEHIND, PaceState.NOT_BEGUN}
    ]
    return sorted(late, key=lambda each: each.share_percent - each.expected_percent)
