"""The first page of a province, a district or a commune."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from senhong.activities.models import Activity
from senhong.activities.queries import last_active
from senhong.board.queries.cards import Cards, Outlook, outlook
from senhong.board.queries.coming import Week, coming_at, week_at
from senhong.board.queries.earlier import Beside, beside, earlier_weeks
from senhong.board.queries.leaves import last_signs, team_places
from senhong.board.queries.needs import (
    SIGNS_OF_LIFE,
    Needs,
    behind_among,
    communes_in_need,
    late_among,
    quiet_among,
)
from senhong.board.queries.period import Period, View
from senhong.board.queries.tree import DayTree, Spot
from senhong.comms.models import Subject
from senhong.comms.queries import reminded_today
from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day
from senhong.ledger.models import Indicator
from senhong.ledger.queries import (
    Ask,
    By,
    FigureRow,
    figures,
    figures_for,
    relatives_on,
    unit_titles,
)
from senhong.org.models import Unit
from senhong.people.models import Team
from senhong.people.queries import teams_of
from senhong.plans.queries import Progress, ask_of, progress_with

WEEKS = 8
TREND = "citizen-turns"


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A unit below with its figures, and with its own targets where it has some."""

    key: str
    title: str  # told apart from those of the lines beside it
    figures: dict[str, int]  # by indicator
    progress: dict[str, Progress]
    spot: Spot | None = None  # None: ended within the period, or not a unit below
    stood_until: int | None = None
    is_own: bool = False  # what was recorded at the unit itself


@dataclass(frozen=True, kw_only=True)
class UnitBoard:
    """Everything that the first page of a unit shows."""

    unit: Unit
    tree: DayTree
    cards: Cards
    lines: list[ChildLine]
    trend: Indicator
    weeks: list[tuple[int, int, int]]  # first day, last day, figure
    last_week: Beside  # beside earlier weeks, to the same weekday
    communes: dict[int, int]  # unit id → figure of the trend's indicator in the period
    needs: Needs
    teams: list[Team]  # at the unit and below it
    own_teams: list[Team]  # of the unit itself, and of what landed there
    week: Week
    activities: Sequence[Activity]  # the next ones
    changes: list[int]  # days on which the map changed within the period

    @property
    def period(self) -> Period:
        return self.cards.period

    @property
    def columns(self) -> list[Indicator]:
        return self.cards.columns

    @property
    def whole(self) -> dict[str, int]:
        """The unit's own figures in the period, by indicator."""
        return self.cards.whole


def unit_board(actor: Actor, unit: Unit, tree: DayTree, view: View) -> UnitBoard:
    """The first page of a unit that stands on the day that is read.

    At most seventeen queries, whatever the number of units, targets, activities and postings; three
    more where the map changed within the period and each day is read on its own.
    """
    ground = _ground(outlook(actor, unit, tree, view))
    about = ground.about
    known = figures_for(actor, [*ground.asks()])
    progress = progress_with([*about.own, *about.below], known, reading_on=view.reading_on)
    mine, theirs = progress[: len(about.own)], progress[len(about.own) :]
    teams = teams_of(actor, unit, view.day)
    at = team_places(tree, teams)
    lines = _with_targets(_lines(actor, ground, known), theirs)
    return UnitBoard(
        unit=unit,
        tree=tree,
        cards=about.cards(known, mine),
        lines=_by_support(lines, about.columns),
        trend=ground.trend,
        weeks=[(ask.first, ask.last, known.get(ask, 0)) for ask in ground.weeks],
        last_week=beside(ground.weeks[-1], earlier_weeks(ground.weeks[-1]), known),
        communes={s.id: known.get(about.ask(s.unit, ground.trend), 0) for s in ground.communes},
        needs=_needs(actor, ground, teams, at, progress),
        teams=teams,
        own_teams=[team for team in teams if at[team.pk] == unit.pk],
        week=week_at(actor, view.reading_on, unit),
        activities=coming_at(actor, view.reading_on, unit),
        changes=about.changes,
    )


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """What the page is about, beside its cards, before any figure is known."""

    about: Outlook
    trend: Indicator
    communes: list[Spot]
    weeks: list[Ask]

    @property
    def children(self) -> list[Spot]:
        return self.about.tree.children(self.about.unit.pk)

    def asks(self) -> Iterable[Ask]:
        about = self.about
        yield from about.asks()
        for target in about.below:
            if (asked := ask_of(target, about.period.last)) is not None:
                yield asked
        for spot in self.children:
            yield from (about.ask(spot.unit, each) for each in about.columns)
        yield from (about.ask(spot.unit, self.trend) for spot in self.communes)
        yield from (*self.weeks, *earlier_weeks(self.weeks[-1]))


