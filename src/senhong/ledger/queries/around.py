"""Where a reader of figures begins, and the units around the one that is read."""

from senhong.core.actor import Actor
from senhong.org.models import Landing, Unit, UnitMap
from senhong.org.queries import get_installation


def unit_to_begin_with(actor: Actor) -> Unit | None:
    """The installation's province, else the highest unit whose figures the actor may read.

    Two queries.
    """
    installation = get_installation()
    if installation and actor.can("figure.view", at=installation.province.path):
        return installation.province
    for path in sorted(actor.paths("figure.view"), key=len):
        ids = [part for part in path.split("/") if part.isdigit()]
        if ids:
            return Unit.objects.select_related("province").filter(pk=ids[-1]).first()
    return None


def units_above(actor: Actor, unit: Unit) -> list[Unit]:
    """From the province down to the unit's parent, those that the actor may see. One query."""
    ids = [int(part) for part in unit.path.split("/") if part.isdigit()][:-1]
    found = Unit.objects.visible_to(actor).in_bulk(ids)
    return [found[id] for id in ids if id in found]


def days_of_change(unit: Unit, first: int, last: int) -> list[int]:
    """The days after ``first``, up to ``last``, on which the map of the unit changed.

    The changes of its province, and its own beginning and end. One query.
    """
    found = UnitMap.objects.filter(
        province=unit.province_id, from_day__gt=first, from_day__lte=last
    )
    days = set(found.values_list("from_day", flat=True))
    if first < unit.to_day <= last:
        days.add(unit.to_day)
    if first < unit.from_day <= last:
        days.add(unit.from_day)
    return sorted(days)


def heir_of(unit: Unit, day: int) -> Unit:
    """Where the unit's figures lie on the map of the day: itself while it stands. One query."""
    if unit.from_day <= day < unit.to_day:
        return unit
    found = (
        Landing.objects.filter(unit=unit, map__from_day__lte=day, map__to_day__gt=day)
        .select_related("landed__province")
        .first()
    )
    return found.landed if found else unit
