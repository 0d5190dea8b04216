"""What units had before a change of the map, on the map before it and on the map after it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from senhong.org.changes import ChangePlan
from senhong.org.models import Placement, Step


@dataclass(frozen=True, slots=True)
class Carried:
    """The sum of an indicator at one unit of a map, of all days before the change."""

    map_id: int
    unit_id: int
    indicator: str  # its code
    title: str
    quantity: int


# "What do these units (map id, unit id) have of the days before this one?" The ledger answers.
FIGURES: list[Callable[[Collection[tuple[int, int]], int], Iterable[Carried]]] = []


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit of one of the maps, what it becomes there, and its figures by indicator."""

    title: str
    becomes: str  # empty on the map after
    quantities: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BothMaps:
    """The units that a change touches, before and after, with the same figures."""

    titles: Mapping[str, str]  # indicator → title, the largest first
    before: list[UnitLine]
    after: list[UnitLine]

    def agree(self) -> bool:
        """Whether the figures add up to the same on both maps."""
        return _sums(self.before) == _sums(self.after)


def _sums(lines: list[UnitLine]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for line in lines:
        for indicator, quantity in line.quantities.items():
            sums[indicator] += quantity
    return {indicator: total for indicator, total in sums.items() if total}


def figures_planned(plan: ChangePlan) -> BothMaps:
    """What a change that was not done yet would carry where. One query for each of ``FIGURES``."""
    keys = _touched({*plan.change.ends, *(a.unit for a in plan.change.alters)}, plan.steps)
    had, titles = _had([(plan.old_map_of[key], plan.ids[key]) for key in keys], plan.change.day)
    names = {key: title_after(plan, key) for key in plan.steps.values()}
    before = [
        UnitLine(plan.title(key), names[plan.steps[key]], had.get(plan.ids[key], {}))
        for key in keys
    ]
    after: dict[str, dict[str, int]] = {plan.steps[key]: {} for key in keys}
    for key in keys:
        for indicator, quantity in had.get(plan.ids[key], {}).items():
            there = after[plan.steps[key]]
            there[indicator] = there.get(indicator, 0) + quantity
    return BothMaps(titles, before, [UnitLine(names[key], "", of) for key, of in after.items()])


def title_after(plan: ChangePlan, key: str) -> str:
    """What a unit is called on the new map."""
    place = next((tree[key] for tree in plan.trees.values() if key in tree), None)
    return place.title if place else plan.title(key)


def _touched(changed: Collection[str], steps: Mapping[str, str]) -> list[str]:
    """The units that change or end, and those that stand and take something over."""
    heirs = {steps[key] for key in changed}
    return [key for key in steps if key in changed or key in heirs]


def figures_carried(old_maps: Collection[int], day: int) -> BothMaps:
    """What a change that is done carried where, read on both maps.

    Three queries and two for each of ``FIGURES``.
    """
    steps = list(
        Step.objects.filter(old_map__in=old_maps).values_list(
            "old_map_id", "unit_id", "new_map_id", "landed_id"
        )
    )
    called = _called({(at, unit) for at, unit, *_ in steps} | {(s[2], s[3]) for s in steps})
    changed = {
        unit for old, unit, new, landed in steps
        if unit != landed or called[old, unit] != called[new, landed]
    }  # fmt: skip
    heirs = {landed for _old, unit, _new, landed in steps if unit in changed}
    kept = [step for step in steps if step[1] in changed | heirs]
    had, titles = _had([(old, unit) for old, unit, *_ in kept], day)
    has, more = _had(sorted({(new, landed) for *_, new, landed in kept}), day)
    before = [
        UnitLine(called[old, unit], called[new, landed], had.get(unit, {}))
        for old, unit, new, landed in kept
    ]
    after = {(new, landed): has.get(landed, {}) for *_, new, landed in kept}
    lines = [UnitLine(called[at], "", quantities) for at, quantities in after.items()]
    return BothMaps({**titles, **more}, before, lines)


def _called(places: Collection[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """What each unit was called on each map. One query."""
    maps, units = {at for at, _unit in places}, {unit for _at, unit in places}
    found = Placement.objects.filter(map__in=maps, unit__in=units)
    return {(place.map_id, place.unit_id): str(place) for place in found}


def _had(
    places: Collection[tuple[int, int]], day: int
) -> tuple[dict[int, dict[str, int]], dict[str, str]]:
    """By unit and indicator; and the indicators' titles, the largest sum first."""
    found = [line for question in FIGURES for line in question(places, day)]
    by_unit: dict[int, dict[str, int]] = defaultdict(dict)
    sums: dict[str, int] = defaultdict(int)
    for line in found:
        by_unit[line.unit_id][line.indicator] = line.quantity
        sums[line.indicator] += line.quantity
    titles = {line.indicator: line.title for line in found}
    return by_unit, {code: titles[code] for code in sorted(sums, key=lambda code: -sums[code])}
