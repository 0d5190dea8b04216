"""Units, maps and paths written to their tables; what founding and restructuring share."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import F

from senhong.core.rows import rows_of, run
from senhong.core.text import nfc, search_key, sort_key
from senhong.org.changes import NewUnit, Place
from senhong.org.models import Placement, Unit, UnitMap, titled

BATCH = 2000  # rows in one insert
Trees = Mapping[str, Mapping[str, Place]]  # province → unit → place, parents before children


def begin_units(
    units: Sequence[NewUnit], province_of: Mapping[str, str], known: Mapping[str, int], *, day: int
) -> dict[str, int]:
    """Insert the units, provinces first. Ids by key, with those already ``known``.

    province_of  the key of each unit's province
    """
    ids = dict(known)
    provinces = [unit for unit in units if unit.parent is None]
    made = Unit.objects.bulk_create(_row(unit, None, day) for unit in provinces)
    ids.update({unit.key: unit.pk for unit in made})
    Unit.objects.filter(pk__in=[unit.pk for unit in made]).update(province_id=F("pk"))
    below = [_row(unit, ids[province_of[unit.key]], day) for unit in units if unit.parent]
    made = Unit.objects.bulk_create(below, batch_size=BATCH)
    return ids | {unit.key: unit.pk for unit in made}


def _row(unit: NewUnit, province_id: int | None, day: int) -> Unit:
    kind, name = nfc(unit.kind), nfc(unit.name)
    return Unit(
        key=unit.key,
        code=unit.code,
        level=unit.level,
        kind=kind,
        name=name,
        province_id=province_id,
        lat=unit.lat,
        lon=unit.lon,
        from_day=day,
        search_key=search_key(titled(kind, name)),
        sort_key=sort_key(name),
    )


def draw_maps(trees: Trees, ids: Mapping[str, int], *, day: int) -> dict[str, int]:
    """Open a map for each province and hang its tree on it. Map ids by province."""
    made = UnitMap.objects.bulk_create(
        UnitMap(province_id=ids[province], from_day=day) for province in trees
    )
    maps = {province: map.pk for province, map in zip(trees, made, strict=True)}
    for province, tree in trees.items():
        place_units(maps[province], tree, ids)
    return maps


def place_units(map_id: int, tree: Mapping[str, Place], ids: Mapping[str, int]) -> None:
    """Hang the units on a map."""
    Placement.objects.bulk_create(
        (
            Placement(
                map_id=map_id,
                unit_id=ids[key],
                parent_id=ids[place.parent] if place.parent else None,
                kind=nfc(place.kind),
                name=nfc(place.name),
            )
            for key, place in tree.items()
        ),
        batch_size=BATCH,
    )


def write_paths(
    trees: Trees, ids: Mapping[str, int], tops: Mapping[str, str] | None = None
) -> None:
    """Each unit's path as it hangs on its tree. One statement, and only what differs.

    tops  paths of trees that do not begin at a province
    """
    rows = [
        (ids[key], path)
        for top, tree in trees.items()
        for key, path in _paths(tree, ids, (tops or {}).get(top))
    ]
    source, args = rows_of("w", {"id": "int", "path": "text"}, rows)
    run(
        f"UPDATE org_unit SET path = w.path FROM {source}"  # no input in the text
        " WHERE org_unit.id = w.id AND org_unit.path <> w.path",
        args,
    )


def _paths(
    tree: Mapping[str, Place], ids: Mapping[str, int], top: str | None
) -> Iterable[tuple[str, str]]:
    paths: dict[str | None, str] = {None: ""}
    for key, place in tree.items():
        paths[key] = top if top and place.parent is None else f"{paths[place.parent]}{ids[key]}/"
        yield key, paths[key]
