"""Figures: sums of postings for a unit, indicators and a period, on any map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from senhong.core.actor import Actor
from senhong.ledger.models import Indicator
from senhong.ledger.queries.around import Around, around_of
from senhong.ledger.queries.atlas import Atlas, Reading, atlas_for
from senhong.ledger.queries.breakdown import Group, groups_of
from senhong.ledger.queries.on_map import must_be_on_map
from senhong.ledger.queries.periods import (
    Bucket,
    By,
    buckets,
    label_of,
    must_be_a_period,
    must_be_few,
)
from senhong.ledger.queries.sums import Flows, Part, Read, States, sums_of
from senhong.org.models import Unit
from senhong.org.queries import told_apart


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure, and what it is the figure of."""

    unit: str  # its key
    unit_title: str  # as it was called on the map that was read
    indicator: str  # its code
    period: str | None  # "2023-03-20", "2023-W11", "2023-03", "2023-Q1", "2023"; None: all of it
    quantity: int
    is_own: bool = False  # the unit's own postings, without the units below
    stood_until: int | None = None  # its last day with a figure, if the period runs on after it
    has_below: bool = False  # units below it are in the figure, too
    above: tuple[str, ...] = ()  # of a unit among others: what it hung on, from its parent up

    @property
    def line(self) -> tuple[str, str, bool]:
        """What its line among those of other units is known by.

        Units may share a title, and what was abolished stands under the key of who took it.
        """
        return self.unit, self.unit_title, self.is_own


def unit_titles(rows: Iterable[FigureRow]) -> dict[tuple[str, str, bool], str]:
    """What the units below are called in a figure by unit, by ``line``: told apart. No query."""
    units = {row.line: row for row in rows if not row.is_own}
    return told_apart(
        {line: row.unit_title for line, row in units.items()},
        {line: row.above for line, row in units.items()},
    )


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Figures, and what stands around the unit that they are of."""

    rows: list[FigureRow]
    around: Around


@dataclass(frozen=True, slots=True)
class Ask:
    """One figure that is asked for among many; ``on``: see ``figures``."""

    unit: Unit
    indicator: Indicator
    first: int
    last: int
    on: int | None = None

    # A board asks two thousand times; by the rows themselves a look-up takes three times as long.
    def __hash__(self) -> int:
        return hash((self.unit.id, self.indicator.id, self.first, self.last, self.on))

    @property
    def reading(self) -> Reading:
        return Reading(self.unit, self.first, self.last, self.on)


def figures(  # noqa: PLR0913  # one question, said whole
    actor: Actor,
    unit: Unit,
    indicators: Sequence[Indicator],
    *,
    first: int,
    last: int,
    by: By = By.INDICATOR,
    on: int | None = None,
) -> list[FigureRow]:
    """The unit's figures from ``first`` to ``last``, both included.

    Flows are summed; states are read on the period's last day, or the last in it on which the
    unit stood (``stood_until`` then says so). Without ``on`` each day is read
    on the map of that day; with it every day is read on the map of the day ``on``. By
    INDICATOR one row for each indicator; by UNIT the units directly below, those that stood
    before the unit did, and its own; else one row for each piece of the period. Rows that are
    0 are there, rows for days on which the unit (or the map asked for) no longer stood are
    not. The rows of an indicator add up to its row by INDICATOR. Raises Forbidden,
    UnitNotOnMap, MapEnded, PeriodReversed, PeriodTooLong, TooManyFigures. At most three
    queries.
    """
    reading = Reading(unit, first, last, on)
    return _rows(_atlas(actor, reading, by), reading, indicators, by)


def figure_page(
    actor: Actor, reading: Reading, indicators: Sequence[Indicator], by: By = By.INDICATOR
) -> FigurePage:
    """As ``figures``, with what a page says around them. At most four queries."""
    atlas = _atlas(actor, reading, by)
    return FigurePage(_rows(atlas, reading, indicators, by), around_of(actor, atlas, reading))


def _atlas(actor: Actor, reading: Reading, by: By) -> Atlas:
    """The maps of a reading that may be asked for."""
    actor.require("figure.view", at=reading.unit.path)
    must_be_a_period(reading.first, reading.last)
    atlas = atlas_for([reading], drawn=by is By.UNIT)
    must_be_on_map(atlas, reading)
    return atlas


def _rows(
    atlas: Atlas, reading: Reading, indicators: Sequence[Indicator], by: By
) -> list[FigureRow]:
    if by is By.UNIT:
        return _by_unit(atlas, reading, indicators)
    if by is By.INDICATOR:
        return _whole(atlas, reading, indicators)
    return _by_time(atlas, reading, indicators, by)


def figures_for(actor: Actor, asks: Sequence[Ask]) -> dict[Ask, int]:
    """Many figures at once, whatever their units and periods.

    Asks whose unit does not stand on the map of ``on``, or on any day of the period, are left
    out. Raises Forbidden. Two queries at most.
    """
    for unit in {ask.unit for ask in asks}:
        actor.require("figure.view", at=unit.path)
    atlas = atlas_for({ask.reading for ask in asks})
    asked = [ask for ask in asks if atlas.knows(ask.reading)]
    numbers = {reading: n for n, reading in enumerate({ask.reading: 0 for ask in asked})}
    sums = sums_of(_flows_for(atlas, asked, numbers), _states_for(atlas, asked, numbers))
    return {ask: sums.get((numbers[ask.reading], ask.indicator.pk, 0), 0) for ask in asked}


def _flows_for(atlas: Atlas, asks: list[Ask], numbers: dict[Reading, int]) -> Flows:
    wanted: dict[Reading, set[int]] = {}
    for ask in asks:
        if not ask.indicator.is_state:
            wanted.setdefault(ask.reading, set()).add(ask.indicator.pk)
    choices: dict[frozenset[int], int] = {}  # the same few indicators are asked of many units
    for chosen in wanted.values():
        choices.setdefault(frozenset(chosen), len(choices))
    parts = [
        Part(numbers[reading], choices[frozenset(chosen)], part)
        for reading, chosen in wanted.items()
        for part in atlas.ranges(reading)
    ]
    return Flows(parts, [*choices])


def _states_for(atlas: Atlas, asks: list[Ask], numbers: dict[Reading, int]) -> States:
    states = [ask for ask in asks if ask.indicator.is_state]
    reads = [
        read
        for reading in {ask.reading: 0 for ask in states}
        for read in _reads(atlas, reading, numbers[reading], _read_on(atlas, reading))
    ]
    return States(reads, {ask.indicator.pk: ask.indicator for ask in states}.values())


def _reads(atlas: Atlas, reading: Reading, group: int, day: int) -> Iterable[Read]:
    """Where a unit's state on one day is read."""
    for part in atlas.ranges(reading._replace(first=day, last=day)):
        yield Read(group, day, part.map_id, part.unit_id, part.span, part.sign)


