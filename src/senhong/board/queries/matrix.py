"""Units × targets: for each unit below another, how far each target of the plans is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from senhong.board.queries.needs import late_among
from senhong.board.queries.tree import DayTree, Spot
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.ledger.models import Indicator
from senhong.ledger.queries import Ask, figures_for, indicators
from senhong.org.models import Cluster, Level, Unit
from senhong.org.queries import Grouping, clusters_on
from senhong.plans.models import Plan, Target
from senhong.plans.queries import Progress, Thresholds, pace, pace_rule_of, targets_at

MOST_COLUMNS = 12
PLAIN = ("sorties", "citizen-turns", "platform-turns", "volunteer-turns", "activities")
_OF_THE_PROVINCE = ".province"  # nothing to compare units below by


class Layout(StrEnum):
    """Which rows the table has."""

    UNITS = "units"  # directly below
    COMMUNES = "communes"  # under their districts
    GROUPED = "grouped"  # under their clusters
    CLUSTERS = "clusters"  # one row for each cluster


@dataclass(frozen=True, slots=True)
class Measure:
    """A column: what is counted, in which days. Plans that ask for the same share it."""

    indicator: Indicator
    first: int
    last: int  # included

    @property
    def key(self) -> str:
        """What the address calls it."""
        return f"{self.indicator.code}_{self.first}_{self.last}"

    def ask(self, unit: Unit, day: int) -> Ask | None:
        """None before its days begin."""
        if day < self.first:
            return None
        return Ask(unit, self.indicator, self.first, min(day, self.last))


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of a unit, and how far that is where it has a target."""

    figure: int | None  # None: the days have not begun
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row: a unit, a cluster, or what was recorded at the unit above itself."""

    title: str
    marks: tuple[Mark, ...]
    spot: Spot | None = None
    cluster: Cluster | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a head; without one they stand alone."""

    head: Line | None
    lines: list[Line]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How the reader looks at the table."""

    reading_on: date
    layout: str = ""
    cluster: str = ""  # the id of the only one shown
    plan: str = ""
    sort: str = ""  # "name", the number of a column, "-" before it turned round; else by need
    # One column alone: by its key, or, where no column has that, the one that most are asked for.
    alone: str | None = None

    @property
    def day(self) -> int:
        return as_day(self.reading_on)


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """The table, and what else could be chosen."""

    unit: Unit
    tree: DayTree
    asked: Asked
    layout: Layout
    layouts: list[Layout]
    measures: list[Measure]
    choices: list[Measure]  # all columns, also those that were not chosen
    plans: list[Plan]  # also those that were not chosen
    groupings: list[Grouping]
    cluster: Grouping | None
    groups: list[Group]
    own: Line | None  # what no row below has
    whole: Line

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]


def matrix_of(actor: Actor, unit: Unit, tree: DayTree, asked: Asked) -> Matrix:
    """The units below a unit that stands on the day, each with the figures of the targets.

    Nine queries at most, whatever the number of units, targets and postings, and one more where
    a unit in a cluster has ended. Raises Forbidden.
    """
    ground = _Ground(unit, tree, asked)
    every = targets_at(actor, [unit, *(spot.unit for spot in ground.spots)], asked.day)
    plans = [*{target.plan_id: target.plan for target in every}.values()]
    targets = [each for each in every if str(each.plan_id) == asked.plan] or every
    measures = _measures(targets, unit, asked.day)
    book = _book(actor, ground, _chosen(measures, targets, asked), targets)
    groups = [
        Group(group.head, _sorted(group.lines, book.measures, asked.sort))
        for group in ground.groups(book)
    ]
    whole = ground.whole(book)
    return Matrix(
        unit=unit, tree=tree, asked=asked, layout=ground.layout, layouts=ground.layouts,
        measures=book.measures, choices=measures, plans=plans, groupings=ground.groupings,
        cluster=ground.cluster, groups=groups, own=ground.rest(book, whole), whole=whole,
    )  # fmt: skip


def _chosen(measures: list[Measure], targets: Sequence[Target], asked: Asked) -> list[Measure]:
    if asked.alone is None:
        return measures[:MOST_COLUMNS]
    times = Counter(_measure(target).key for target in targets)
    usual = max(measures, key=lambda each: times[each.key])
    return [next((each for each in measures if each.key == asked.alone), usual)]


def _measures(targets: Sequence[Target], unit: Unit, day: int) -> list[Measure]:
    """What the unit itself is asked for comes first, then what only those below are."""
    own = [target for target in targets if target.unit_id == unit.pk]
    found: dict[str, Measure] = {}
    for target in [*own, *targets]:
        if not target.indicator.code.endswith(_OF_THE_PROVINCE):
            measure = _measure(target)
            found.setdefault(measure.key, measure)
    if found:
        return [*found.values()]
    year = day // 10000 * 10000
    return [Measure(each, year + 101, year + 1231) for each in indicators(PLAIN)]


def _measure(target: Target) -> Measure:
    return Measure(target.indicator, target.from_day, target.last_day)


class _Ground:
    """Which units are shown, and how they are grouped; before any figure is known."""

    def __init__(self, unit: Unit, tree: DayTree, asked: Asked) -> None:
        self.unit = unit
        self.tree = tree
        self.asked = asked
        self.children = tree.children(unit.pk)
        self.groupings = self._groupings()
        self.layouts = self._layouts()
        self.layout = next((e for e in self.layouts if e == asked.layout), Layout.UNITS)
        self.cluster = next(
            (each for each in self.groupings if str(each.cluster.pk) == asked.cluster), None
        )
        self.spots = self._spots()
        self.names = tree.names(self.spots)

    def _groupings(self) -> list[Grouping]:
        """Only of units that stand directly below; a cluster elsewhere groups nothing here."""
        if not self.unit.is_province:
            return []
        below = {spot.id for spot in self.children}
        found = clusters_on(self.unit, self.asked.day)
        return [Grouping(each.cluster, each.unit_ids & below) for each in found]

    def _layouts(self) -> list[Layout]:
        found = [Layout.UNITS]
        if any(spot.unit.level == Level.DISTRICT for spot in self.children):
            found.append(Layout.COMMUNES)
        return [*found, Layout.GROUPED, Layout.CLUSTERS] if self.groupings else found

    def _spots(self) -> list[Spot]:
        if self.cluster is not None:
            return [spot for spot in self.children if spot.id in self.cluster.unit_ids]
        if self.layout is Layout.COMMUNES:
            return [each for spot in self.children for each in (spot, *self.tree.communes(spot.id))]
        return self.children

    def groups(self, book: "_Book") -> list[Group]:
        if self.cluster is not None or self.layout is Layout.UNITS:
            return [
                Group(None, [self._line(book, spot, self.names[spot.id]) for spot in self.spots])
            ]
        if self.layout is Layout.COMMUNES:
            return [self._district(book, spot) for spot in self.children]
        groups = [self._cluster(book, each) for each in self.groupings]
        free = self._free()
        if self.layout is Layout.CLUSTERS:
            heads = [group.head for group in groups if group.head is not None]
            return [Group(None, [*heads, *(self._line(book, s, self.names[s.id]) for s in free)])]
        loose = [self._line(book, spot, self.names[spot.id]) for spot in free]
        return [*groups, *([Group(None, loose)] if loose else [])]

    def _free(self) -> list[Spot]:
        """The units in no cluster."""
        taken = {unit for each in self.groupings for unit in each.unit_ids}
        return [spot for spot in self.children if spot.id not in taken]

    def _line(self, book: "_Book", spot: Spot, title: str) -> Line:
        return Line(title, book.marks(spot.unit), spot)

    def _district(self, book: "_Book", spot: Spot) -> Group:
        """A unit and the communes below it; a commune that hangs on the province stands alone."""
        own = self._line(book, spot, self.names[spot.id])
        below = self.tree.communes(spot.id)
        if not below:
            return Group(None, [own])
        return Group(own, [self._line(book, each, each.title) for each in below])

    def _cluster(self, book: "_Book", each: Grouping) -> Group:
        spots = [spot for spot in self.children if spot.id in each.unit_ids]
        head = Line(each.cluster.name, book.summed([s.unit for s in spots]), cluster=each.cluster)
        return Group(head, [self._line(book, spot, self.names[spot.id]) for spot in spots])

    def whole(self, book: "_Book") -> Line:
        if self.cluster is not None:
            marks = book.summed([spot.unit for spot in self.spots])
            return Line(self.cluster.cluster.name, marks, cluster=self.cluster.cluster)
        return Line(self.unit.title, book.marks(self.unit), self.tree.spots[self.unit.pk])

    def rest(self, book: "_Book", whole: Line) -> Line | None:
        """What the rows lack of the whole: recorded at the unit itself, or at what has ended."""
        if self.cluster is not None:
            return None
        parts = book.summed([spot.unit for spot in self.children])
        marks = tuple(
            Mark(None if mark.figure is None else mark.figure - (part.figure or 0))
            for mark, part in zip(whole.marks, parts, strict=True)
        )
        lacks = any(mark.figure for mark in marks) and bool(self.children)
        return Line(self.unit.title, marks) if lacks else None


@dataclass(frozen=True)
class _Book:
    """Every figure and target of the table."""

    measures: list[Measure]
    reading_on: date
    rule: Thresholds
    known: Mapping[Ask, int]
    targets: Mapping[tuple[int, str], Target]

    def marks(self, unit: Unit) -> tuple[Mark, ...]:
        return tuple(self._mark(unit, measure) for measure in self.measures)

    def _mark(self, unit: Unit, measure: Measure) -> Mark:
        figure = self._figure(unit, measure)
        target = self.targets.get((unit.pk, measure.key))
        if target is None:
            return Mark(figure)
        return Mark(figure, pace(target, figure or 0, self.reading_on, self.rule))

    def _figure(self, unit: Unit, measure: Measure) -> int | None:
        asked = measure.ask(unit, as_day(self.reading_on))
        return None if asked is None else self.known.get(asked, 0)

    def summed(self, units: Sequence[Unit]) -> tuple[Mark, ...]:
        """The units together; their target is the sum of theirs."""
        return tuple(self._sum(units, measure) for measure in self.measures)

    def _sum(self, units: Sequence[Unit], measure: Measure) -> Mark:
        found = [self._figure(unit, measure) for unit in units]
        figure = None if None in found else sum(each or 0 for each in found)
        wanted = [self.targets.get((unit.pk, measure.key)) for unit in units]
        quantity = sum(target.quantity for target in wanted if target is not None)
        if not quantity:
            return Mark(figure)
        together = Target(
            indicator=measure.indicator, quantity=quantity,
            from_day=measure.first, to_day=next(t.to_day for t in wanted if t is not None),
        )  # fmt: skip
        return Mark(figure, pace(together, figure or 0, self.reading_on, self.rule))


def _book(
    actor: Actor, ground: _Ground, measures: list[Measure], targets: Sequence[Target]
) -> _Book:
    units = [ground.unit, *(spot.unit for spot in ground.spots)]
    asks = [each.ask(unit, ground.asked.day) for unit in units for each in measures]
    return _Book(
        measures,
        ground.asked.reading_on,
        pace_rule_of(_province(ground.unit, ground.tree)),
        figures_for(actor, [ask for ask in asks if ask is not None]),
        _by_cell(targets),
    )


def _by_cell(targets: Sequence[Target]) -> dict[tuple[int, str], Target]:
    """By unit and column; where two plans ask a unit for the same, the one that asks for more."""
    ordered = sorted(targets, key=lambda target: target.quantity)
    return {(target.unit_id, _measure(target).key): target for target in ordered}


def _province(unit: Unit, tree: DayTree) -> Unit:
    return tree.spots[unit.province_id or unit.pk].unit


def _sorted(lines: Iterable[Line], measures: Sequence[Measure], sort: str) -> list[Line]:
    """By need, by name, or by a column: what has no share there comes last."""
    ordered = [*lines]
    if sort == "name":
        return ordered
    number, is_turned = sort.removeprefix("-"), sort.startswith("-")
    if not (number.isascii() and number.isdigit() and 1 <= int(number) <= len(measures)):
        return sorted(ordered, key=_need)
    at = int(number) - 1
    by_share = any(line.marks[at].progress for line in ordered)

    def rank(line: Line) -> tuple[bool, float]:
        mark = line.marks[at]
        value = mark.progress.share_percent if mark.progress else None
        value = value if by_share else mark.figure
        return value is None, (value or 0) * (-1 if is_turned else 1)

    return sorted(ordered, key=rank)


def _need(line: Line) -> tuple[int, float]:
    """Most targets behind first, then the least done."""
    progress = [mark.progress for mark in line.marks if mark.progress]
    shares = [min(each.share_percent, 100) for each in progress]
    figures = sum(mark.figure or 0 for mark in line.marks)
    return -len(late_among(progress)), sum(shares) / len(shares) if shares else float(figures)
