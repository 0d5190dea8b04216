"""On the first day of a map that was drawn ahead, units take its names and places."""

from collections.abc import Collection

from django.db import transaction

from senhong.audit.services import all_happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.rows import Row, rows_of, run
from senhong.core.text import search_key, sort_key
from senhong.org.models import Placement, UnitMap, titled
from senhong.org.queries.turning import unsettled_maps

_COLUMNS = dict.fromkeys(("kind", "name", "search_key", "sort_key", "path"), "text")


@transaction.atomic
def settle_units(actor: Actor) -> int:
    """Units are called, and hang, as on the map of today. Returns how many maps were behind.

    Who may do what where is read from these places, so until a map's first day they stay those
    of the map before. Doing it again changes nothing. Raises Forbidden.
    """
    actor.require("system.run", at="")
    behind = unsettled_maps(as_day(clock.today()))
    settle_maps(behind)
    settled = UnitMap.objects.filter(pk__in=behind)
    all_happened(actor, "map.begun", [(each, {"day": each.from_day}) for each in settled])
    return len(behind)


def settle_maps(map_ids: Collection[int]) -> None:
    """Write the maps' kinds, names and places to their units. Two statements."""
    placed = Placement.objects.filter(map__in=map_ids).order_by("map_id")
    rows = _rows([*placed.values_list("unit_id", "parent_id", "kind", "name")])
    source, args = rows_of("w", {"id": "int", **_COLUMNS}, rows)
    sets = ", ".join(f"{name} = w.{name}" for name in _COLUMNS)
    run(
        f"""UPDATE org_unit SET {sets} FROM {source} WHERE org_unit.id = w.id
        AND (org_unit.path <> w.path OR org_unit.kind <> w.kind OR org_unit.name <> w.name)""",
        args,
    )


def _rows(placed: list[tuple[int, int | None, str, str]]) -> list[Row]:
    parents = {unit: parent for unit, parent, _kind, _name in placed}
    return [
        (unit, kind, name, search_key(titled(kind, name)), sort_key(name), _path(unit, parents))
        for unit, _parent, kind, name in placed
    ]


def _path(unit: int | None, parents: dict[int, int | None]) -> str:
    return "" if unit is None else f"{_path(parents[unit], parents)}{unit}/"
