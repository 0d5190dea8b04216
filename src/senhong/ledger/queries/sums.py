"""The two statements that answer every figure: sums of totals, and dated rows that stand."""

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


class Part(NamedTuple):
    """A range of totals that belongs to a group, for the indicators of a choice."""

    group: int
    choice: int
    range: Range


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


def flow_sums(parts: Iterable[Part], choices: Sequence[Iterable[int]], *, per: str = "all") -> Sums:
    """Sums for each group and indicator, per "all", "month" or "day". One query.

    ``choices``: sets of indicator ids, of which a part names one.
    """
    lines = [
        (part.group, part.choice, *part.range[:4], lo, hi, part.range.sign)
        for part in parts
        for lo, hi in _cut(part.range, per)
    ]
    wanted = [(number, pk) for number, choice in enumerate(choices) for pk in choice]
    if not lines or not wanted:
        return {}
    ranges, args = rows_of("w", _RANGES, lines)
    chosen, more = rows_of("c", _CHOICES, wanted)
    # CROSS JOIN keeps SQLite to this order: each range is one look into the key of totals.
    found = run(
        f"""SELECT w.grp, t.indicator_id, {_PERIODS[per]}, sum(w.sign * t.quantity)
        FROM {ranges} CROSS JOIN {chosen} CROSS JOIN ledger_total t
        WHERE c.choice = w.choice AND t.province_id = w.province_id AND t.map_id = w.map_id
          AND t.unit_id = w.unit_id AND t.span = w.span AND t.indicator_id = c.indicator_id
          AND t.period BETWEEN w.lo AND w.hi
        GROUP BY 1, 2, 3""",
        [*args, *more],
    )
    return {(group, pk, period): int(quantity) for group, pk, period, quantity in found}


def _cut(part: Range, per: str) -> list[tuple[int, int]]:
    return [(part.lo, part.hi)] if per == "day" else cut(part.lo, part.hi)


class Read(NamedTuple):
    """Where a state is read for a group: at one day, on one map."""

    group: int
    day: int
    map_id: int
    unit_id: int
    span: int
    sign: int = 1


_READS = dict.fromkeys(("grp", "day", "map_id", "unit_id", "span", "sign"), "int")


def state_sums(
    reads: Sequence[Read], indicators: Iterable[Indicator]
) -> dict[tuple[int, int], int]:
    """What stands, for each group and indicator: one statement for all sources."""
    sources, args = _sources(indicators)
    if not reads or not sources:
        return {}
    where, more = rows_of("w", _READS, reads)
    found = run(
        f"""SELECT w.grp, s.indicator_id, sum(w.sign * s.weight)
        FROM {where}
        JOIN org_landing l ON l.map_id = w.map_id AND (w.span = 1 OR l.landed_id = w.unit_id)
        JOIN ({sources}) s ON s.unit_id = l.unit_id AND s.from_day <= w.day AND s.to_day > w.day
        GROUP BY 1, 2""",
        [*more, *args],
    )
    return {(group, pk): int(weight) for group, pk, weight in found}


def _sources(indicators: Iterable[Indicator]) -> tuple[str, list[Any]]:
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
