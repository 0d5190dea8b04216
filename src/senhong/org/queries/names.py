"""Units told apart: many are called the same."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import count
from typing import TypeVar

from senhong.org.models import Placement, Unit

K = TypeVar("K", bound=Hashable)


def unit_names(units: Iterable[Unit]) -> dict[int, str]:
    """Each unit with what it hangs on, or last hung on: "Phường 1, Thành phố Cao Lãnh".

    By unit id. One query.
    """
    names = {unit.pk: unit.title for unit in units}
    placed = Placement.objects.filter(unit__in=names.keys(), parent__isnull=False)
    for placement in placed.select_related("unit", "parent").order_by("map__from_day"):
        if placement.parent is not None:
            names[placement.unit_id] = within(placement.unit.title, placement.parent.title)
    return names


def names_among(units: Iterable[Unit]) -> dict[int, str]:
    """Units that are shown together: only those called the same say what they hang on.

    By unit id. One query where some are, else none.
    """
    shown = {unit.pk: unit for unit in units}
    said = Counter(unit.title for unit in shown.values())
    namesakes = [unit for unit in shown.values() if said[unit.title] > 1]
    names = {id: unit.title for id, unit in shown.items()}
    return names | unit_names(namesakes) if namesakes else names


def told_apart(titles: Mapping[K, str], above: Mapping[K, Sequence[str]]) -> dict[K, str]:
    """Of units that are shown together: only those called the same say what they hang on.

    Titles of the units, and of what each hangs on, from its parent up. As much of the way up is
    said as tells them apart; nothing where none of it does. No query.
    """
    namesakes: dict[str, list[K]] = defaultdict(list)
    for id, title in titles.items():
        namesakes[title].append(id)
    return {
        id: within(title, *way)
        for title, ids in namesakes.items()
        for id, way in zip(ids, _parted([above.get(id, ()) for id in ids]), strict=True)
    }


def _parted(ways: Sequence[Sequence[str]]) -> Iterable[Sequence[str]]:
    """The ways as far as they must be said, so that they part as far as they ever do."""
    whole = {tuple(way) for way in ways}
    steps = next(n for n in count() if len({way[:n] for way in whole}) == len(whole))
    return [way[:steps] for way in ways]


def within(title: str, *above: str) -> str:
    """A unit with what it hangs on: "Phường 1, Thành phố Cao Lãnh"."""
    return ", ".join(part for part in (title, *above) if part)
