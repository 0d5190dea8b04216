"""Work begins, stands still, goes on and is called off."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.work.models import (
    Answer,
    Extension,
    ExtensionState,
    Pause,
    Task,
    TaskQuerySet,
    Verdict,
)
from senhong.work.services.asking import require_edit, require_work
from senhong.work.services.facts import said
from senhong.work.services.moving import move
from senhong.work.states import TaskAct, TaskState


@transaction.atomic
def start_task(actor: Actor, task: Task) -> Task:
    """Work has begun, or begins anew on what was returned. Again: nothing changes.

    Raises Forbidden, TaskNotPossible.
    """
    require_work(actor, task)
    if task.state != TaskState.RUNNING:
        move(task, TaskAct.START)
        happened(actor, "task.started", task)
    return task


@transaction.atomic
def pause_task(actor: Actor, id: UUID, task: Task, *, reason: str) -> Pause:
    """The task's clock stands still, for a reason that everybody reads.

    Who gave it pauses it; who does it asks for more time instead, so that nobody stops her own
    clock. The same ``id`` returns the first row. Raises Forbidden, NothingSaid, TaskNotPossible,
    IdReused.
    """
    require_edit(actor, task)
    if known := Pause.objects.filter(pk=id).first():
        if known.task_id != task.pk:
            raise IdReused(id=str(id))
        return known
    words, now = said(reason), clock.now()
    move(task, TaskAct.PAUSE, at=now)
    pause = Pause.objects.create(id=id, task=task, reason=words, by_id=actor.user_id, from_at=now)
    happened(actor, "task.paused", task, reason=words)
    return pause


@transaction.atomic
def resume_task(actor: Actor, task: Task) -> Task:
    """Work goes on, and the deadline has moved by the working days of the pause.

    Again: nothing changes. Raises Forbidden, TaskNotPossible.
    """
    require_edit(actor, task)
    waiting = Pause.objects.filter(task=task, to_at=None)
    if task.state != TaskState.PAUSED and not waiting.exists():
        return task
    now, before = clock.now(), task.due_at
    move(task, TaskAct.RESUME, at=now)
    waiting.update(to_at=now)
    happened(actor, "task.resumed", task, due_at=[before, task.due_at])
    return task


@transaction.atomic
def cancel_task(actor: Actor, task: Task, *, reason: str) -> Task:
    """Nobody is to do it any more; with it go what it was sent to, as far as it is not done.

    Again: nothing changes. Raises Forbidden, NothingSaid, TaskNotPossible.
    """
    require_edit(actor, task)
    if task.state == TaskState.CANCELLED:
        return task
    words = said(reason)
    parcels = _cancel_parcels(task)
    move(task, TaskAct.CANCEL, wants_extension=False)
    happened(actor, "task.cancelled", task, reason=words, units=parcels)
    return task


def _cancel_parcels(task: Task) -> int:
    """The open tasks that were sent from this one, in one statement; how many."""
    now = clock.now()
    parcels = Task.objects.filter(parent=task, assignment__isnull=False, is_open=True)
    _end_waiting(Task.objects.filter(Q(pk=task.pk) | Q(pk__in=parcels.values("pk"))))
    return parcels.update(
        state=TaskState.CANCELLED, is_open=False, stopped_at=now, ended_at=now, moved_at=now,
        wants_extension=False, state_before="",
    )  # fmt: skip


def _end_waiting(called_off: TaskQuerySet) -> None:
    """Nothing waits for an answer about what is called off."""
    tasks, now = called_off.values("pk"), clock.now()
    Answer.objects.filter(task__in=tasks, verdict=Verdict.WAITING).update(
        verdict=Verdict.TAKEN_BACK, judged_at=now
    )
    Extension.objects.filter(task__in=tasks, state=ExtensionState.WAITING).update(
        state=ExtensionState.WITHDRAWN, judged_at=now
    )
    Pause.objects.filter(task__in=tasks, to_at=None).update(to_at=now)
