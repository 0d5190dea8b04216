"""The maps on which figures are read: which totals, added up, are a unit's figure."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from senhong.core.days import LAST_DAY, day_before
from senhong.core.rows import rows_of, run
from senhong.ledger.models import Span
from senhong.org.models import Unit, UnitMap, titled


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
    path: str

    @property
    def title(self) -> str:
        return titled(self.kind, self.name)


class Window(NamedTuple):
    """Days, both included, on which a province's maps are to be drawn."""

    province_id: int
    lo: int
    hi: int


_MAP = "m.id, m.province_id, m.from_day, m.to_day"
_PLACE = "p.unit_id, p.parent_id, p.kind, p.name, u.key, u.level, u.to_day, u.sort_key, u.path"
_ATLAS = f"""
SELECT {_MAP}, {_PLACE}
FROM (
    SELECT s.*, EXISTS (
        SELECT 1 FROM {{windows}}
        WHERE w.province_id = s.province_id AND s.from_day <= w.hi AND s.to_day > w.lo
    ) AS is_drawn
    FROM org_unitmap s JOIN {{provinces}} ON v.id = s.province_id
) m
LEFT JOIN org_placement p ON p.map_id = CASE WHEN m.is_drawn THEN m.id END
LEFT JOIN org_unit u ON u.id = p.unit_id
ORDER BY m.from_day, m.id
"""
_BEFORE = f"""
SELECT {_MAP}, {_PLACE}, l.landed_id
FROM org_unitmap m
JOIN org_placement p ON p.map_id = m.id
JOIN org_unit u ON u.id = p.unit_id
LEFT JOIN org_landing l ON l.unit_id = p.unit_id AND l.map_id = %s
WHERE m.from_day <= %s AND m.to_day > %s AND m.to_day <= %s AND m.province_id IN (
    SELECT sender.province_id FROM {{here}} JOIN org_landing came
    ON came.map_id = %s AND came.landed_id = h.id
    JOIN org_unit sender ON sender.id = came.unit_id
)
"""


class Atlas:
    """The maps of some provinces, and the trees of those that stand in some windows."""

    def __init__(self, provinces: Collection[int], windows: Collection[Window] = ()) -> None:
        """One query."""
        self.maps: dict[int, list[UnitMap]] = defaultdict(list)
        self.places: dict[int, dict[int, Place]] = {}
        self._below: dict[int, dict[int, list[int]]] = {}
        drawn, args = rows_of("w", dict.fromkeys(Window._fields, "int"), sorted(windows))
        mapped, more = rows_of("v", {"id": "int"}, [(id,) for id in sorted(provinces)])
        for row in run(_ATLAS.format(windows=drawn, provinces=mapped), [*args, *more]):
            map_id, province_id, from_day, to_day, *place = row
            maps = self.maps[province_id]
            if not maps or maps[-1].pk != map_id:
                maps.append(_as_map(map_id, province_id, from_day, to_day))
            if place[0] is not None:
                self._add(Place(map_id, *place))

    def _add(self, place: Place) -> None:
        self.places.setdefault(place.map_id, {})[place.unit_id] = place
        if place.parent_id is not None:
            below = self._below.setdefault(place.map_id, {})
            below.setdefault(place.parent_id, []).append(place.unit_id)

    def draw_before(
        self, first_map: UnitMap, here: Collection[int], lo: int, hi: int
    ) -> tuple[list[UnitMap], set[int]]:
        """Earlier maps of these days with what stood on them, and which of it landed ``here``.

        The maps of the provinces from which something did. One query.
        """
        source, args = rows_of("h", {"id": "int"}, [(id,) for id in sorted(here)])
        found = run(
            _BEFORE.format(here=source),
            [first_map.pk, hi, lo, first_map.from_day, *args, first_map.pk],
        )
        maps: dict[int, UnitMap] = {}
        landed: set[int] = set()
        for map_id, province_id, from_day, to_day, *place, landed_id in found:
            maps.setdefault(map_id, _as_map(map_id, province_id, from_day, to_day))
            self._add(Place(map_id, *place))
            if landed_id in here:
                landed.add(place[0])
        return [*maps.values()], landed

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
        return self._below.get(map_id, {}).get(unit_id, [])

    def above(self, place: Place) -> Iterator[Place]:
        """What the unit hangs on, from its parent up, on a map that was drawn."""
        places = self.places[place.map_id]
        while place.parent_id is not None:
            place = places[place.parent_id]
            yield place

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


def atlas_for(readings: Collection[Reading], *, drawn: bool = False) -> Atlas:
    """An atlas with every tree that these readings need; ``drawn``: those of provinces too.

    A province's own figure needs none. One query.
    """
    provinces = {reading.unit.province_id or 0 for reading in readings}
    return Atlas(
        provinces,
        {_window(reading) for reading in readings if drawn or not reading.unit.is_province},
    )


def _window(reading: Reading) -> Window:
    """The days whose maps ``maps_for`` answers with, all of them and few others."""
    unit, first, last, on = reading
    if on is not None:
        return Window(unit.province_id or 0, on, on)
    lo = max(first, unit.from_day)
    return Window(unit.province_id or 0, lo, max(lo, min(last, unit.to_day - 1)))


def _as_map(id: int, province_id: int, from_day: int, to_day: int) -> UnitMap:
    return UnitMap(id=id, province_id=province_id, from_day=from_day, to_day=to_day)


def _met(unit_map: UnitMap, lo: int, hi: int) -> Iterator[tuple[UnitMap, int, int]]:
    if lo <= hi:
        yield unit_map, lo, hi
