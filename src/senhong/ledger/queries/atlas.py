"""The maps on which figures are read: which totals, added up, are a unit's figure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from senhong.core.days import LAST_DAY, day_before
from senhong.ledger.models import Span
from senhong.org.models import Placement, Unit, UnitMap, titled


class Reading(NamedTuple):
    """A unit and days, both included, on the map of each day or on that of the day ``on``."""

    unit: Unit
    first: int
    last: int
    on: int | None = None


class Range(NamedTuple):
    """Totals of one unit on one map in a range of days, to be added (or taken off)."""

    province_id: int
    map_id: int
    unit_id: int
    span: int
    lo: int
    hi: int
    sign: int = 1


class Place(NamedTuple):
    """A unit as it stands on a map."""

    map_id: int
    unit_id: int
    parent_id: int | None
    kind: str
    name: str
    key: str
    level: str
    to_day: int
    sort_key: str

    @property
    def title(self) -> str:
        return titled(self.kind, self.name)


class Atlas:
    """The maps of some provinces, and the trees of those that are needed. Two queries."""

    def __init__(self, provinces: Collection[int]) -> None:
        self.maps: dict[int, list[UnitMap]] = defaultdict(list)
        found = UnitMap.objects.filter(province__in=set(provinces)).order_by("from_day")
        for unit_map in found:
            self.maps[unit_map.province_id].append(unit_map)
        self.places: dict[int, dict[int, Place]] = {}
        self._below: dict[int, dict[int, list[int]]] = {}

    def draw(self, maps: Iterable[UnitMap]) -> None:
        """Load the trees of these maps. One query."""
        wanted = {unit_map.pk for unit_map in maps} - self.places.keys()
        if not wanted:
            return
        self.places |= {pk: {} for pk in wanted}
        self._below |= {pk: defaultdict(list) for pk in wanted}
        found = Placement.objects.filter(map__in=wanted).values_list(
            "map_id", "unit_id", "parent_id", "kind", "name",
            "unit__key", "unit__level", "unit__to_day", "unit__sort_key",
        )  # fmt: skip
        for row in found:
            place = Place(*row)
            self.places[place.map_id][place.unit_id] = place
            if place.parent_id is not None:
                self._below[place.map_id][place.parent_id].append(place.unit_id)

    def map_on(self, unit: Unit, day: int) -> UnitMap | None:
        """The map of the unit's province on that day."""
        maps = self.maps[unit.province_id or 0]
        return next((m for m in maps if m.from_day <= day < m.to_day), None)

    def maps_for(self, reading: Reading) -> Iterator[tuple[UnitMap, int, int]]:
        """The maps on which the reading's days are read, with those days.

        The days before a unit stood are read on its first map, where its predecessors' history
        has landed; the days after it ended nowhere.
        """
        unit, first, last, on = reading
        if on is not None:
            asked = self.map_on(unit, on)
            if asked is not None:
                yield from _met(asked, first, min(last, asked.to_day - 1))
            return
        for unit_map in self.maps[unit.province_id or 0]:
            if unit.from_day <= unit_map.from_day < unit.to_day:
                is_first = unit_map.from_day == unit.from_day
                lo = first if is_first else max(first, unit_map.from_day)
                yield from _met(unit_map, lo, min(last, unit_map.to_day - 1))

    def knows(self, reading: Reading) -> bool:
        """Whether the unit stands on the map that is asked for, on some day of the period."""
        unit, first, _last, on = reading
        return (on is None or unit.from_day <= on < unit.to_day) and first < self.end(reading)

    def end(self, reading: Reading) -> int:
        """The first day that has no figure: the unit, or the map that was asked for, has ended."""
        if reading.on is None:
            return reading.unit.to_day
        asked = self.map_on(reading.unit, reading.on)
        return asked.to_day if asked else 0

    def stood_until(self, reading: Reading) -> int | None:
        """The last day that has a figure, where the period runs on after it."""
        end = self.end(reading)
        return day_before(end) if end < LAST_DAY and reading.last >= end else None

    def below(self, map_id: int, unit_id: int) -> list[int]:
        """The units directly below, on a map that was drawn."""
        return self._below[map_id].get(unit_id, [])

    def has_below(self, reading: Reading) -> bool:
        """Whether the reading sums units below, too; every province does."""
        return reading.unit.is_province or any(
            self.below(unit_map.pk, reading.unit.pk)
            for unit_map, _lo, _hi in self.maps_for(reading)
        )

    def tree(self, map_id: int, unit_id: int) -> list[int]:
        """The unit and everything below it, on a map that was drawn."""
        found = [unit_id]
        for unit in found:
            found += self.below(map_id, unit)
        return found

    def ranges(self, reading: Reading) -> Iterator[Range]:
        """The totals whose sum is the reading; the maps of units below a province are drawn."""
        unit = reading.unit
        for unit_map, lo, hi in self.maps_for(reading):
            if unit.is_province:
                yield Range(unit.pk, unit_map.pk, unit.pk, Span.PROVINCE, lo, hi)
            elif unit.pk in self.places[unit_map.pk]:
                for below in self.tree(unit_map.pk, unit.pk):
                    yield Range(unit_map.province_id, unit_map.pk, below, Span.OWN, lo, hi)


def atlas_for(readings: Collection[Reading]) -> Atlas:
    """An atlas with every tree that these readings need. Two queries at most."""
    atlas = Atlas({reading.unit.province_id or 0 for reading in readings})
    atlas.draw(
        unit_map
        for reading in readings
        if not reading.unit.is_province
        for unit_map, _lo, _hi in atlas.maps_for(reading)
    )
    return atlas


def _met(unit_map: UnitMap, lo: int, hi: int) -> Iterator[tuple[UnitMap, int, int]]:
    if lo <= hi:
        yield unit_map, lo, hi
