"""A province's units as they hung together on a day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from senhong.org.models import Level, Placement, Unit, UnitMap, bare_name, titled
from senhong.org.queries import placements_on, told_apart


@dataclass(frozen=True, slots=True)
class Spot:
    """A unit as it stood on the day."""

    unit: Unit
    title: str  # as it was called then
    parent_id: int | None

    @property
    def id(self) -> int:
        return self.unit.pk

    @property
    def name(self) -> str:
        """The name as people say it among units of one kind: "Bình Thạnh", but "Phường 3"."""
        name = bare_name(self.unit.kind, self.unit.name)
        return self.title if name[:1].isdigit() else name


class DayTree:
    """The tree of a day; children by name."""

    def __init__(self, map: UnitMap, placements: list[Placement], begins: list[int]) -> None:
        self.map = map
        self._begins = begins  # the first days of the province's maps
        self.spots = {
            place.unit_id: Spot(place.unit, titled(place.kind, place.name), place.parent_id)
            for place in placements
        }
        self._below: dict[int | None, list[Spot]] = defaultdict(list)
        for spot in self.spots.values():
            self._below[spot.parent_id].append(spot)

    def __contains__(self, unit: Unit) -> bool:
        return unit.pk in self.spots

    def changes(self, first: int, last: int) -> list[int]:
        """The days in the period, after its first, on which the map changed."""
        return [day for day in self._begins if first < day <= last]

    def children(self, unit_id: int) -> list[Spot]:
        return self._below[unit_id]

    def below(self, unit_id: int) -> list[int]:
        """Ids of everything below a unit."""
        found = [spot.id for spot in self._below[unit_id]]
        return found + [below for id in found for below in self.below(id)]

    def communes(self, unit_id: int) -> list[Spot]:
        """The communes below a unit, by name; none below a commune."""
        found: list[Spot] = []
        for spot in self._below[unit_id]:
            is_commune = spot.unit.level == Level.COMMUNE
            found += [spot] if is_commune else self.communes(spot.id)
        return found

    def names(self, spots: Iterable[Spot], *, short: bool = False) -> dict[int, str]:
        """What each is called among these, by unit id: told apart by kind, then by parent.

        No query.
        """
        shown = list(spots)
        above = {spot.id: self.above(spot) for spot in shown}
        titles = told_apart({spot.id: spot.title for spot in shown}, above)
        if not short:
            return titles
        said = Counter(spot.name for spot in shown)
        return {s.id: s.name if said[s.name] == 1 else titles[s.id] for s in shown}

    def above(self, spot: Spot) -> list[str]:
        """Titles of what the unit hangs on, from its parent up."""
        return [each.title for each in reversed(self.way_to(spot.id)[:-1])]

    def way_to(self, unit_id: int) -> list[Spot]:
        """From the province down to the unit."""
        way: list[Spot] = []
        spot = self.spots.get(unit_id)
        while spot is not None:
            way.insert(0, spot)
            spot = self.spots.get(spot.parent_id) if spot.parent_id else None
        return way


def tree_on(unit: Unit, day: int) -> DayTree | None:
    """The tree of the unit's province on the day; None when the province did not stand.

    Two queries.
    """
    maps = list(UnitMap.objects.filter(province=unit.province_id).order_by("from_day"))
    found = next((each for each in maps if each.from_day <= day < each.to_day), None)
    begins = [each.from_day for each in maps]
    return DayTree(found, placements_on(found), begins) if found else None
