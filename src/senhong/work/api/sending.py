"""One task goes to many units; what they answer adds up; who is silent is reminded."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema, Status

from senhong.org.models import Level
from senhong.web.api import PROBLEMS, Problem, SchemaIn
from senhong.web.http import ApiRequest
from senhong.work import queries, services
from senhong.work.api.routing import router
from senhong.work.api.shapes import (
    NEXT,
    Limit,
    MadeId,
    Moment,
    TasksOut,
    UnitKey,
    said_number,
    tasks_out,
)
from senhong.work.models import Assignment
from senhong.work.queries import Chosen, slices
from senhong.work.queries.sent import MOST_UNITS


class AssignIn(SchemaIn):
    id: MadeId
    units: Annotated[
        list[UnitKey], Field(max_length=MOST_UNITS, description="These; or a rule below.")
    ] = []
    level: Level | None = Field(None, description="All units of this level below.")
    teamless: bool = Field(False, strict=True, description="Of these, those without a team.")
    due_at: Moment | None = Field(None, description="Another deadline than the task's.")


class AssignmentOut(Schema):
    id: UUID
    task: UUID
    by: int | None
    at: datetime
    units: int = Field(description="How many got the task by this act.")


class AssignedOut(AssignmentOut):
    already: list[str] = Field(description="Keys of units that had it before.")


class AssignmentsOut(Schema):
    items: list[AssignmentOut]
    next: UUID | None = NEXT


class RemindIn(SchemaIn):
    id: MadeId
    words: Annotated[str, Field(min_length=1, max_length=500)]


class RemindedOut(Schema):
    sent: int = Field(description="How many units are reminded by this act.")


class LineOut(Schema):
    task: UUID
    unit: str
    unit_title: str
    answer: UUID | None = Field(description="The answer that stands; null: none yet.")
    words: str
    number: str | None
    rows: list[list[str]]


class SummedOut(Schema):
    answered: int
    number: str | None = Field(description="What answers that are a number add up to.")
    columns: list[str | None] = Field(description="Of a table; null where words stand.")
    lines: list[LineOut]


@router.post(
    "/tasks/{id}/assignments",
    operation_id="assign_down",
    response={201: AssignedOut, PROBLEMS: Problem},
)
def assign_down(request: ApiRequest, id: UUID, body: AssignIn) -> Status[AssignedOut]:
    """Each of the units gets a task of its own: one act. Safe to send again."""
    actor, task = request.actor, queries.get_task(request.actor, id)
    if body.level or body.teamless:
        chosen = Chosen(body.level, body.units, body.teamless)
        units = queries.units_chosen(actor, task.unit, chosen)
    else:
        units = slices.units_called(actor, body.units)
    sent = services.assign_down(actor, body.id, task, units, due_at=body.due_at)
    already = [unit.key for unit in sent.already]
    return Status(201, AssignedOut(**_assignment(sent.assignment).dict(), already=already))


@router.get(
    "/tasks/{id}/assignments",
    operation_id="assignments_of",
    response={200: AssignmentsOut, PROBLEMS: Problem},
)
def assignments_of(
    request: ApiRequest, id: UUID, after: UUID | None = None, limit: Limit = 50
) -> AssignmentsOut:
    """The acts that sent it to units, by id."""
    task = queries.get_task(request.actor, id)
    found = slices.slice_of(slices.assignments_of(task), after, limit)
    return AssignmentsOut(items=[_assignment(each) for each in found.items], next=found.next)


@router.get(
    "/tasks/{id}/parcels", operation_id="parcels_of", response={200: TasksOut, PROBLEMS: Problem}
)
def parcels_of(
    request: ApiRequest, id: UUID, after: UUID | None = None, limit: Limit = 50
) -> TasksOut:
    """The tasks that units got of it, by id."""
    task = queries.get_task(request.actor, id)
    found = slices.slice_of(slices.parcels_of(request.actor, task), after, limit)
    return tasks_out(found.items, found.next)


@router.get(
    "/tasks/{id}/summed",
    operation_id="answers_summed",
    response={200: SummedOut, PROBLEMS: Problem},
)
def answers_summed(request: ApiRequest, id: UUID) -> SummedOut:
    """What the units answered, each and added up; what was returned counts no more."""
    task = queries.get_task(request.actor, id)
    found = queries.answers_summed(request.actor, task)
    return SummedOut(
        answered=found.answered, number=said_number(found.number),
        columns=[said_number(each) for each in found.columns],
        lines=[_line(each) for each in found.lines],
    )  # fmt: skip


@router.post(
    "/tasks/{id}/remind",
    operation_id="remind_silent",
    response={200: RemindedOut, PROBLEMS: Problem},
)
def remind_silent(request: ApiRequest, id: UUID, body: RemindIn) -> RemindedOut:
    """Every unit that has it and has not answered is reminded, once a day at most."""
    task = queries.get_task(request.actor, id)
    reminded = services.remind_silent(request.actor, body.id, task, words=body.words)
    return RemindedOut(sent=len(reminded.sent))


def _assignment(row: Assignment) -> AssignmentOut:
    return AssignmentOut(id=row.pk, task=row.task_id, by=row.by_id, at=row.at, units=row.units)


def _line(line: queries.AnswerLine) -> LineOut:
    task, answer = line.task, line.answer
    return LineOut(
        task=task.pk, unit=task.unit.key, unit_title=task.unit.title,
        answer=answer.pk if answer else None, words=answer.words if answer else "",
        number=said_number(answer.number) if answer else None, rows=answer.rows if answer else [],
    )  # fmt: skip
