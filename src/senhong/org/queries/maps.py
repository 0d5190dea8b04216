"""The tree of a day, and where units land on it."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from senhong.core.days import FIRST_DAY, LAST_DAY, as_date, day_before
from senhong.core.errors import NotFound
from senhong.org.models import Landing, Placement, Unit, UnitMap


def map_of(province_id: int, day: int) -> UnitMap | None:
    """The province's map of the day; None where the province did not stand. One query."""
    return UnitMap.objects.filter(province=province_id, from_day__lte=day, to_day__gt=day).first()


def placements_on(map: UnitMap) -> list[Placement]:
    """Every unit of the map: with parent, kind and name of that time, by name. One query."""
    return list(
        Placement.objects.filter(map=map)
        .select_related("unit", "parent")
        .order_by("unit__sort_key", "unit__search_key", "unit_id")
    )


def children_on(unit: Unit, day: int) -> list[Placement]:
    """The units directly below on the map of the day, by name; none where it did not stand.

    One query.
    """
    return list(
        Placement.objects.filter(parent=unit, map__from_day__lte=day, map__to_day__gt=day)
        .select_related("unit", "parent", "map")
        .order_by("unit__sort_key", "unit__search_key", "unit_id")
    )


def landed_unit(unit_id: int, day: int) -> Unit:
    """Where the unit is on the map of the day: itself while it stands, else what it became.

    Raises NotFound for a day before the unit began. One query.
    """
    found = (
        Landing.objects.filter(unit=unit_id, map__from_day__lte=day, map__to_day__gt=day)
        .select_related("landed__province")
        .first()
    )
    if found is None:
        raise NotFound(what=gettext_lazy("đơn vị này vào ngày đó"))
    return found.landed


def landing_on(map: UnitMap) -> dict[int, int]:
    """Unit id → the unit where it lands on the map, for every unit that does. One query."""
    return dict(Landing.objects.filter(map=map).values_list("unit_id", "landed_id"))


def standing_note(unit: Unit, day: int) -> str:
    """One phrase when the unit does not stand on the day, empty when it does. No query."""
    if unit.from_day > day:
        return _("từ {day}").format(day=shown_day(unit.from_day))
    if unit.to_day <= day:
        return _("đến {day}").format(day=shown_day(day_before(unit.to_day)))
    return ""


def shown_day(day: int) -> str:
    """A day as it is written: 30/06/2025."""
    return date_format(as_date(day), "DATE_FORMAT")


def shown_period(first: int, to_day: int) -> str:
    """From the first day to the last, as it is said; empty when neither is known."""
    begins = "" if first == FIRST_DAY else shown_day(first)
    ends = "" if to_day == LAST_DAY else shown_day(day_before(to_day))
    if begins and ends:
        return _("từ {first} đến {last}").format(first=begins, last=ends)
    if begins:
        return _("từ {day}").format(day=begins)
    return _("đến {day}").format(day=ends) if ends else _("đến nay")