def _ground(about: Outlook) -> _Ground:
    counted, asked = about.counted, about.view.trend
    trend = counted[asked if asked in counted else TREND]
    return _Ground(
        about=about,
        trend=trend,
        communes=about.tree.communes(about.unit.pk),
        weeks=_weeks(about.unit, trend, about.view.day),
    )


def _weeks(unit: Unit, indicator: Indicator, day: int) -> list[Ask]:
    """The last weeks, from Monday to Sunday; the one that holds the day ends with it."""
    today = as_date(day)
    monday = today - timedelta(days=today.weekday())
    firsts = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    return [
        Ask(unit, indicator, as_day(first), min(day, as_day(first + timedelta(days=6))))
        for first in firsts
    ]


def _lines(actor: Actor, ground: _Ground, known: dict[Ask, int]) -> list[ChildLine]:
    """Units below; where the map changed and each day is read on its own, ended ones too."""
    about = ground.about
    if about.changes and about.period.on is None:
        return _lines_of_each_day(actor, ground)
    names = about.tree.names(ground.children)
    lines = [
        ChildLine(
            spot.unit.key,
            names[spot.id],
            {each.code: known.get(about.ask(spot.unit, each), 0) for each in about.columns},
            {},
            spot,
        )
        for spot in ground.children
    ]
    rest = {
        each.code: known.get(about.ask(about.unit, each), 0)
        - sum(line.figures[each.code] for line in lines)
        for each in about.columns
    }
    own = ChildLine(about.unit.key, about.unit.title, rest, {}, is_own=True)
    return [*lines, *([own] if lines and any(rest.values()) else [])]


def _lines_of_each_day(actor: Actor, ground: _Ground) -> list[ChildLine]:
    """As the ledger lists them: each under the name under which it counted. Three queries."""
    about = ground.about
    rows = figures(
        actor, about.unit, about.columns,
        first=about.period.first, last=about.period.last, by=By.UNIT,
    )  # fmt: skip
    spots = {spot.unit.key: spot for spot in ground.children}
    found: dict[tuple[str, str, bool], list[FigureRow]] = {}
    for row in rows:
        found.setdefault(row.line, []).append(row)
    names = unit_titles(rows)
    return [
        ChildLine(
            each[0].unit,
            names.get(line, each[0].unit_title),
            {row.indicator: row.quantity for row in each},
            {},
            None if each[0].is_own else spots.get(each[0].unit),
            each[0].stood_until,
            each[0].is_own,
        )
        for line, each in found.items()
        if not each[0].is_own or any(row.quantity for row in each)
    ]


def _with_targets(lines: list[ChildLine], progress: list[Progress]) -> list[ChildLine]:
    found: dict[str, dict[str, Progress]] = {}
    for each in progress:
        found.setdefault(each.target.unit.key, {})[each.target.indicator.code] = each
    return [replace(line, progress=found.get(line.key, {})) for line in lines]


def _by_support(lines: list[ChildLine], columns: list[Indicator]) -> list[ChildLine]:
    """Who needs support first: most targets behind, then least done beside the others."""
    most = {
        each.code: max((line.figures.get(each.code, 0) for line in lines if line.spot), default=0)
        or 1
        for each in columns
    }

    def rank(line: ChildLine) -> tuple[bool, int, float]:
        share = sum(figure / most[code] for code, figure in line.figures.items())
        return line.spot is None, -len(late_among(line.progress.values())), share

    return sorted(lines, key=rank)


def _needs(
    actor: Actor,
    ground: _Ground,
    teams: Sequence[Team],
    at: Mapping[UUID, int],
    progress: Sequence[Progress],
) -> Needs:
    """Five queries at most: what was counted last, what teams did last, who has been reminded.

    at  where each team is.
    """
    about, tree = ground.about, ground.about.tree
    signs = [about.counted[code] for code in SIGNS_OF_LIFE]
    last = last_signs(actor, ground.communes, signs, about.period)
    found = communes_in_need(ground.communes, Counter(at.values()), last, about.period)
    active = last_active(actor, at.keys(), about.view.reading_on)
    theirs: dict[int, list[Progress]] = defaultdict(list)
    for each in progress[len(about.own) :]:
        theirs[each.target.unit_id].append(each)
    lines = {
        Subject.BEHIND: behind_among(theirs, tree),
        Subject.IDLE: found[Subject.IDLE],
        Subject.SILENT: found[Subject.SILENT],
        Subject.TEAMLESS: found[Subject.TEAMLESS],
        Subject.QUIET_TEAMS: quiet_among(teams, at, active, tree, about.view.day),
    }
    units = {line.spot.unit for each in lines.values() for line in each}
    return Needs(
        late=late_among(progress[: len(about.own)]),
        lines={subject: each for subject, each in lines.items() if each},
        reminded=reminded_today(actor, units),
    )


def relatives_of(unit: Unit, day: int) -> list[Unit]:
    """What a unit that does not stand on the day was then, or has become. One query."""
    return relatives_on(unit, day)
