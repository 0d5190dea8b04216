"""What of tasks several operations take and answer."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Field, Query, Schema
from pydantic import AfterValidator

from senhong.core import clock
from senhong.web.api import PROBLEMS, Instant, Problem, SchemaIn
from senhong.work.answering import MOST_COLUMNS, AnswerKind
from senhong.work.clocks import Outcome
from senhong.work.models import Priority, Task
from senhong.work.queries import OutcomeCounts
from senhong.work.states import TaskState

UnitKey = Annotated[str, Field(max_length=20, description="Key of the unit.")]
PersonId = Annotated[int, Field(strict=True, ge=1, le=2**31 - 1, description="Of an account.")]
Position = Annotated[int, Field(strict=True, ge=0, le=10**9, description="Smaller comes first.")]
MadeId = Annotated[UUID, Field(description="Made by the client; the same id is one act.")]
# Kept to the second: so what was read and is sent back says the same.
Moment = Annotated[Instant, AfterValidator(lambda at: at.replace(microsecond=0))]
Limit = Annotated[int, Query(ge=1, le=200)]
NEXT = Field(None, description="Ask again with this as `after`; null at the end.")


class ReasonIn(SchemaIn):
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class ColumnShape(SchemaIn):
    title: Annotated[str, Field(min_length=1, max_length=100)]
    is_number: bool = Field(False, strict=True, description="Then it adds up.")


class AnswerShape(SchemaIn):
    """What an answer is to hold."""

    kind: AnswerKind = AnswerKind.WORDS
    label: Annotated[str, Field(max_length=100, description="What the number is.")] = ""
    columns: Annotated[
        list[ColumnShape],
        Field(max_length=MOST_COLUMNS, description="Of a table; empty for other kinds."),
    ] = []


class TaskOut(Schema):
    id: UUID
    list_id: UUID
    group: UUID | None
    parent: UUID | None
    depth: int
    plan: UUID | None
    clause: UUID | None
    assignment: UUID | None = Field(description="The act that sent it to its unit.")
    title: str
    words: str
    tags: list[str]
    answer_form: AnswerShape
    priority: Priority
    unit: str = Field(description="Key of the unit that does it.")
    unit_title: str
    by_unit: str = Field(description="Key of the unit that judges it.")
    assignee: int | None = Field(description="The account that answers for it.")
    assignee_name: str
    indicator: str | None = Field(description="Code of the indicator it counts itself by.")
    quantity: int | None
    state: TaskState
    outcome: Outcome | None = Field(description="As of now; null: called off.")
    is_open: bool
    is_sent: bool = Field(description="It was sent to units: their tasks are what is done.")
    is_reviewed: bool = Field(description="Else handing in ends it.")
    is_template: bool
    is_extended: bool
    wants_extension: bool
    starts_at: datetime | None
    due_at: datetime | None
    first_due_at: datetime | None = Field(description="Before extensions and pauses.")
    made_at: datetime
    moved_at: datetime = Field(description="When its state changed last.")
    ended_at: datetime | None
    answer: UUID | None = Field(description="The answer that stands.")
    version: int = Field(description="Send it back with what you change.")


class TasksOut(Schema):
    items: list[TaskOut]
    next: UUID | None = NEXT


class CountsOut(Schema):
    """The four outcomes, and what is shown beside them."""

    total: int
    on_time: int
    late: int
    running: int
    overdue: int
    paused: int = Field(description="Among running and overdue.")
    extended: int
    waiting: int = Field(description="Handed in, to be judged.")
    returned: int
    cancelled: int = Field(description="In none of the four.")


TASK = {200: TaskOut, PROBLEMS: Problem}
MADE = {201: TaskOut, PROBLEMS: Problem}
GONE = {204: None, PROBLEMS: Problem}


def counts_out(counts: OutcomeCounts) -> CountsOut:
    names = [name for name in CountsOut.model_fields if name != "total"]
    return CountsOut(total=counts.total, **{name: getattr(counts, name) for name in names})


def tasks_out(found: Iterable[Task], next: UUID | None = None) -> TasksOut:
    now = clock.now()
    return TasksOut(items=[task_out(each, now) for each in found], next=next)


def task_out(task: Task, now: datetime | None = None) -> TaskOut:
    brief = task.brief
    return TaskOut(
        id=task.pk, list_id=task.list_id, group=task.group_id, parent=task.parent_id,
        depth=task.depth, plan=task.plan_id, clause=task.clause_id,
        assignment=task.assignment_id, title=brief.title, words=brief.words, tags=brief.tags,
        answer_form=_answer_form(task), priority=Priority(task.priority),
        unit=task.unit.key, unit_title=task.unit.title, by_unit=task.by_unit.key,
        assignee=task.assignee_id,
        assignee_name=task.assignee.full_name if task.assignee else "",
        indicator=task.indicator.code if task.indicator else None, quantity=task.quantity,
        state=TaskState(task.state), outcome=task.outcome(now or clock.now()),
        is_open=task.is_open, is_sent=task.is_sent, is_reviewed=task.is_reviewed,
        is_template=task.is_template, is_extended=task.is_extended,
        wants_extension=task.wants_extension, starts_at=task.starts_at, due_at=task.due_at,
        first_due_at=task.first_due_at, made_at=task.made_at, moved_at=task.moved_at,
        ended_at=task.ended_at, answer=task.answer_id, version=task.version,
    )  # fmt: skip


def _answer_form(task: Task) -> AnswerShape:
    form = task.brief.form
    columns = [ColumnShape(title=each.title, is_number=each.is_number) for each in form.columns]
    return AnswerShape.model_construct(
        kind=AnswerKind(form.kind), label=form.label, columns=columns
    )


def said_number(number: Decimal | None) -> str | None:
    """Plain digits: a JSON number would lose them."""
    return None if number is None else f"{number.normalize():f}"
