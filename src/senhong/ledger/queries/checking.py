"""Totals against the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from senhong.core.days import FIRST_DAY, as_date
from senhong.core.rows import run
from senhong.ledger.models import Indicator, Span
from senhong.org.models import Unit, UnitMap


@dataclass(frozen=True, slots=True)
class WrongTotal:
    """A total that is not the sum of its postings; a missing one counts as 0."""

    key: tuple[int, int, int, int, int, int]  # province, map, unit, span, indicator, period
    total: int
    sum: int  # what its postings say


_RIGHT = """
    own_days AS (
        SELECT m.province_id, l.map_id, l.landed_id AS unit_id, p.indicator_id,
               p.day AS period, sum(p.quantity) AS quantity
        FROM ledger_posting p
        JOIN org_landing l ON l.unit_id = p.unit_id
        JOIN org_unitmap m ON m.id = l.map_id AND m.to_day > p.day
        GROUP BY m.province_id, l.map_id, l.landed_id, p.indicator_id, p.day),
    own AS (
        SELECT * FROM own_days UNION ALL
        SELECT province_id, map_id, unit_id, indicator_id, period / 100, sum(quantity)
        FROM own_days GROUP BY province_id, map_id, unit_id, indicator_id, period / 100),
    right_totals AS (
        SELECT province_id, map_id, unit_id, 0 AS span, indicator_id, period, quantity
        FROM own UNION ALL
        SELECT province_id, map_id, province_id, 1, indicator_id, period, sum(quantity)
        FROM own GROUP BY province_id, map_id, indicator_id, period)"""


def wrong_totals() -> list[WrongTotal]:
    """Every total on every map that is not the sum of its postings, by key. One query."""
    found = run(
        f"""WITH {_RIGHT}
        SELECT province_id, map_id, unit_id, span, indicator_id, period,
               sum(total) AS total, sum(should) AS should
        FROM (SELECT province_id, map_id, unit_id, span, indicator_id, period,
                     0 AS total, quantity AS should FROM right_totals
              UNION ALL
              SELECT province_id, map_id, unit_id, span, indicator_id, period, quantity, 0
              FROM ledger_total) both_sides
        GROUP BY province_id, map_id, unit_id, span, indicator_id, period
        HAVING sum(total) <> sum(should) ORDER BY 1, 2, 3, 4, 5, 6"""
    )
    return [WrongTotal((*key,), int(total), int(right)) for *key, total, right in found]


def wrong_totals_said(lines: Sequence[WrongTotal]) -> list[str]:
    """Each in one line, by the keys and codes that files and the API use too. Three queries."""
    units = Unit.objects.in_bulk({id for line in lines for id in (line.key[0], line.key[2])})
    maps = UnitMap.objects.in_bulk({line.key[1] for line in lines})
    indicators = Indicator.objects.in_bulk({line.key[4] for line in lines})
    return [_said(line, units, maps, indicators) for line in lines]


def _said(
    line: WrongTotal,
    units: dict[int, Unit],
    maps: dict[int, UnitMap],
    indicators: dict[int, Indicator],
) -> str:
    province, map_id, unit_id, span, indicator, period = line.key
    unit, from_day = units[unit_id], maps[map_id].from_day
    of_map = "the first map" if from_day == FIRST_DAY else f"the map from {as_date(from_day)}"
    whole = ", the whole province" if span == Span.PROVINCE else ""
    when = as_date(period) if period > 999999 else f"{period // 100}-{period % 100:02}"
    return (
        f"{unit.key} {unit.title}{whole}, on {of_map} of {units[province].key}, "
        f"{indicators[indicator].code}, {when}: has {line.total}, is {line.sum}"
    )
