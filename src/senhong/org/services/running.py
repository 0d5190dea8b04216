"""Changes of the map that two people agreed on are done, or taken back: called by a job.

Each connected group of provinces is a transaction of its own, so what is recorded there waits
only for it; what was done is noted in the same transaction, so a job that was killed goes on.
"""

from collections.abc import Callable

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.errors import DomainError
from senhong.org.changes import Change
from senhong.org.models import ChangeState, MapChange
from senhong.org.queries.plan import plan_of, with_heirs
from senhong.org.queries.preparing import change_groups, change_in, changes_under_way
from senhong.org.queries.turning import undo_plan_of
from senhong.org.services.restructuring import restructure
from senhong.org.services.undoing import undo_restructure


def run_changes(actor: Actor, *, breathe: Callable[[], object] = lambda: None) -> int:
    """Do what was confirmed and go on with what was begun. Returns how many were looked at.

    What cannot be done any more becomes a draft again, with the reason as its note; nothing of
    it is done.
    breathe  is called after each group, outside of its transaction. Raises Forbidden.
    """
    actor.require("system.run", at="")
    found = changes_under_way()
    for prepared in found:
        if prepared.state == ChangeState.UNDOING:
            _undo(actor, prepared, breathe)
        else:
            _do(actor, prepared, breathe)
    return len(found)


def _do(actor: Actor, prepared: MapChange, breathe: Callable[[], object]) -> None:
    groups = change_groups(change_in(prepared))
    if not prepared.done and (refused := _refusal(groups)):
        _return(actor, prepared, refused)
        return
    for number, group in enumerate(groups):
        if number >= len(prepared.done):
            _do_group(actor, prepared, number, group)
            breathe()
    _finish(actor, prepared)


def _refusal(groups: list[Change]) -> DomainError | None:
    """All are looked at before the first is done."""
    for group in groups:
        if refused := with_heirs(plan_of(group)).refused:
            return refused[0]
    return None


@transaction.atomic
def _do_group(actor: Actor, prepared: MapChange, number: int, group: Change) -> None:
    held = _held(prepared)
    if held.state not in {ChangeState.CONFIRMED, ChangeState.RUNNING} or len(held.done) != number:
        return  # another worker was here
    plan = restructure(actor, group)
    held.done.append(
        {
            "old_maps": sorted(plan.old_maps.values()),
            "new_maps": sorted(plan.new_maps.values()),
            "units": len(group.ends) + len(group.begins) + len(group.alters),
        }
    )
    held.state = ChangeState.RUNNING
    held.save(update_fields=["done", "state"])


def _held(prepared: MapChange) -> MapChange:
    """Locked, since on PostgreSQL two workers may have taken the same change."""
    return MapChange.objects.select_for_update().get(pk=prepared.pk)


@transaction.atomic
def _finish(actor: Actor, prepared: MapChange) -> None:
    rows = MapChange.objects.filter(pk=prepared.pk, state=ChangeState.RUNNING)
    if rows.update(state=ChangeState.DONE):
        happened(actor, "map-change.done", prepared, day=prepared.day)


@transaction.atomic
def _return(actor: Actor, prepared: MapChange, refused: DomainError) -> None:
    rows = MapChange.objects.filter(pk=prepared.pk, state=ChangeState.CONFIRMED)
    note = str(refused)[:300]
    if rows.update(state=ChangeState.DRAFT, proposed_by=None, confirmed_by=None, note=note):
        happened(actor, "map-change.returned", prepared, reason=refused.code)


def _undo(actor: Actor, prepared: MapChange, breathe: Callable[[], object]) -> None:
    refused = [undo_plan_of(group["new_maps"]).refused for group in prepared.done]
    stands = next(filter(None, refused), None)
    if stands and not _is_half_undone(prepared):
        _keep(actor, prepared, stands)
        return
    for number in range(len(prepared.done), 0, -1):
        _undo_group(actor, prepared, number)
        breathe()
    _forget(actor, prepared)


def _is_half_undone(prepared: MapChange) -> bool:
    return len(prepared.done) < len(change_groups(change_in(prepared)))


@transaction.atomic
def _undo_group(actor: Actor, prepared: MapChange, number: int) -> None:
    """The last that is left."""
    held = _held(prepared)
    if held.state != ChangeState.UNDOING or len(held.done) != number:
        return  # another worker was here
    undo_restructure(actor, held.done.pop()["new_maps"])
    held.save(update_fields=["done"])


@transaction.atomic
def _forget(actor: Actor, prepared: MapChange) -> None:
    rows = MapChange.objects.filter(pk=prepared.pk, state=ChangeState.UNDOING)
    if rows.update(state=ChangeState.UNDONE):
        happened(actor, "map-change.undone", prepared, day=prepared.day)


@transaction.atomic
def _keep(actor: Actor, prepared: MapChange, refused: DomainError) -> None:
    rows = MapChange.objects.filter(pk=prepared.pk, state=ChangeState.UNDOING)
    note = str(refused)[:300]
    if rows.update(
        state=ChangeState.DONE, undo_proposed_by=None, undo_confirmed_by=None, note=note
    ):
        happened(actor, "map-change.undo-refused", prepared, reason=refused.code)
