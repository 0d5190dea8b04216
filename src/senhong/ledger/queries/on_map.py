"""Units that do not stand on the map that is asked for."""

from senhong.core.days import as_date
from senhong.ledger.errors import UnitNotOnMap
from senhong.ledger.queries.atlas import Atlas, Reading
from senhong.org.models import Unit


def must_be_on_map(atlas: Atlas, reading: Reading) -> None:
    """Raise UnitNotOnMap, naming relatives, when the unit is not on the map asked for.

    No query unless it raises: then one.
    """
    if not atlas.knows(reading):
        assert reading.on is not None
        raise UnitNotOnMap(
            unit=reading.unit.title,
            on=as_date(reading.on),
            related=", ".join(
                f"{unit.title} ({unit.key})" for unit in relatives_on(reading.unit, reading.on)
            )
            or "–",
        )


def relatives_on(unit: Unit, day: int) -> list[Unit]:
    """What the unit became, or which units of its level it came from, on that day. One query."""
    standing = Unit.objects.standing(day)
    if day >= unit.to_day:
        heirs = standing.filter(
            landed_here__unit=unit,
            landed_here__map__from_day__lte=day,
            landed_here__map__to_day__gt=day,
        )
        parts = standing.filter(predecessions__predecessor=unit)
        found = (heirs | parts).distinct()
    else:
        found = standing.filter(
            level=unit.level,
            landings__landed=unit,
            landings__map__province=unit.province_id,
            landings__map__from_day=unit.from_day,
        )
    return list(found.order_by("sort_key")[:20])
