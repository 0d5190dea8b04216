"""Units that do not stand on the map, or in all of the period, that is asked for."""

from dataclasses import dataclass

from senhong.core.days import as_date, day_after, day_before
from senhong.ledger.errors import MapEnded, Relatives, UnitNotOnMap
from senhong.ledger.queries.atlas import Atlas, Reading
from senhong.org.models import Unit


@dataclass(frozen=True, slots=True)
class CutOff:
    """Where figures end before their period does."""

    until: int  # the last day that has a figure
    heirs: list[Unit]  # to which the days after it belong


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
        related=Relatives(_heirs(unit, first)),
    )


def cut_off(unit: Unit, last: int, on: int | None) -> CutOff | None:
    """Where the unit's figures up to ``last`` end before it; None where they do not.

    ``on`` as in ``figures``. Three queries at most.
    """
    reading = Reading(unit, last, last, on)
    until = Atlas({unit.province_id or 0}).stood_until(reading)
    if until is None or until < unit.from_day:
        return None
    return CutOff(until, _heirs(unit, day_after(until)))


def _heirs(unit: Unit, day: int) -> list[Unit]:
    """Whose the figures are on a day after the unit began: its own while it stands."""
    return [unit] if day < unit.to_day else relatives_on(unit, day)


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
