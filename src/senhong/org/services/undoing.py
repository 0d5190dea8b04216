"""The latest change of the map is taken back, as if it had never been."""

from collections.abc import Collection, Sequence

from django.db import transaction

from senhong.audit.services import all_happened, happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY, as_day
from senhong.core.rows import lock_provinces, run
from senhong.org.models import EndedRole, RoleGrant, UnitMap
from senhong.org.queries.turning import UndoPlan, undo_plan_of
from senhong.org.services.settling import settle_maps


@transaction.atomic
def undo_restructure(actor: Actor, new_maps: Collection[int]) -> None:
    """The maps that one change drew are gone, and the maps before them go on.

    Units that it began have never been; units that it ended stand; roles that it ended are held;
    every figure is what it was, with what has been recorded since for the old units. Raises
    Forbidden, NotLatestChange, NewUnitsInUse.
    """
    lock_provinces(_accepted(actor, new_maps).locked, exclusive=True)
    plan = _accepted(actor, new_maps)  # again: nobody else can post or change these maps now
    first = UnitMap.objects.get(pk=(plan.old_maps or plan.new_maps)[0])
    facts = {"old_maps": [*plan.old_maps], "new_maps": [*plan.new_maps], "day": plan.day}
    happened(actor, "map.restored", first, **facts)  # the ledger needs both maps
    _give_roles_back(actor, plan)
    _raise_units(plan)
    _remove_maps(plan)
    settle_maps(_standing(plan.old_maps))


def _accepted(actor: Actor, new_maps: Collection[int]) -> UndoPlan:
    plan = undo_plan_of(new_maps)
    for province_id in plan.locked:
        actor.require("map.change", at=f"{province_id}/")
    if plan.refused:
        raise plan.refused
    return plan


def _standing(maps: Sequence[int]) -> list[int]:
    today = as_day(clock.today())
    found = UnitMap.objects.filter(pk__in=maps, from_day__lte=today, to_day__gt=today)
    return list(found.values_list("pk", flat=True))


def _give_roles_back(actor: Actor, plan: UndoPlan) -> None:
    """Roles that the change ended, unless somebody has changed their days since."""
    ended = EndedRole.objects.filter(map__in=plan.old_maps).select_related("grant")
    back = [row for row in ended if row.grant.to_day == max(plan.day, row.grant.from_day)]
    for row in back:
        row.grant.to_day = row.to_day
    RoleGrant.objects.bulk_update([row.grant for row in back], ["to_day"])
    ended.delete()
    all_happened(actor, "role.resumed", [(row.grant, {}) for row in back])


def _raise_units(plan: UndoPlan) -> None:
    """What the change ended stands again, and has become nothing."""
    placed = f"SELECT unit_id FROM org_placement WHERE map_id IN ({_listed(plan.old_maps)})"
    ended = f"SELECT id FROM org_unit WHERE to_day = %s AND id IN ({placed})"
    run(f"DELETE FROM org_lineage WHERE predecessor_id IN ({ended})", [plan.day])
    run(
        f"UPDATE org_unit SET to_day = %s WHERE to_day = %s AND id IN ({placed})",
        [LAST_DAY, plan.day],
    )


def _remove_maps(plan: UndoPlan) -> None:
    """Plain SQL: Django would look for what refers to each of a thousand rows."""
    old, new = _listed(plan.old_maps), _listed(plan.new_maps)
    run(f"DELETE FROM org_landing WHERE map_id IN ({new})")
    run(f"DELETE FROM org_step WHERE old_map_id IN ({old})")
    run(f"DELETE FROM org_placement WHERE map_id IN ({new})")
    run(f"DELETE FROM org_unitmap WHERE id IN ({new})")
    run(f"UPDATE org_unitmap SET to_day = %s WHERE id IN ({old})", [LAST_DAY])
    run(f"DELETE FROM org_unit WHERE id IN ({_listed(plan.begun)})")


def _listed(ids: Sequence[int]) -> str:
    return ", ".join(str(int(id)) for id in ids) or "0"
