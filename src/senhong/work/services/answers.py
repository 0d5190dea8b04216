"""Results are handed in, taken back, accepted and returned."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.ids import derived_id
from senhong.core.text import plain
from senhong.files.models import StoredFile
from senhong.work.answering import AnswerForm, AnswerKind, checked_rows
from senhong.work.errors import DeadlineNotLater, NothingToAnswer, OwnWork, TaskNotPossible
from senhong.work.models import Answer, Task, TaskFile, Verdict
from senhong.work.services.asking import require_review, require_work
from senhong.work.services.facts import said
from senhong.work.services.moving import move, write_clock
from senhong.work.states import TaskAct, TaskState


@dataclass(frozen=True, kw_only=True)
class AnswerFacts:
    """What is handed in. ``rows`` as the brief's columns say, each cell as it was typed."""

    words: str = ""
    number: Decimal | None = None
    rows: Sequence[Sequence[str]] = ()
    files: Collection[StoredFile] = ()


@transaction.atomic
def hand_in(actor: Actor, id: UUID, task: Task, facts: AnswerFacts) -> Answer:
    """The result is there; the clock stops until somebody judges it.

    Where the task is not reviewed it is accepted at once. The same ``id`` returns the first row.
    Raises Forbidden, NothingToAnswer, AnswerNotFitting, TaskNotPossible, IdReused.
    """
    require_work(actor, task)
    if known := Answer.objects.filter(pk=id).first():
        if known.task_id != task.pk:
            raise IdReused(id=str(id))
        return known
    answer = _answer(actor, id, task, _checked(task.brief.form, facts))
    answer.save(force_insert=True)
    keep_files(answer, facts.files)
    move(task, TaskAct.HAND_IN, at=answer.at, answer=answer)
    if not task.is_reviewed:
        move(task, TaskAct.ACCEPT, at=answer.at)
    happened(actor, "task.handed-in", task, accepted=not task.is_reviewed)
    return answer


@transaction.atomic
def take_back(actor: Actor, task: Task) -> Task:
    """What waits to be judged is worked on again, and the clock has not stopped.

    Again: nothing changes. Raises Forbidden, TaskNotPossible.
    """
    require_work(actor, task)
    if task.state == TaskState.RUNNING:
        return task
    _judge(actor, task, Verdict.TAKEN_BACK)
    move(task, TaskAct.TAKE_BACK, answer=None)
    happened(actor, "task.taken-back", task)
    return task


@transaction.atomic
def accept_task(actor: Actor, task: Task) -> Task:
    """The result is what was asked for. Again: nothing changes.

    Who answers for a task that another gave does not accept it. Raises Forbidden, OwnWork,
    TaskNotPossible.
    """
    require_review(actor, task)
    if task.state == TaskState.ACCEPTED:
        return task
    if actor.user_id is not None and task.assignee_id == actor.user_id != task.by_id:
        raise OwnWork
    _judge(actor, task, Verdict.ACCEPTED)
    move(task, TaskAct.ACCEPT)
    happened(actor, "task.accepted", task)
    return task


@transaction.atomic
def return_task(actor: Actor, task: Task, *, reason: str, due_at: datetime | None = None) -> Task:
    """The result goes back with a reason, and with another deadline where one is given.

    What was accepted by mistake, too. Again with the same reason: nothing changes. Raises
    Forbidden, NothingSaid, DeadlineNotLater, TaskNotPossible.
    """
    require_review(actor, task)
    words = said(reason)
    if task.state == TaskState.RETURNED and task.answer and task.answer.reason == words:
        return task
    if due_at is not None and due_at <= clock.now():
        raise DeadlineNotLater(due_at=task.due_at)
    _judge(actor, task, Verdict.RETURNED, words)
    move(task, TaskAct.RETURN)
    if due_at is not None:
        write_clock(task, task.clock.granted(due_at, clock.now()))
    happened(actor, "task.returned", task, reason=words, due_at=due_at)
    return task


def keep_files(answer: Answer, files: Collection[StoredFile]) -> None:
    TaskFile.objects.bulk_create(
        TaskFile(id=derived_id(answer.pk, "file", file.pk), answer=answer, file=file)
        for file in files
    )


def _answer(actor: Actor, id: UUID, task: Task, facts: AnswerFacts) -> Answer:
    now, ends = clock.now(), not task.is_reviewed
    return Answer(
        id=id, task=task, words=facts.words, number=facts.number, rows=facts.rows,
        by_id=actor.user_id, at=now, verdict=Verdict.ACCEPTED if ends else Verdict.WAITING,
        judged_by_id=actor.user_id if ends else None, judged_at=now if ends else None,
    )  # fmt: skip


def _checked(form: AnswerForm, facts: AnswerFacts) -> AnswerFacts:
    """The facts as they are kept. Raises NothingToAnswer, AnswerNotFitting."""
    words = plain(facts.words).strip()
    rows = checked_rows(form, facts.rows) if form.kind == AnswerKind.TABLE else []
    there = {
        AnswerKind.WORDS: bool(words or facts.files),
        AnswerKind.NUMBER: facts.number is not None,
        AnswerKind.TABLE: bool(rows),
        AnswerKind.FILES: bool(facts.files),
    }
    if not there[AnswerKind(form.kind)]:
        raise NothingToAnswer
    number = facts.number if form.kind == AnswerKind.NUMBER else None
    return replace(facts, words=words, number=number, rows=rows)


def _judge(actor: Actor, task: Task, verdict: Verdict, reason: str = "") -> None:
    """What stands is judged, once; of what was accepted by mistake the judgement is another."""
    rows = Answer.objects.filter(task=task, pk__in=[task.answer_id] if task.answer_id else [])
    if verdict != Verdict.RETURNED:
        rows = rows.filter(verdict=Verdict.WAITING)
    if not rows.update(
        verdict=verdict, reason=reason, judged_by=actor.user_id, judged_at=clock.now()
    ):
        raise TaskNotPossible(state=TaskState(task.state).label)
