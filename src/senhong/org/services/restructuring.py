"""The map changes: units end and begin, others are altered, what hangs on them follows."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import F

from senhong.audit.services import all_happened, happened
from senhong.core.actor import Actor
from senhong.core.rows import lock_provinces
from senhong.core.text import nfc, search_key, sort_key
from senhong.org.changes import Change, ChangePlan
from senhong.org.models import Landing, Lineage, RoleGrant, Step, Unit, UnitMap, titled
from senhong.org.queries.plan import grants_that_end, plan_of, require_change
from senhong.org.services.drawing import BATCH, begin_units, draw_maps, write_paths


@transaction.atomic
def restructure(actor: Actor, change: Change) -> ChangePlan:
    """The touched provinces get new maps from ``change.day`` on; their old maps close.

    What is recorded in these provinces, and in those whose units land there, waits for it.
    A day to come may be entered early: nothing happens at midnight. Entering the same change
    again is refused, since its keys are used. Raises Forbidden, ChangeRefused.
    """
    lock_provinces(_accepted(actor, change).locked, exclusive=True)
    plan = _accepted(actor, change)  # again: nobody else can change these maps now
    provinces = {key: top for top, tree in plan.trees.items() for key in tree}
    ids = begin_units(list(change.begins), provinces, plan.ids, day=change.day)
    _end_units(plan)
    _alter_units(plan)
    _join_units(plan, ids)
    maps = _turn_maps(plan, ids)
    _end_roles(actor, plan)
    old_maps, new_maps = sorted(plan.old_maps.values()), sorted(maps.values())
    first = UnitMap.objects.get(pk=new_maps[0])
    facts = {"old_maps": old_maps, "new_maps": new_maps, "day": change.day}
    happened(actor, "map.changed", first, **facts)
    return plan


def _accepted(actor: Actor, change: Change) -> ChangePlan:
    plan = plan_of(change)
    require_change(actor, plan)
    if plan.refused:
        raise plan.refused[0]
    return plan


def _end_units(plan: ChangePlan) -> None:
    ids = [plan.ids[key] for key in plan.change.ends]
    for start in range(0, len(ids), BATCH):
        Unit.objects.filter(pk__in=ids[start : start + BATCH]).update(to_day=plan.change.day)


def _alter_units(plan: ChangePlan) -> None:
    """Kind and name as they are now; the old maps keep what they were."""
    changed = []
    for alteration in plan.change.alters:
        place = next(t[alteration.unit] for t in plan.trees.values() if alteration.unit in t)
        kind, name = nfc(place.kind), nfc(place.name)
        changed.append(
            Unit(
                pk=plan.ids[alteration.unit],
                kind=kind,
                name=name,
                search_key=search_key(titled(kind, name)),
                sort_key=sort_key(name),
            )
        )
    fields = ["kind", "name", "search_key", "sort_key"]
    Unit.objects.bulk_update(changed, fields, batch_size=100)


def _join_units(plan: ChangePlan, ids: Mapping[str, int]) -> None:
    Lineage.objects.bulk_create(
        (
            Lineage(
                predecessor_id=ids[edge.predecessor],
                successor_id=ids[edge.successor],
                share=edge.share,
                is_default=edge.is_default,
            )
            for edge in plan.change.edges
        ),
        batch_size=BATCH,
    )


def _turn_maps(plan: ChangePlan, ids: Mapping[str, int]) -> dict[str, int]:
    """Close the old maps, draw the new ones, and say who lands where. New map ids by province."""
    UnitMap.objects.filter(pk__in=plan.old_maps.values()).update(to_day=plan.change.day)
    maps = draw_maps(plan.trees, ids, day=plan.change.day)
    map_of = {key: maps[top] for top, tree in plan.trees.items() for key in tree}
    Step.objects.bulk_create(
        (
            Step(
                old_map_id=plan.old_map_of[key],
                unit_id=ids[key],
                new_map_id=map_of[landed],
                landed_id=ids[landed],
            )
            for key, landed in plan.steps.items()
        ),
        batch_size=BATCH,
    )
    steps = {ids[key]: (map_of[to], ids[to]) for key, to in plan.steps.items()}
    _land(plan.old_maps.values(), steps)
    own = [(ids[unit.key], map_of[unit.key]) for unit in plan.change.begins]
    Landing.objects.bulk_create(
        (Landing(unit_id=unit, map_id=map, landed_id=unit) for unit, map in own),
        batch_size=BATCH,
    )
    write_paths(plan.trees, ids)
    return maps


def _land(old_maps: Collection[int], steps: Mapping[int, tuple[int, int]]) -> None:
    """What landed on the old maps takes its step to the new ones."""
    rows = Landing.objects.filter(map__in=old_maps).values_list("unit_id", "landed_id")
    Landing.objects.bulk_create(
        (
            Landing(unit_id=unit_id, map_id=steps[landed_id][0], landed_id=steps[landed_id][1])
            for unit_id, landed_id in rows
        ),
        batch_size=BATCH,
    )


def _end_roles(actor: Actor, plan: ChangePlan) -> None:
    """A role never climbs: it ends where its unit ended without a successor."""
    day = plan.change.day
    ending = list(grants_that_end(plan, [plan.ids[key] for key in plan.to_parent]))
    held = RoleGrant.objects.filter(pk__in=[grant.pk for grant in ending])
    held.filter(from_day__lt=day).update(to_day=day)
    held.filter(from_day__gte=day).update(to_day=F("from_day"))  # never held
    all_happened(actor, "role.ended", [(grant, {}) for grant in ending])
