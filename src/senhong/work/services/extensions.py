"""More time is asked for, granted and refused."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.text import plain
from senhong.work.errors import (
    DeadlineNotLater,
    ExtensionJudged,
    ExtensionWaits,
    TaskNotPossible,
)
from senhong.work.models import Extension, ExtensionState, Task
from senhong.work.services.asking import require_review, require_work
from senhong.work.services.facts import said
from senhong.work.services.moving import write_clock
from senhong.work.states import AT_WORK, TaskState


@transaction.atomic
def ask_extension(actor: Actor, id: UUID, task: Task, *, until: datetime, reason: str) -> Extension:
    """Who does the work asks for more time. The deadline holds until somebody grants it.

    The same ``id`` with the same facts returns the first row. Raises Forbidden, NothingSaid,
    DeadlineNotLater, ExtensionWaits, TaskNotPossible, IdReused.
    """
    require_work(actor, task)
    words = said(reason)
    if known := Extension.objects.filter(pk=id).first():
        if (known.task_id, known.asked_due_at, known.reason) != (task.pk, until, words):
            raise IdReused(id=str(id))
        return known
    if task.state not in AT_WORK:
        raise TaskNotPossible(state=TaskState(task.state).label)
    if task.due_at is None or until <= max(task.due_at, clock.now()):
        raise DeadlineNotLater(due_at=task.due_at)
    if not Task.objects.filter(pk=task.pk, wants_extension=False).update(wants_extension=True):
        raise ExtensionWaits
    task.wants_extension = True
    asked = Extension.objects.create(
        id=id, task=task, from_due_at=task.due_at, asked_due_at=until, reason=words,
        by_id=actor.user_id, at=clock.now(),
    )  # fmt: skip
    happened(actor, "extension.asked", asked, task=str(task.pk), due_at=[task.due_at, until])
    return asked


@transaction.atomic
def grant_extension(
    actor: Actor, asked: Extension, *, until: datetime | None = None, words: str = ""
) -> Extension:
    """The task has until then, or until what was asked; its first deadline is kept beside.

    Granting again changes nothing. Raises Forbidden, DeadlineNotLater, ExtensionJudged,
    TaskNotPossible.
    """
    task = asked.task
    require_review(actor, task)
    due_at = until or asked.asked_due_at
    if (asked.state, asked.granted_due_at) == (ExtensionState.GRANTED, due_at):
        return asked
    if due_at <= asked.from_due_at:
        raise DeadlineNotLater(due_at=asked.from_due_at)
    _judge(actor, asked, ExtensionState.GRANTED, granted_due_at=due_at, words=plain(words).strip())
    if not task.is_open:
        raise TaskNotPossible(state=TaskState(task.state).label)
    write_clock(task, task.clock.granted(due_at, clock.now()), wants_extension=False)
    happened(
        actor, "extension.granted", asked,
        task=str(task.pk), due_at=[asked.from_due_at, due_at],
    )  # fmt: skip
    return asked


@transaction.atomic
def refuse_extension(actor: Actor, asked: Extension, *, words: str) -> Extension:
    """The deadline stays, for a reason. Again: nothing changes.

    Raises Forbidden, NothingSaid, ExtensionJudged.
    """
    require_review(actor, asked.task)
    if asked.state != ExtensionState.REFUSED:
        _judge(actor, asked, ExtensionState.REFUSED, words=said(words))
        _no_longer_wanted(asked.task)
        happened(actor, "extension.refused", asked, task=str(asked.task_id), reason=asked.words)
    return asked


@transaction.atomic
def withdraw_extension(actor: Actor, asked: Extension) -> Extension:
    """Who asked needs no more time. Again: nothing changes. Raises Forbidden, ExtensionJudged."""
    require_work(actor, asked.task)
    if asked.state != ExtensionState.WITHDRAWN:
        _judge(actor, asked, ExtensionState.WITHDRAWN)
        _no_longer_wanted(asked.task)
        happened(actor, "extension.withdrawn", asked, task=str(asked.task_id))
    return asked


def _judge(actor: Actor, asked: Extension, state: ExtensionState, **columns: Any) -> None:
    columns |= {"state": state, "judged_by_id": actor.user_id, "judged_at": clock.now()}
    waiting = Extension.objects.filter(pk=asked.pk, state=ExtensionState.WAITING)
    if not waiting.update(**columns):
        raise ExtensionJudged
    for name, value in columns.items():
        setattr(asked, name, value)


def _no_longer_wanted(task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(wants_extension=False)
    task.wants_extension = False
