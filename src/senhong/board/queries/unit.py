"""The first page of a province, a district or a commune."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from senhong.activities.models import Activity
from senhong.board.queries.coming import coming_at
from senhong.board.queries.leaves import LifeAsks, life_asks, teams_by_spot
from senhong.board.queries.needs import SIGNS_OF_LIFE, Needs, late_among, needs_among
from senhong.board.queries.period import Period, Span, period_of
from senhong.board.queries.tree import DayTree, Spot
from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day
from senhong.ledger.models import Indicator
from senhong.ledger.queries import (
    Ask,
    By,
    FigureRow,
    figures,
    figures_for,
    indicators,
    relatives_on,
    unit_titles,
)
from senhong.org.models import Unit
from senhong.people.models import Team
from senhong.people.queries import teams_of
from senhong.plans.models import Target
from senhong.plans.queries import (
    Progress,
    ask_of,
    first_day_of,
    progress_with,
    targets_around,
)

MAIN = ("sorties", "citizen-turns", "platform-turns", "volunteer-turns", "activities")
COLUMNS = 5
WEEKS = 8
TREND = "citizen-turns"
_OF_THE_PROVINCE = ".province"  # nothing to compare units below by


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
    period: Period
    targets: list[Progress]
    columns: list[Indicator]
    lines: list[ChildLine]
    whole: dict[str, int]  # the unit's own figures in the period, by indicator
    trend: Indicator
    weeks: list[tuple[int, int, int]]  # first day, last day, figure
    communes: dict[int, int]  # unit id → figure of the trend's indicator in the period
    needs: Needs
    teams: list[Team]
    teams_at: dict[int, int]  # unit id → number of teams
    activities: Sequence[Activity]
    changes: list[int]  # days on which the map changed within the period


@dataclass(frozen=True, kw_only=True)
class View:
    """How the reader looks at the page."""

    reading_on: date
    span: Span = Span.PLAN
    trend: str = TREND
    on_today: bool = False  # every day on the map of the day that is read

    @property
    def day(self) -> int:
        return as_day(self.reading_on)


def unit_board(actor: Actor, unit: Unit, tree: DayTree, view: View) -> UnitBoard:
    """The first page of a unit that stands on the day that is read.

    At most nine queries, whatever the number of units, targets, activities and postings; three
    more where the map changed within the period and each day is read on its own.
    """
    ground = _ground(actor, unit, tree, view)
    known = figures_for(actor, [*ground.asks()])
    progress = progress_with([*ground.own, *ground.below], known, reading_on=view.reading_on)
    mine, theirs = progress[: len(ground.own)], progress[len(ground.own) :]
    teams = teams_of(actor, unit, view.day)
    teams_at = teams_by_spot(tree, teams)
    return UnitBoard(
        unit=unit,
        tree=tree,
        period=ground.period,
        targets=mine,
        columns=ground.columns,
        lines=_by_support(_with_targets(_lines(actor, ground, known), theirs), ground.columns),
        whole={each.code: known.get(ground.ask(unit, each), 0) for each in ground.columns},
        trend=ground.trend,
        weeks=[(ask.first, ask.last, known.get(ask, 0)) for ask in ground.weeks],
        communes={s.id: known.get(ground.ask(s.unit, ground.trend), 0) for s in ground.communes},
        needs=_needs(ground, teams_at, known, mine),
        teams=teams,
        teams_at=teams_at,
        activities=coming_at(actor, view.reading_on, unit),
        changes=ground.changes,
    )


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """What the page is about, before any figure is known."""

    unit: Unit
    tree: DayTree
    period: Period
    own: list[Target]
    below: list[Target]
    columns: list[Indicator]
    trend: Indicator
    communes: list[Spot]
    life: LifeAsks
    weeks: list[Ask]
    changes: list[int]

    @property
    def children(self) -> list[Spot]:
        return self.tree.children(self.unit.pk)

    def ask(self, unit: Unit, indicator: Indicator) -> Ask:
        return self.period.ask(unit, indicator)

    def asks(self) -> Iterable[Ask]:
        for target in (*self.own, *self.below):
            if (asked := ask_of(target, self.period.last)) is not None:
                yield asked
        for spot in self.children:
            yield from (self.ask(spot.unit, each) for each in self.columns)
        yield from (self.ask(self.unit, each) for each in self.columns)
        yield from (self.ask(spot.unit, self.trend) for spot in self.communes)
        yield from (*self.life.alive, *self.life.recent, *self.weeks)


def _ground(actor: Actor, unit: Unit, tree: DayTree, view: View) -> _Ground:
    below_ids = {spot.id for spot in tree.children(unit.pk)}
    own, below = targets_around(actor, unit, below_ids, view.day)
    begun = first_day_of(actor, unit, view.day) if view.span is Span.BEGUN else None
    period = period_of(view.span, view.day, own, begun)
    changes = tree.changes(period.first, view.day)
    period = period.on_todays_map(changes) if view.on_today else period
    counted = {each.code: each for each in indicators()}
    trend = counted[view.trend if view.trend in counted else TREND]
    communes = tree.communes(unit.pk)
    return _Ground(
        unit=unit,
        tree=tree,
        period=period,
        own=own,
        below=below,
        columns=_columns(counted, own),
        trend=trend,
        communes=communes,
        life=life_asks(communes, [counted[code] for code in SIGNS_OF_LIFE], period),
        weeks=_weeks(unit, trend, view.day),
        changes=changes,
    )


def _columns(counted: dict[str, Indicator], own: list[Target]) -> list[Indicator]:
    """What the unit is asked for, then what every unit is looked at by."""
    asked = [target.indicator.code for target in own]
    codes = dict.fromkeys(
        code for code in (*asked, *MAIN) if not code.endswith(_OF_THE_PROVINCE) and code in counted
    )
    return [counted[code] for code in [*codes][:COLUMNS]]


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
    if ground.changes and ground.period.on is None:
        return _lines_of_each_day(actor, ground)
    names = ground.tree.names(ground.children)
    lines = [
        ChildLine(
            spot.unit.key,
            names[spot.id],
            {each.code: known.get(ground.ask(spot.unit, each), 0) for each in ground.columns},
            {},
            spot,
        )
        for spot in ground.children
    ]
    rest = {
        each.code: known.get(ground.ask(ground.unit, each), 0)
        - sum(line.figures[each.code] for line in lines)
        for each in ground.columns
    }
    own = ChildLine(ground.unit.key, ground.unit.title, rest, {}, is_own=True)
    return [*lines, *([own] if lines and any(rest.values()) else [])]


def _lines_of_each_day(actor: Actor, ground: _Ground) -> list[ChildLine]:
    """As the ledger lists them: each under the name under which it counted. Three queries."""
    rows = figures(
        actor, ground.unit, ground.columns,
        first=ground.period.first, last=ground.period.last, by=By.UNIT,
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
    ground: _Ground, teams_at: Mapping[int, int], known: dict[Ask, int], mine: list[Progress]
) -> Needs:
    alive, recent = ground.life.summed(known)
    teamed = frozenset(unit_id for unit_id, number in teams_at.items() if number)
    found = needs_among(ground.communes, teamed, alive, recent)
    return replace(found, late=late_among(mine))


def relatives_of(unit: Unit, day: int) -> list[Unit]:
    """What a unit that does not stand on the day was then, or has become. One query."""
    return relatives_on(unit, day)
