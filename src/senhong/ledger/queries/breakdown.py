"""A figure by unit: the units below, those that stood before, and the unit's own."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from senhong.core.days import FIRST_DAY, LAST_DAY, as_date, day_before
from senhong.ledger.models import Span
from senhong.ledger.queries.atlas import Atlas, Place, Range, Reading
from senhong.org.models import Landing, Level, Unit, UnitMap


@dataclass(slots=True)
class Group:
    """One row of a figure by unit, and the totals that it sums."""

    unit: str
    title: str
    order: tuple[int, str]  # predecessors, units below, abolished levels, own; then by name
    above: tuple[str, ...] = ()  # what a unit of a row hung on, from its parent up
    is_own: bool = False
    stood_until: int | None = None
    has_below: bool = False
    ranges: list[Range] = field(default_factory=list)


_BEFORE, _BELOW, _ABOLISHED, _OWN = range(4)


def groups_of(atlas: Atlas, reading: Reading) -> list[Group]:
    """The rows in the order in which they are shown; together they are the whole figure.

    On an atlas that is drawn. At most one query.
    """
    found = _Groups(reading, atlas.stood_until(reading))
    for unit_map, lo, hi in atlas.maps_for(reading):
        if reading.on is not None:
            found.add_below(atlas, unit_map, lo, hi)
            found.add_abolished(unit_map, lo, hi)
            continue
        if lo < reading.unit.from_day:
            found.add_before(atlas, unit_map, lo, min(hi, reading.unit.from_day - 1))
        found.add_below(atlas, unit_map, max(lo, reading.unit.from_day), hi)
    return found.in_order()


def own_ranges(atlas: Atlas, reading: Reading) -> list[Range]:
    """The totals of the unit's own row, with what is taken off it. At most one query."""
    return next(group.ranges for group in groups_of(atlas, reading) if group.is_own)


class _Groups:
    """Rows being gathered over several maps: a unit that stood on two is one row."""

    def __init__(self, reading: Reading, stood_until: int | None) -> None:
        self.unit = reading.unit
        self.last = reading.last
        self.own = Group(
            self.unit.key, self.unit.title, (_OWN, ""), is_own=True, stood_until=stood_until
        )
        self._by_unit: dict[int, Group] = {}
        self._abolished: dict[tuple[str, int], Group] = {}

    def in_order(self) -> list[Group]:
        rows = [*self._by_unit.values(), *self._abolished.values()]
        return [*sorted(rows, key=lambda each: (each.order, each.above, each.unit)), self.own]

    def add_below(self, atlas: Atlas, unit_map: UnitMap, lo: int, hi: int) -> None:
        """The unit's own totals and those of each unit directly below, with all below it."""
        if lo > hi or self.unit.pk not in atlas.places[unit_map.pk]:
            return
        self.own.ranges.append(_range(unit_map, self.unit.pk, lo, hi))
        for child in atlas.below(unit_map.pk, self.unit.pk):
            group = self._row(atlas, atlas.places[unit_map.pk][child], _BELOW)
            tree = atlas.tree(unit_map.pk, child)
            group.has_below |= len(tree) > 1
            group.ranges += (_range(unit_map, below, lo, hi) for below in tree)

    def add_before(self, atlas: Atlas, first_map: UnitMap, lo: int, hi: int) -> None:
        """Each day before the unit stood, on the maps of that day: whoever stood in its place.

        A predecessor is the unit of the same level that held what later landed here.
        """
        if self.unit.pk not in atlas.places[first_map.pk]:
            return
        here = set(atlas.tree(first_map.pk, self.unit.pk))
        maps, landed = atlas.draw_before(first_map, here, lo, hi)
        for unit_map in maps:
            places = atlas.places[unit_map.pk]
            days = max(lo, unit_map.from_day), min(hi, unit_map.to_day - 1)
            for place in (places[pk] for pk in places.keys() & landed):
                holder = _at_level(atlas, place, self.unit.level)
                group = self._row(atlas, holder, _BEFORE)
                group.has_below |= holder is not place
                group.ranges.append(_range(unit_map, place.unit_id, *days))

    def add_abolished(self, unit_map: UnitMap, lo: int, hi: int) -> None:
        """What landed on the unit itself from a lower level that was abolished, taken off its
        own."""
        for level, to_day, part in _abolished(unit_map, self.unit, lo, hi):
            group = self._abolished.get((level, to_day)) or self._abolished.setdefault(
                (level, to_day),
                Group(
                    self.unit.key,
                    _("{level} trước {day}").format(
                        level=Level(level).label,
                        day=date_format(as_date(to_day), "SHORT_DATE_FORMAT"),
                    ),
                    (_ABOLISHED, f"{to_day} {level}"),
                ),
            )
            group.ranges.append(part)
            self.own.ranges.append(part._replace(sign=-1))

    def _row(self, atlas: Atlas, place: Place, order: int) -> Group:
        if place.unit_id not in self._by_unit:
            ended = place.to_day <= self.last or (order == _BEFORE and place.to_day < LAST_DAY)
            self._by_unit[place.unit_id] = Group(
                place.key,
                place.title,
                (order, place.sort_key),
                above=tuple(higher.title for higher in atlas.above(place)),
                stood_until=day_before(place.to_day) if ended else None,
            )
        return self._by_unit[place.unit_id]


def _range(unit_map: UnitMap, unit_id: int, lo: int, hi: int) -> Range:
    return Range(unit_map.province_id, unit_map.pk, unit_id, Span.OWN, lo, hi)


def _at_level(atlas: Atlas, place: Place, level: str) -> Place:
    """The unit of that level in which this one stood; itself where there was none."""
    return next((each for each in (place, *atlas.above(place)) if each.level == level), place)


def _abolished(unit_map: UnitMap, unit: Unit, lo: int, hi: int) -> Iterable[tuple[str, int, Range]]:
    """Ended units of a lower level whose history climbed to this level and lies at the unit on
    this map: level, end, and their totals on the last map on which they stood.

    One query; none on the first map of all, before which nothing ended.
    """
    if unit_map.from_day == FIRST_DAY:
        return
    on_ending_day = Landing.objects.filter(
        unit=OuterRef("unit"), map__from_day=OuterRef("unit__to_day"), landed__level=unit.level
    )
    last_map = UnitMap.objects.filter(
        province=OuterRef("unit__province"), to_day=OuterRef("unit__to_day")
    )
    found = (
        Landing.objects.filter(
            Exists(on_ending_day), map=unit_map, landed=unit, unit__to_day__lte=F("map__from_day")
        )
        .exclude(unit__level=unit.level)
        .annotate(last_map=Subquery(last_map.values("pk")[:1]))
        .values_list("unit_id", "unit__province_id", "unit__level", "unit__to_day", "last_map")
    )
    for unit_id, province_id, level, to_day, map_id in found:
        if lo <= min(hi, to_day - 1):
            part = Range(province_id or 0, map_id, unit_id, Span.OWN, lo, min(hi, to_day - 1))
            yield level, to_day, part
