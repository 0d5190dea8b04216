"""Units that do not stand on the map, or in all of the period, that is asked for."""

from django.db.models import Case, Q, Value, When

from senhong.core.days import as_date, day_before
from senhong.ledger.errors import MapEnded, Relatives, UnitNotOnMap
from senhong.ledger.queries.atlas import Atlas, Reading
from senhong.org.models import Landing, Lineage, Unit


def must_be_on_map(atlas: Atlas, reading: Reading) -> None:
    """Raise UnitNotOnMap or MapEnded, naming relatives, when no day of the reading has a figure.

    No query unless it raises: then one.
    """
    if atlas.knows(reading):
        return
    unit, first, _last, on = reading
    if on is None or not unit.from_day <= on < unit.to_day:
        day = first if on is None else on
        related = Relatives(relatives_on(unit, day))
        raise UnitNotOnMap(unit=unit.title, on=as_date(day), related=related)
    raise MapEnded(
        unit=unit.title,
        on=as_date(on),
        until=as_date(day_before(atlas.end(reading))),
        related=Relatives(heirs_on(unit, first)),
    )


def heirs_on(unit: Unit, day: int) -> list[Unit]:
    """Whose the figures are on a day after the unit began: its own while it stands.

    Who took the history comes first. One query, or none.
    """
    return [unit] if day < unit.to_day else relatives_on(unit, day)


def relatives_on(unit: Unit, day: int) -> list[Unit]:
    """What the unit became, or which units of its level it came from, on that day.

    Who took the history comes first. One query.
    """
    standing = Unit.objects.standing(day)
    if day < unit.to_day:
        found = standing.filter(
            level=unit.level,
            landings__landed=unit,
            landings__map__province=unit.province_id,
            landings__map__from_day=unit.from_day,
        )
        return list(found.order_by("sort_key")[:20])
    of_day = Landing.objects.filter(unit=unit, map__from_day__lte=day, map__to_day__gt=day)
    parts = Lineage.objects.filter(predecessor=unit)
    heir, partial = Q(pk__in=of_day.values("landed")), Q(pk__in=parts.values("successor"))
    first = Case(When(heir, then=Value(0)), default=Value(1))
    return list(standing.filter(heir | partial).order_by(first, "sort_key")[:20])
