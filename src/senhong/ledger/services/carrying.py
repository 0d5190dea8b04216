"""Totals on the new maps of a restructuring, and totals put right."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from senhong.audit.services import all_happened
from senhong.core.actor import Actor
from senhong.core.rows import lock_provinces, run
from senhong.ledger.queries.checking import wrong_totals
from senhong.ledger.services.totals import KEY_NAMES, NAMES, set_totals
from senhong.org.models import Unit, UnitMap


@transaction.atomic
def carry_totals(
    actor: Actor, *, old_maps: Sequence[int], new_maps: Sequence[int], day: int
) -> None:
    """Fill the new maps' totals from the old maps' totals, never from the ledger.

    Follows together with "map.changed", while the provinces are held and after the steps are
    written. What a backdated change finds on the old maps from ``day`` on, leaves them.
    """
    if not old_maps:
        return
    old = _Places(old_maps)
    _carry_own(old)
    _sum_provinces(_Places(new_maps))
    _trim(old, day)


class _Places:
    """Maps and their provinces as text for a WHERE. Without the province PostgreSQL took
    minutes: it is the first column of every key."""

    def __init__(self, maps: Sequence[int]) -> None:
        provinces = UnitMap.objects.filter(pk__in=maps).values_list("province_id", flat=True)
        self.maps = ", ".join(str(int(pk)) for pk in maps)
        self.provinces = ", ".join(str(pk) for pk in sorted(set(provinces)))
        self.rule = f"t.province_id IN ({self.provinces}) AND t.map_id IN ({self.maps})"


def _carry_own(old: _Places) -> None:
    run(
        f"""INSERT INTO ledger_total ({NAMES})
        SELECT m.province_id, s.new_map_id, s.landed_id, 0, t.indicator_id, t.period,
               sum(t.quantity)
        FROM ledger_total t
        JOIN org_step s ON s.old_map_id = t.map_id AND s.unit_id = t.unit_id
        JOIN org_unitmap m ON m.id = s.new_map_id
        WHERE {old.rule} AND s.old_map_id IN ({old.maps}) AND t.span = 0
        GROUP BY m.province_id, s.new_map_id, s.landed_id, t.indicator_id, t.period"""
    )


def _sum_provinces(new: _Places) -> None:
    run(
        f"""INSERT INTO ledger_total ({NAMES})
        SELECT t.province_id, t.map_id, t.province_id, 1, t.indicator_id, t.period,
               sum(t.quantity)
        FROM ledger_total t WHERE {new.rule} AND t.span = 0
        GROUP BY t.province_id, t.map_id, t.indicator_id, t.period"""
    )


def _trim(old: _Places, day: int) -> None:
    """Leave the old maps the days before ``day``, its month as the sum of those that remain."""
    month = day // 100
    if not run(f"SELECT 1 FROM ledger_total t WHERE {old.rule} AND t.period >= %s LIMIT 1", [day]):
        return
    gone = f"{old.rule} AND (t.period >= %s OR t.period BETWEEN %s AND 999999)"
    run(f"DELETE FROM ledger_total AS t WHERE {gone}", [day, month])
    run(
        f"""INSERT INTO ledger_total ({NAMES})
        SELECT t.province_id, t.map_id, t.unit_id, t.span, t.indicator_id, %s, sum(t.quantity)
        FROM ledger_total t WHERE {old.rule} AND t.period BETWEEN %s AND %s
        GROUP BY t.province_id, t.map_id, t.unit_id, t.span, t.indicator_id""",
        [month, month * 100, day - 1],
    )


@transaction.atomic
def restore_totals(
    actor: Actor, *, old_maps: Sequence[int], new_maps: Sequence[int], day: int
) -> None:
    """Take the new maps' totals away, and give the old maps those from ``day`` on.

    Follows together with "map.restored", while the provinces are held and before the new maps
    go. What was recorded since the change for units of the old maps comes from the ledger.
    """
    new = _Places(new_maps)
    run(f"DELETE FROM ledger_total AS t WHERE {new.rule}")
    if old_maps:
        old = _Places(old_maps)
        _add_own_days(old, day)
        _add_own_months(old, day)
        _add_to_provinces(old, day)


def _add_own_days(old: _Places, day: int) -> None:
    owners = run(
        f"""SELECT DISTINCT u.province_id FROM org_landing l JOIN org_unit u ON u.id = l.unit_id
        WHERE l.map_id IN ({old.maps})"""
    )
    homes = ", ".join(str(int(province)) for (province,) in owners)
    run(
        f"""INSERT INTO ledger_total ({NAMES})
        SELECT m.province_id, l.map_id, l.landed_id, 0, p.indicator_id, p.day, sum(p.quantity)
        FROM ledger_posting p JOIN org_landing l ON l.unit_id = p.unit_id
        JOIN org_unitmap m ON m.id = l.map_id
        WHERE p.province_id IN ({homes}) AND l.map_id IN ({old.maps}) AND p.day >= %s
        GROUP BY m.province_id, l.map_id, l.landed_id, p.indicator_id, p.day""",
        [day],
    )


def _add_own_months(old: _Places, day: int) -> None:
    """The month of ``day`` has its earlier days already."""
    run(
        f"""INSERT INTO ledger_total ({NAMES})
        SELECT t.province_id, t.map_id, t.unit_id, 0, t.indicator_id, t.period / 100,
               sum(t.quantity)
        FROM ledger_total t WHERE {old.rule} AND t.span = 0 AND t.period >= %s
        GROUP BY t.province_id, t.map_id, t.unit_id, t.indicator_id, t.period / 100
        ON CONFLICT ({KEY_NAMES})
        DO UPDATE SET quantity = ledger_total.quantity + excluded.quantity""",
        [day],
    )


def _add_to_provinces(old: _Places, day: int) -> None:
    run(
        f"""INSERT INTO ledger_total ({NAMES})
        SELECT t.province_id, t.map_id, t.province_id, 1, t.indicator_id, t.period,
               sum(t.quantity)
        FROM ledger_total t WHERE {old.rule} AND t.span = 0
          AND (t.period >= %s OR t.period BETWEEN %s AND 999999)
        GROUP BY t.province_id, t.map_id, t.indicator_id, t.period
        ON CONFLICT ({KEY_NAMES}) DO UPDATE SET quantity = excluded.quantity""",
        [day, day // 100],
    )


@transaction.atomic
def repair_totals(actor: Actor) -> int:
    """Set every wrong total to the sum of its postings. Returns how many were wrong.

    Raises Forbidden.
    """
    actor.require("system.run", at="")
    lock_provinces(UnitMap.objects.values_list("province_id", flat=True), exclusive=True)
    wrong = wrong_totals()
    set_totals({line.key: line.sum for line in wrong})
    numbers = Counter(line.key[0] for line in wrong)
    provinces = Unit.objects.in_bulk(numbers)
    said = [(provinces[pk], {"number": number}) for pk, number in numbers.items()]
    all_happened(actor, "totals.repaired", said)
    return len(wrong)
