"""One task goes to many units at once; those who are silent are reminded."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.comms.models import Subject
from senhong.comms.services import About, Reminded, remind
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY
from senhong.core.errors import IdReused
from senhong.core.ids import derived_id
from senhong.org.models import Unit
from senhong.work.clocks import TaskClock
from senhong.work.errors import NobodyToAssign, NotBelow, TaskNotPossible, TaskUnitNotStanding
from senhong.work.models import Assignment, Task, TaskQuerySet
from senhong.work.queries.sent import silent_units
from senhong.work.services.facts import sort_at
from senhong.work.states import TaskState


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of an assignment."""

    assignment: Assignment
    already: list[Unit]  # had a parcel of the task before, and got no second one


@transaction.atomic
def assign_down(
    actor: Actor, id: UUID, task: Task, units: Collection[Unit], *, due_at: datetime | None = None
) -> Sent:
    """Each of the units gets a task of its own, with its own state and clock: one act, one event.

    due_at  another deadline than the task's. Words, answer form and files are the task's own, for
            all of them. The same ``id`` sends nothing again. Raises Forbidden, NobodyToAssign,
            NotBelow, TaskUnitNotStanding, TaskNotPossible, IdReused.
    """
    actor.require("task.assign", at=task.unit.path)
    if known := Assignment.objects.filter(pk=id).first():
        if known.task_id != task.pk:
            raise IdReused(id=str(id))
        return Sent(known, [])
    if not task.is_open:
        raise TaskNotPossible(state=TaskState(task.state).label)
    _refuse_units(task, units)
    have = set(_parcels(task).values_list("unit_id", flat=True))
    new = {unit.pk: unit for unit in units if unit.pk not in have}
    if not new:
        raise NobodyToAssign
    sent = Assignment.objects.create(
        id=id, task=task, by_id=actor.user_id, at=clock.now(), units=len(new)
    )
    Task.objects.bulk_create(_parcel(sent, unit, due_at or task.due_at) for unit in new.values())
    Task.objects.filter(pk=task.pk).update(is_sent=True)
    task.is_sent = True
    happened(actor, "task.assigned", task, act=str(id), units=len(new), due_at=due_at)
    return Sent(sent, [unit for unit in units if unit.pk in have])


@transaction.atomic
def remind_silent(actor: Actor, id: UUID, task: Task, *, words: str) -> Reminded:
    """Every unit that has the task and has not answered is reminded, once a day at most.

    Raises Forbidden, NobodyToRemind, ReminderWithoutWords, IdReused.
    """
    actor.require("task.assign", at=task.unit.path)
    units = silent_units(task)
    reminded = remind(
        actor, id, units=units, words=words, about=About(Subject.TASK, key=str(task.pk))
    )
    if reminded.sent:
        happened(actor, "task.reminded", task, act=str(id), units=len(reminded.sent))
    return reminded


def _refuse_units(task: Task, units: Collection[Unit]) -> None:
    top = task.unit.path
    for unit in units:
        if unit.to_day != LAST_DAY:
            raise TaskUnitNotStanding(unit=unit.title)
        if not unit.path.startswith(top) or unit.pk == task.unit_id:
            raise NotBelow(unit=unit.title)


def _parcels(task: Task) -> TaskQuerySet:
    return Task.objects.filter(parent=task, assignment__isnull=False)


def _parcel(sent: Assignment, unit: Unit, due_at: datetime | None) -> Task:
    task, now = sent.task, sent.at
    return Task(
        id=derived_id(sent.pk, "parcel", unit.pk), assignment=sent, parent=task, root=task.root,
        depth=task.depth + 1, list_id=task.list_id, plan_id=task.plan_id, brief_id=task.brief_id,
        unit=unit, by_unit_id=task.unit_id, by_id=sent.by_id, clause_id=task.clause_id,
        priority=task.priority, starts_at=task.starts_at, is_reviewed=task.is_reviewed,
        indicator_id=task.indicator_id, quantity=task.quantity, made_at=now, moved_at=now,
        sort_at=sort_at(due_at), position=int(now.timestamp() * 1000),
        **vars(TaskClock.due(due_at)),
    )  # fmt: skip
