"""A province's units as they hung together on a day."""

from collections import defaultdict
from dataclasses import dataclass

from senhong.org.models import Level, Placement, Unit, titled
from senhong.org.queries import map_of, placements_on


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
        return self.title if self.unit.name[:1].isdigit() else self.unit.name


class DayTree:
    """The tree of a day; children by name."""

    def __init__(self, placements: list[Placement], map_first_day: int) -> None:
        self.map_first_day = map_first_day
        self.spots = {
            place.unit_id: Spot(place.unit, titled(place.kind, place.name), place.parent_id)
            for place in placements
        }
        self._below: dict[int | None, list[Spot]] = defaultdict(list)
        for spot in self.spots.values():
            self._below[spot.parent_id].append(spot)

    def __contains__(self, unit: Unit) -> bool:
        return unit.pk in self.spots

    def children(self, unit_id: int) -> list[Spot]:
        return self._below[unit_id]

    def communes(self, unit_id: int) -> list[Spot]:
        """The communes below a unit, by name; none below a commune."""
        found: list[Spot] = []
        for spot in self._below[unit_id]:
            is_commune = spot.unit.level == Level.COMMUNE
            found += [spot] if is_commune else self.communes(spot.id)
        return found

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
    found = map_of(unit.province_id or 0, day)
    return DayTree(placements_on(found), found.from_day) if found else None
