"""The first maps, and whose installation this is."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from senhong.accounts.models import User
from senhong.accounts.services import make_user
from senhong.audit.services import all_happened, happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import FIRST_DAY, as_day
from senhong.core.ids import derived_id
from senhong.core.rows import lock_provinces
from senhong.org import errors
from senhong.org.changes import NewUnit, Place
from senhong.org.models import Installation, Role, Unit, UnitMap
from senhong.org.queries.plan import root_of, trees_of
from senhong.org.services.drawing import (
    begin_units,
    draw_maps,
    land_units,
    place_units,
    write_paths,
)
from senhong.org.services.roles import grant_role


@transaction.atomic
def found_units(
    actor: Actor, units: Sequence[NewUnit], *, first_day: int = FIRST_DAY
) -> list[Unit]:
    """The units stand from their province's first day on, on its first map; in this order.

    Units may also hang on a standing unit while its province still has its first map alone:
    nothing has landed on them yet. Raises Forbidden, KeyUsed, UnitsUnknown, MapHasChanged,
    NotAProvince, TreeIsARing.
    """
    above = _above(actor, units)
    maps = _first_maps(above)
    trees = _checked_trees(units, above)
    days = {maps[unit.province_id].from_day for unit in above.values()} or {first_day}
    ids = begin_units(units, _province_of(trees, above), _known(above), day=max(days))
    new_maps = draw_maps(
        {top: t for top, t in trees.items() if top not in above}, ids, day=first_day
    )
    old_maps = {top: maps[unit.province_id].pk for top, unit in above.items()}
    for top, map_id in old_maps.items():
        place_units({map_id: {k: at for k, at in trees[top].items() if k != top}}, ids)
    _land(units, trees, ids, new_maps | old_maps)
    write_paths(trees, ids, {top: unit.path for top, unit in above.items()})
    made = Unit.objects.select_related("province").in_bulk([u.key for u in units], field_name="key")
    all_happened(actor, "map.founded", [(u, {}) for u in made.values() if u.is_province])
    return [made[unit.key] for unit in units]


def _above(actor: Actor, units: Sequence[NewUnit]) -> dict[str, Unit]:
    """The standing units on which the new ones hang; no key is new that was used."""
    new = {unit.key for unit in units}
    outside = {unit.parent for unit in units if unit.parent and unit.parent not in new}
    found = Unit.objects.select_related("province").in_bulk([*new, *outside], field_name="key")
    if any(unit.parent is None for unit in units):
        actor.require("map.change", at="")
    for key in outside & found.keys():
        actor.require("map.change", at=found[key].path)
    if used := [unit for unit in units if unit.key in found]:
        raise errors.KeyUsed.of(f"{unit.title} ({unit.key})" for unit in used)
    if unknown := outside - found.keys():
        raise errors.UnitsUnknown.of(unknown)
    return {key: found[key] for key in outside}


def _first_maps(above: dict[str, Unit]) -> dict[int | None, UnitMap]:
    """The one map of each province to which units are added, by province id."""
    provinces = {unit.province_id for unit in above.values() if unit.province_id}
    lock_provinces(provinces, exclusive=True)
    maps = list(UnitMap.objects.filter(province__in=provinces))
    if len(maps) > len(provinces):
        raise errors.MapHasChanged.of(f"{unit.title} ({key})" for key, unit in above.items())
    return {map.province_id: map for map in maps}


def _checked_trees(units: Sequence[NewUnit], above: dict[str, Unit]) -> dict[str, dict[str, Place]]:
    odd = [unit for unit in units if unit.is_province != (unit.parent is None)]
    if odd:
        raise errors.NotAProvince.of(f"{unit.title} ({unit.key})" for unit in odd)
    new = {key: Place(None, unit.kind, unit.name) for key, unit in above.items()}
    new.update({unit.key: unit.place for unit in units})
    if len(new) < len(units) + len(above):
        keys = [unit.key for unit in units]
        raise errors.KeyUsed.of({key for key in keys if keys.count(key) > 1})
    if rings := [unit for unit in units if root_of(unit.key, new) is None]:
        raise errors.TreeIsARing.of(f"{unit.title} ({unit.key})" for unit in rings)
    return trees_of(new)


def _province_of(trees: dict[str, dict[str, Place]], above: dict[str, Unit]) -> dict[str, str]:
    tops = {key: unit.province.key for key, unit in above.items() if unit.province}
    return {key: tops.get(top, top) for top, tree in trees.items() for key in tree}


def _known(above: dict[str, Unit]) -> dict[str, int]:
    provinces = {unit.province.key: unit.province.pk for unit in above.values() if unit.province}
    return provinces | {key: unit.pk for key, unit in above.items()}


def _land(
    units: Sequence[NewUnit],
    trees: dict[str, dict[str, Place]],
    ids: dict[str, int],
    maps: dict[str, int],
) -> None:
    """Each unit lands on itself."""
    top_of = {key: top for top, tree in trees.items() for key in tree}
    land_units([(ids[unit.key], maps[top_of[unit.key]], ids[unit.key]) for unit in units])


@transaction.atomic
def found_installation(
    actor: Actor, *, province: Unit, demo_reading_on: date | None = None
) -> Installation:
    """This installation is the province's. A demo opens at ``demo_reading_on``.

    The same again changes nothing. Raises Forbidden, ProvinceNotStanding, InstallationFounded.
    """
    installation, founded = _found(actor, province, demo_reading_on)
    if not founded and installation.province_id != province.pk:
        raise errors.InstallationFounded()
    return installation


@transaction.atomic
def start_installation(  # the first run is these facts
    actor: Actor, id: UUID, *, province: Unit, username: str, full_name: str, password: str
) -> User:
    """The installation is the province's, and its first person may sign in.

    She is administrator and province office in one, and gives both away from there. Once.
    Raises Forbidden, ProvinceNotStanding, InstallationFounded and what ``make_user`` refuses.
    """
    _installation, founded = _found(actor, province, None)
    if not founded:
        raise errors.InstallationFounded()
    user = make_user(actor, username=username, full_name=full_name, password=password)
    for role in (Role.ADMINISTRATOR, Role.PROVINCE_OFFICE):
        grant_role(actor, derived_id(id, role), user=user, role=role, unit=province)
    return user


def _found(actor: Actor, province: Unit, demo_reading_on: date | None) -> tuple[Installation, bool]:
    actor.require("installation.found", at="")
    day = as_day(demo_reading_on or clock.today())
    opens_on_old_map = demo_reading_on is not None  # a demo may open before its province began
    if not province.is_province or not (opens_on_old_map or _stands(province, day)):
        raise errors.ProvinceNotStanding(title=province.title)
    facts = {"province": province, "demo_reading_on": demo_reading_on}
    installation, founded = Installation.objects.get_or_create(pk=1, defaults=facts)
    if founded:
        happened(actor, "installation.founded", installation)
    return installation, founded


def _stands(province: Unit, day: int) -> bool:
    return province.from_day <= day < province.to_day
