"""What a change of the map carries along: asked by its dry run, and after it."""

from collections.abc import Collection, Iterable

from senhong.core.rows import rows_of, run
from senhong.ledger.models import Indicator, Span
from senhong.org.models import UnitMap
from senhong.org.queries import Carried


def figures_before(places: Collection[tuple[int, int]], day: int) -> Iterable[Carried]:
    """All that lies at these units (map id, unit id) of the days before ``day``. Three queries."""
    province_of = dict(
        UnitMap.objects.filter(pk__in={at for at, _unit in places}).values_list("pk", "province_id")
    )
    rows = [(province_of[at], at, unit) for at, unit in places]
    source, args = rows_of("w", dict.fromkeys(("province_id", "map_id", "unit_id"), "int"), rows)
    month = day // 100
    # CROSS JOIN keeps SQLite to this order: each unit is one look into the key of totals.
    found = run(
        f"""SELECT t.map_id, t.unit_id, t.indicator_id, sum(t.quantity)
        FROM {source} CROSS JOIN ledger_total t
        WHERE t.province_id = w.province_id AND t.map_id = w.map_id AND t.unit_id = w.unit_id
          AND t.span = %s AND (t.period < %s OR t.period BETWEEN %s AND %s)
        GROUP BY t.map_id, t.unit_id, t.indicator_id""",
        [*args, Span.OWN, month, month * 100, day - 1],
    )
    known = Indicator.objects.in_bulk({pk for _map, _unit, pk, _sum in found})
    return [
        Carried(map_id, unit_id, known[pk].code, known[pk].title, int(quantity))
        for map_id, unit_id, pk, quantity in found
        if quantity
    ]
