"""Open tasks follow their unit when the map changes."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import OuterRef, Subquery

from senhong.audit.services import all_happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.ids import derived_id
from senhong.org.models import Landing
from senhong.work.models import Task, TaskMove


@transaction.atomic
def carry_tasks(
    actor: Actor, *, day: int, old_maps: Sequence[int] = (), new_maps: Sequence[int] = ()
) -> None:
    """Open tasks of units that have ended go to what those became; each keeps its history.

    Follows from map.changed; of a map that was drawn ahead, the schedule does it on its first day.
    What is done stays with the unit that did it. Doing it again changes nothing.
    """
    today = as_day(clock.today())
    if day > today:
        return
    landed = Landing.objects.filter(
        unit=OuterRef("unit"), map__from_day__lte=today, map__to_day__gt=today
    )
    ended = Task.objects.filter(is_open=True, unit__to_day__lte=today).select_related("unit")
    found = ended.annotate(landed=Subquery(landed.values("landed")[:1]))
    goes = dict(found.values_list("pk", "landed"))
    moves = [(task, goes[task.pk]) for task in ended if goes[task.pk] not in {None, task.unit_id}]
    _move(actor, moves)


@transaction.atomic
def restore_tasks(
    actor: Actor, *, old_maps: Sequence[int], new_maps: Sequence[int], day: int
) -> None:
    """A change of the map is taken back: what it moved is where it was.

    Follows from map.restored, while both maps are there.
    """
    moves = TaskMove.objects.filter(day=day, to_unit__placements__map__in=new_maps)
    back = [move for move in moves.select_related("task").distinct() if _is_there(move)]
    for move in back:
        Task.objects.filter(pk=move.task_id).update(unit=move.from_unit_id)
    all_happened(actor, "task.moved-back", [(m.task, {"unit_id": m.from_unit_id}) for m in back])
    TaskMove.objects.filter(pk__in=[move.pk for move in moves]).delete()


def _is_there(move: TaskMove) -> bool:
    return move.task.unit_id == move.to_unit_id


def _move(actor: Actor, moves: list[tuple[Task, int]]) -> None:
    TaskMove.objects.bulk_create(
        TaskMove(
            id=derived_id(task.pk, "move", task.unit.to_day, to), task=task,
            from_unit_id=task.unit_id, to_unit_id=to, day=task.unit.to_day,
        )
        for task, to in moves
    )  # fmt: skip
    told = [(task, {"unit_id": [task.unit_id, to]}) for task, to in moves]
    for old, new in {(task.unit_id, to) for task, to in moves}:
        Task.objects.filter(unit=old, is_open=True).update(unit=new)
    all_happened(actor, "task.moved", told)