def _read_on(atlas: Atlas, reading: Reading) -> int:
    """The day on which states are read."""
    return atlas.stood_until(reading) or reading.last


def _whole(atlas: Atlas, reading: Reading, indicators: Sequence[Indicator]) -> list[FigureRow]:
    parts = [Part(0, 0, part) for part in atlas.ranges(reading)]
    reads = [*_reads(atlas, reading, 0, _read_on(atlas, reading))]
    sums = sums_of(Flows(parts, [_flows(indicators)]), States(reads, _states(indicators)))
    until, has_below = atlas.stood_until(reading), atlas.has_below(reading)
    return [
        FigureRow(
            reading.unit.key, reading.unit.title, each.code, None,
            sums.get((0, each.pk, 0), 0),
            stood_until=until, has_below=has_below,
        )
        for each in indicators
    ]  # fmt: skip


def _by_time(
    atlas: Atlas, reading: Reading, indicators: Sequence[Indicator], by: By
) -> list[FigureRow]:
    pieces = buckets(by, reading.first, _read_on(atlas, reading))
    must_be_few(len(pieces) * len(indicators), by)
    sums = _sums_by_time(atlas, reading, indicators, by, pieces)
    until, has_below = atlas.stood_until(reading), atlas.has_below(reading)
    return [
        FigureRow(
            reading.unit.key, reading.unit.title, each.code, piece.label,
            sums.get((each.pk, piece.label), 0),
            stood_until=until, has_below=has_below,
        )
        for each in indicators
        for piece in pieces
    ]  # fmt: skip


def _sums_by_time(
    atlas: Atlas, reading: Reading, indicators: Sequence[Indicator], by: By, pieces: list[Bucket]
) -> dict[tuple[int, str], int]:
    """By indicator and label of the piece: totals by their period, states by their group."""
    parts = [Part(0, 0, part) for part in atlas.ranges(reading)]
    per = "day" if by in {By.DAY, By.WEEK} else "month"
    reads = [
        read for n, piece in enumerate(pieces) for read in _reads(atlas, reading, n, piece.last)
    ]
    found = sums_of(Flows(parts, [_flows(indicators)], per), States(reads, _states(indicators)))
    sums: dict[tuple[int, str], int] = {}
    for (group, pk, period), quantity in found.items():
        key = pk, label_of(by, period) if period else pieces[group].label
        sums[key] = sums.get(key, 0) + quantity
    return sums


def _by_unit(atlas: Atlas, reading: Reading, indicators: Sequence[Indicator]) -> list[FigureRow]:
    groups = groups_of(atlas, reading)
    must_be_few(len(groups) * len(indicators), By.UNIT)
    parts = [Part(n, 0, part) for n, group in enumerate(groups) for part in group.ranges]
    reads = [*_group_reads(groups, _read_on(atlas, reading))]
    sums = sums_of(Flows(parts, [_flows(indicators)]), States(reads, _states(indicators)))
    standing = {read.group for read in reads}
    return [
        FigureRow(
            group.unit, group.title, each.code, None, sums.get((n, each.pk, 0), 0),
            group.is_own, group.stood_until, group.has_below, group.above,
        )
        for n, group in enumerate(groups)
        for each in indicators
        if not each.is_state or n in standing or group.is_own
    ]  # fmt: skip


def _group_reads(groups: list[Group], day: int) -> Iterable[Read]:
    for number, group in enumerate(groups):
        for part in group.ranges:
            if part.lo <= day <= part.hi:
                yield Read(number, day, part.map_id, part.unit_id, part.span, part.sign)


def _flows(indicators: Iterable[Indicator]) -> list[int]:
    return [each.pk for each in indicators if not each.is_state]


def _states(indicators: Iterable[Indicator]) -> list[Indicator]:
    return [each for each in indicators if each.is_state]
