"""The statement that answers every figure: sums of totals, and dated rows that stand."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

from senhong.core.rows import rows_of, run
from senhong.ledger.models import Indicator
from senhong.ledger.queries.atlas import Range
from senhong.ledger.queries.periods import cut

# Sources of state indicators: code → dated rows (unit_id, from_day, to_day[, weight]) of the
# app that owns them, filled by ``config.questions``.
STATES: dict[str, Callable[[], QuerySet[Any]]] = {}

Sums = dict[tuple[int, int, int], int]  # group, indicator, period (0 where it is not asked)
Statement = tuple[str, list[Any]]


class Part(NamedTuple):
    """A range of totals that belongs to a group, for the indicators of a choice."""

    group: int
    choice: int
    range: Range


class Flows(NamedTuple):
    """Ranges of totals to be added up."""

    parts: Sequence[Part]
    choices: Sequence[Iterable[int]]  # sets of indicator ids, of which a part names one
    per: str = "all"  # "all", "month" or "day"


class Read(NamedTuple):
    """Where a state is read for a group: at one day, on one map."""

    group: int
    day: int
    map_id: int
    unit_id: int
    span: int
    sign: int = 1


class States(NamedTuple):
    """What stands, to be read; its period is 0."""

    reads: Sequence[Read]
    indicators: Iterable[Indicator]


def sums_of(flows: Flows, states: States) -> Sums:
    """Sums for each group, indicator and period, of flows and of states. One query."""
    asked = [*_flow_statement(flows), *_state_statement(states)]
    if not asked:
        return {}
    found = run(
        " UNION ALL ".join(sql for sql, _args in asked),
        [arg for _sql, args in asked for arg in args],
    )
    return {(group, pk, period): int(quantity) for group, pk, period, quantity in found}


_RANGES = {
    "grp": "int", "choice": "int", "province_id": "int", "map_id": "int", "unit_id": "int",
    "span": "smallint", "lo": "int", "hi": "int", "sign": "smallint",
}  # fmt: skip
_CHOICES = {"choice": "int", "indicator_id": "smallint"}
_PERIODS = {
    "all": "0",
    "day": "t.period",
    "month": "CASE WHEN t.period > 999999 THEN t.period / 100 ELSE t.period END",
}


def _flow_statement(flows: Flows) -> Iterable[Statement]:
    lines = [
        (part.group, part.choice, *part.range[:4], lo, hi, part.range.sign)
        for part in flows.parts
        for lo, hi in _cut(part.range, flows.per)
    ]
    wanted = [(number, pk) for number, choice in enumerate(flows.choices) for pk in choice]
    if not lines or not wanted:
        return
    ranges, args = rows_of("w", _RANGES, lines)
    chosen, more = rows_of("c", _CHOICES, wanted)
    # CROSS JOIN keeps SQLite to this order: each range is one look into the key of totals.
    yield (
        f"""SELECT w.grp, t.indicator_id, {_PERIODS[flows.per]}, sum(w.sign * t.quantity)
        FROM {ranges} CROSS JOIN {chosen} CROSS JOIN ledger_total t
        WHERE c.choice = w.choice AND t.province_id = w.province_id AND t.map_id = w.map_id
          AND t.unit_id = w.unit_id AND t.span = w.span AND t.indicator_id = c.indicator_id
          AND t.period BETWEEN w.lo AND w.hi
        GROUP BY 1, 2, 3""",
        [*args, *more],
    )


def _cut(part: Range, per: str) -> list[tuple[int, int]]:
    return [(part.lo, part.hi)] if per == "day" else cut(part.lo, part.hi)


_READS = dict.fromkeys(("grp", "day", "map_id", "unit_id", "span", "sign"), "int")


def _state_statement(states: States) -> Iterable[Statement]:
    """One statement for all sources."""
    sources, args = _sources(states.indicators)
    if not states.reads or not sources:
        return
    where, more = rows_of("w", _READS, states.reads)
    yield (
        f"""SELECT w.grp, s.indicator_id, 0, sum(w.sign * s.weight)
        FROM {where}
        JOIN org_landing l ON l.map_id = w.map_id AND (w.span = 1 OR l.landed_id = w.unit_id)
        JOIN ({sources}) s ON s.unit_id = l.unit_id AND s.from_day <= w.day AND s.to_day > w.day
        GROUP BY 1, 2""",
        [*more, *args],
    )


def _sources(indicators: Iterable[Indicator]) -> Statement:
    """The dated rows of all these indicators under one another."""
    texts: list[str] = []
    args: list[Any] = []
    for indicator in indicators:
        if indicator.code not in STATES:
            continue
        rows = STATES[indicator.code]()
        weighed = "weight" in rows.query.annotations
        names = ["unit_id", "from_day", "to_day", *(["weight"] if weighed else [])]
        sql, params = rows.order_by().values(*names).query.sql_with_params()
        weight = "weight" if weighed else "1"
        texts.append(
            f"SELECT {indicator.pk} AS indicator_id, unit_id, from_day, to_day, "
            f"{weight} AS weight FROM ({sql}) AS rows_{indicator.pk}"
        )
        args += params
    return " UNION ALL ".join(texts), args
