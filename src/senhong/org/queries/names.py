"""Units told apart: many are called the same."""

from collections import Counter
from collections.abc import Iterable, Mapping

from senhong.org.models import Placement, Unit


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


def told_apart(titles: Mapping[int, str], above: Mapping[int, str]) -> dict[int, str]:
    """Of units that are shown together: only those called the same say what they hang on.

    Titles of the units, and of what each hangs on, by unit id. No query.
    """
    said = Counter(titles.values())
    return {
        id: within(title, above.get(id, "")) if said[title] > 1 else title
        for id, title in titles.items()
    }


def within(title: str, above: str) -> str:
    return f"{title}, {above}" if above else title
