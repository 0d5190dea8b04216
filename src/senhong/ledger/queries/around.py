"""Where a reader of figures begins, and the units around the one that is read."""

from collections.abc import Sequence
from dataclasses import dataclass

from senhong.core.actor import Actor
from senhong.core.days import day_after
from senhong.ledger.queries.atlas import Atlas, Place, Reading
from senhong.ledger.queries.on_map import heirs_on
from senhong.org.models import Landing, Unit
from senhong.org.queries import get_installation, within


@dataclass(frozen=True, slots=True)
class Step:
    """One unit on the way down to the one that is read."""

    key: str
    title: str  # the first says what it hangs on, since nobody above it does


@dataclass(frozen=True, slots=True)
class Around:
    """How the unit of a figure stands on the maps on which it is read."""

    parent: str  # what it hangs on, on the last of them; "" for a province
    way: list[Step]  # from the highest unit that the actor may see down to this one
    until: int | None  # the last day that has a figure, where the period runs on after it
    heirs: list[Unit]  # whose the days after it are; who took the history comes first
    days_of_change: frozenset[int]  # of the map, and the unit's own first and last

    def changed_within(self, first: int, last: int) -> bool:
        """Whether something changed after ``first`` and not after ``last``."""
        return any(first < day <= last for day in self.days_of_change)


def around_of(actor: Actor, atlas: Atlas, reading: Reading) -> Around:
    """What stands around a reading that its atlas knows. One query, or none."""
    unit, until = reading.unit, atlas.stood_until(reading)
    way = _way(atlas, reading)
    seen = [place for place in way if actor.can("unit.view", at=place.path)]
    hidden = way[len(way) - len(seen) - 1].title if len(seen) < len(way) else ""
    steps = [Step(place.key, place.title) for place in seen] or [Step(unit.key, unit.title)]
    return Around(
        parent=way[-2].title if len(way) > 1 else "",
        way=[Step(steps[0].key, within(steps[0].title, hidden)), *steps[1:]],
        until=until,
        heirs=heirs_on(unit, day_after(until)) if until else [],
        days_of_change=frozenset(
            {each.from_day for each in atlas.maps[unit.province_id or 0]}
            | {unit.from_day, unit.to_day}
        ),
    )


def _way(atlas: Atlas, reading: Reading) -> list[Place]:
    """From the province down to the unit, on the last map that is read; none where no tree is
    drawn, as for a province."""
    *_earlier, (last, _lo, _hi) = atlas.maps_for(reading)
    place = atlas.places.get(last.pk, {}).get(reading.unit.pk)
    return [place, *atlas.above(place)][::-1] if place else []


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


def heir_of(unit: Unit, day: int, among: Sequence[Unit] = ()) -> Unit:
    """Where the unit's figures lie on the map of the day: itself while it stands.

    among  its heirs on an earlier day, if they are known. One query; none where the unit, or
           the heir that took its history, still stands.
    """
    for each in (unit, *among[:1]):
        if each.from_day <= day < each.to_day:
            return each
    found = (
        Landing.objects.filter(unit=unit, map__from_day__lte=day, map__to_day__gt=day)
        .select_related("landed__province")
        .first()
    )
    return found.landed if found else unit
