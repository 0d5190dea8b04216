"""The map changes: units end and begin, others are altered, what hangs on them follows."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import transaction
from django.db.models import F

from senhong.audit.services import all_happened, happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.rows import lock_provinces, on_postgresql, rows_of, run
from senhong.core.text import search_key, sort_key
from senhong.org.changes import Change, ChangePlan
from senhong.org.models import (
    EndedRole,
    Landing,
    Lineage,
    RoleGrant,
    Step,
    Unit,
    UnitMap,
    titled,
)
from senhong.org.queries.plan import grants_that_end, plan_of, touched_paths
from senhong.org.services.drawing import (
    begin_units,
    draw_maps,
    land_units,
    write_paths,
    write_rows,
)


@transaction.atomic
def restructure(actor: Actor, change: Change) -> ChangePlan:
    """The touched provinces get new maps from ``change.day`` on; their old maps close.

    What is recorded in these provinces, and in those whose units land there, waits for it.
    A day to come may be entered early: postings move both maps from now on, and on that day
    units are called and hang as on the new map (``settle_units``). Entering the same change
    again is refused, since its keys are used. Raises Forbidden, ChangeRefused.
    """
    if on_postgresql():  # SQLite has held its one writer since the beginning
        lock_provinces(_accepted(actor, change).locked, exclusive=True)
    plan = _accepted(actor, change)  # nobody else can change these maps now
    provinces = {key: top for top, tree in plan.trees.items() for key in tree}
    ids = begin_units(list(change.begins), provinces, plan.ids, day=change.day)
    _end_units(plan)
    _join_units(plan, ids)
    maps = _turn_maps(plan, ids)
    _end_roles(actor, plan)
    old_maps, new_maps = sorted(plan.old_maps.values()), sorted(maps.values())
    first = UnitMap.objects.get(pk=new_maps[0])
    facts = {"old_maps": old_maps, "new_maps": new_maps, "day": change.day}
    happened(actor, "map.changed", first, **facts)
    if change.day <= as_day(clock.today()):
        _alter_units(plan)
        write_paths(plan.trees, ids)
    else:
        write_paths(plan.trees, ids, only={unit.key for unit in change.begins})
        happened(actor, "map.foreseen", first, day=change.day)
    return replace(plan, new_maps=maps)


def _accepted(actor: Actor, change: Change) -> ChangePlan:
    plan = plan_of(change)
    for path in touched_paths(plan):
        actor.require("map.change", at=path)
    if plan.refused:
        raise plan.refused[0]
    return plan


def _end_units(plan: ChangePlan) -> None:
    ended, args = rows_of("w", {"id": "int"}, [(plan.ids[key],) for key in plan.change.ends])
    run(
        f"UPDATE org_unit SET to_day = %s WHERE id IN (SELECT id FROM {ended})",
        [plan.change.day, *args],
    )


def _alter_units(plan: ChangePlan) -> None:
    """Kind and name as they are now; the old maps keep what they were."""
    changed = []
    for alteration in plan.change.alters:
        place = next(t[alteration.unit] for t in plan.trees.values() if alteration.unit in t)
        changed.append(
            Unit(
                pk=plan.ids[alteration.unit],
                kind=place.kind,
                name=place.name,
                search_key=search_key(titled(place.kind, place.name)),
                sort_key=sort_key(place.name),
            )
        )
    fields = ["kind", "name", "search_key", "sort_key"]
    Unit.objects.bulk_update(changed, fields, batch_size=100)


def _join_units(plan: ChangePlan, ids: Mapping[str, int]) -> None:
    columns = {
        "predecessor_id": "int",
        "successor_id": "int",
        "share": "text",
        "is_default": "bool",
    }
    write_rows(
        Lineage,
        columns,
        [
            (ids[edge.predecessor], ids[edge.successor], str(edge.share), edge.is_default)
            for edge in plan.change.edges
        ],
    )


def _turn_maps(plan: ChangePlan, ids: Mapping[str, int]) -> dict[str, int]:
    """Close the old maps, draw the new ones, and say who lands where. New map ids by province."""
    UnitMap.objects.filter(pk__in=plan.old_maps.values()).update(to_day=plan.change.day)
    maps = draw_maps(plan.trees, ids, day=plan.change.day)
    map_of = {key: maps[top] for top, tree in plan.trees.items() for key in tree}
    columns = dict.fromkeys(("old_map_id", "unit_id", "new_map_id", "landed_id"), "int")
    steps = {
        ids[key]: (plan.old_map_of[key], ids[key], map_of[to], ids[to])
        for key, to in plan.steps.items()
    }
    write_rows(Step, columns, list(steps.values()))
    landed = Landing.objects.filter(map__in=plan.old_maps.values())
    land_units([(unit, *steps[at][2:]) for unit, at in landed.values_list("unit_id", "landed_id")])
    land_units([(ids[u.key], map_of[u.key], ids[u.key]) for u in plan.change.begins])
    _tell_planner()
    return maps


def _tell_planner() -> None:
    """What follows together joins the rows just written; PostgreSQL has not seen them, and would
    join them by loops: minutes instead of seconds, while the provinces are held."""
    if on_postgresql():
        for model in (Step, UnitMap):
            run(f"ANALYZE {model._meta.db_table}")


def _end_roles(actor: Actor, plan: ChangePlan) -> None:
    """A role never climbs: it ends where its unit ended without a successor."""
    day = plan.change.day
    ending = list(grants_that_end(plan, [plan.ids[key] for key in plan.to_parent]))
    EndedRole.objects.bulk_create(
        EndedRole(grant=grant, map_id=map_id, to_day=grant.to_day)
        for grant, map_id in _last_maps(plan, ending)
    )
    held = RoleGrant.objects.filter(pk__in=[grant.pk for grant in ending])
    held.filter(from_day__lt=day).update(to_day=day)
    held.filter(from_day__gte=day).update(to_day=F("from_day"))  # never held
    all_happened(actor, "role.ended", [(grant, {}) for grant in ending])


def _last_maps(plan: ChangePlan, ending: list[RoleGrant]) -> Iterable[tuple[RoleGrant, int]]:
    """Each role with the last map on which there is something that its unit counts for."""
    landed = Landing.objects.filter(
        map__in=plan.old_maps.values(), unit__in={grant.unit_id for grant in ending}
    )
    maps = dict(landed.values_list("unit_id", "map_id"))
    return ((grant, maps[grant.unit_id]) for grant in ending)
