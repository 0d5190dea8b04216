"""What is done about a task: it begins, is handed in, judged, paused, called off, extended."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema, Status

from senhong.web.api import PROBLEMS, Problem, SchemaIn
from senhong.web.http import ApiRequest
from senhong.work import queries, services
from senhong.work.answering import MOST_COLUMNS, MOST_ROWS
from senhong.work.api.routing import router
from senhong.work.api.shapes import (
    NEXT,
    TASK,
    Limit,
    MadeId,
    Moment,
    ReasonIn,
    TaskOut,
    said_number,
    task_out,
)
from senhong.work.models import Answer, Extension, Pause, TaskFile, Verdict
from senhong.work.models.doing import ExtensionState
from senhong.work.queries import slices
from senhong.work.services import AnswerFacts

Cell = Annotated[str, Field(max_length=300)]


class AnswerIn(SchemaIn):
    id: MadeId
    words: Annotated[str, Field(max_length=20_000)] = ""
    number: Annotated[
        str | None,
        Field(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,3})?$", description="Plain digits: 12.5"),
    ] = None
    rows: Annotated[
        list[Annotated[list[Cell], Field(max_length=MOST_COLUMNS)]],
        Field(max_length=MOST_ROWS, description="As the columns that are asked for."),
    ] = []
    files: Annotated[list[UUID], Field(max_length=20, description="See keep_task_file.")] = []


class ReturnIn(ReasonIn):
    due_at: Moment | None = Field(None, description="Another deadline.")


class PauseIn(ReasonIn):
    id: MadeId


class ExtensionIn(ReasonIn):
    id: MadeId
    until: Moment


class GrantIn(SchemaIn):
    until: Moment | None = Field(None, description="Null: until what was asked.")
    words: Annotated[str, Field(max_length=500)] = ""


class FileOut(Schema):
    id: UUID = Field(description="Read it at /files/<id>/.")
    name: str
    size_bytes: int


class AnswerOut(Schema):
    id: UUID
    task: UUID
    words: str
    number: str | None
    rows: list[list[str]]
    files: list[FileOut]
    by: int | None
    at: datetime
    verdict: Verdict
    reason: str = Field(description="Of a return.")
    judged_by: int | None
    judged_at: datetime | None


class AnswersOut(Schema):
    items: list[AnswerOut]
    next: UUID | None = NEXT


class ExtensionOut(Schema):
    id: UUID
    task: UUID
    from_due_at: datetime
    asked_due_at: datetime
    granted_due_at: datetime | None
    reason: str
    by: int | None
    at: datetime
    state: ExtensionState
    words: str = Field(description="What was answered.")
    judged_by: int | None
    judged_at: datetime | None


class ExtensionsOut(Schema):
    items: list[ExtensionOut]
    next: UUID | None = NEXT


class PauseOut(Schema):
    id: UUID
    task: UUID
    reason: str
    by: int | None
    from_at: datetime
    to_at: datetime | None = Field(description="Null: it still stands.")


class PausesOut(Schema):
    items: list[PauseOut]
    next: UUID | None = NEXT


EXTENSION = {200: ExtensionOut, PROBLEMS: Problem}


@router.post("/tasks/{id}/start", operation_id="start_task", response=TASK)
def start_task(request: ApiRequest, id: UUID) -> TaskOut:
    """Work has begun, or begins anew on what was returned. Again: nothing changes."""
    task = queries.get_task(request.actor, id)
    return task_out(services.start_task(request.actor, task))


@router.post(
    "/tasks/{id}/answers", operation_id="hand_in", response={201: AnswerOut, PROBLEMS: Problem}
)
def hand_in(request: ApiRequest, id: UUID, body: AnswerIn) -> Status[AnswerOut]:
    """The result is there; the clock stops until somebody judges it. Safe to send again."""
    task = queries.get_task(request.actor, id)
    facts = AnswerFacts(
        words=body.words,
        number=Decimal(body.number) if body.number else None,
        rows=body.rows,
        files=slices.files_called(request.actor, body.files),
    )
    return Status(201, answer_out(services.hand_in(request.actor, body.id, task, facts)))


@router.get(
    "/tasks/{id}/answers", operation_id="answers_of", response={200: AnswersOut, PROBLEMS: Problem}
)
def answers_of(
    request: ApiRequest, id: UUID, after: UUID | None = None, limit: Limit = 50
) -> AnswersOut:
    """Everything that was handed in for it, by id."""
    task = queries.get_task(request.actor, id)
    found = slices.slice_of(slices.answers_of(task), after, limit)
    return AnswersOut(items=[answer_out(each) for each in found.items], next=found.next)


@router.post("/tasks/{id}/take-back", operation_id="take_back", response=TASK)
def take_back(request: ApiRequest, id: UUID) -> TaskOut:
    """What waits to be judged is worked on again."""
    task = queries.get_task(request.actor, id)
    return task_out(services.take_back(request.actor, task))


@router.post("/tasks/{id}/accept", operation_id="accept_task", response=TASK)
def accept_task(request: ApiRequest, id: UUID) -> TaskOut:
    """The result is what was asked for. Again: nothing changes."""
    task = queries.get_task(request.actor, id)
    return task_out(services.accept_task(request.actor, task))


@router.post("/tasks/{id}/return", operation_id="return_task", response=TASK)
def return_task(request: ApiRequest, id: UUID, body: ReturnIn) -> TaskOut:
    """The result goes back with a reason, and with another deadline where one is given."""
    task = queries.get_task(request.actor, id)
    return task_out(
        services.return_task(request.actor, task, reason=body.reason, due_at=body.due_at)
    )


@router.post(
    "/tasks/{id}/pauses", operation_id="pause_task", response={201: PauseOut, PROBLEMS: Problem}
)
def pause_task(request: ApiRequest, id: UUID, body: PauseIn) -> Status[PauseOut]:
    """The task's clock stands still, for a reason. Safe to send again."""
    task = queries.get_task(request.actor, id)
    return Status(
        201, _pause(services.pause_task(request.actor, body.id, task, reason=body.reason))
    )


@router.get(
    "/tasks/{id}/pauses", operation_id="pauses_of", response={200: PausesOut, PROBLEMS: Problem}
)
def pauses_of(
    request: ApiRequest, id: UUID, after: UUID | None = None, limit: Limit = 50
) -> PausesOut:
    """When its clock stood still, by id."""
    task = queries.get_task(request.actor, id)
    found = slices.slice_of(slices.pauses_of(task), after, limit)
    return PausesOut(items=[_pause(each) for each in found.items], next=found.next)


@router.post("/tasks/{id}/resume", operation_id="resume_task", response=TASK)
def resume_task(request: ApiRequest, id: UUID) -> TaskOut:
    """Work goes on; the deadline has moved by the working days of the pause."""
    task = queries.get_task(request.actor, id)
    return task_out(services.resume_task(request.actor, task))


@router.post("/tasks/{id}/cancel", operation_id="cancel_task", response=TASK)
def cancel_task(request: ApiRequest, id: UUID, body: ReasonIn) -> TaskOut:
    """Nobody is to do it any more, nor what it was sent to."""
    task = queries.get_task(request.actor, id)
    return task_out(services.cancel_task(request.actor, task, reason=body.reason))


@router.post(
    "/tasks/{id}/extensions",
    operation_id="ask_extension",
    response={201: ExtensionOut, PROBLEMS: Problem},
)
def ask_extension(request: ApiRequest, id: UUID, body: ExtensionIn) -> Status[ExtensionOut]:
    """Who does the work asks for more time. Safe to send again."""
    task = queries.get_task(request.actor, id)
    asked = services.ask_extension(
        request.actor, body.id, task, until=body.until, reason=body.reason
    )
    return Status(201, _extension(asked))


@router.get(
    "/tasks/{id}/extensions",
    operation_id="extensions_of",
    response={200: ExtensionsOut, PROBLEMS: Problem},
)
def extensions_of(
    request: ApiRequest, id: UUID, after: UUID | None = None, limit: Limit = 50
) -> ExtensionsOut:
    """Every request for more time, by id."""
    task = queries.get_task(request.actor, id)
    found = slices.slice_of(slices.extensions_of(task), after, limit)
    return ExtensionsOut(items=[_extension(each) for each in found.items], next=found.next)


@router.post("/extensions/{id}/grant", operation_id="grant_extension", response=EXTENSION)
def grant_extension(request: ApiRequest, id: UUID, body: GrantIn) -> ExtensionOut:
    """The task has until then; its first deadline is kept beside."""
    asked = slices.get_extension(request.actor, id)
    return _extension(
        services.grant_extension(request.actor, asked, until=body.until, words=body.words)
    )


@router.post("/extensions/{id}/refuse", operation_id="refuse_extension", response=EXTENSION)
def refuse_extension(request: ApiRequest, id: UUID, body: ReasonIn) -> ExtensionOut:
    """The deadline stays, for a reason."""
    asked = slices.get_extension(request.actor, id)
    return _extension(services.refuse_extension(request.actor, asked, words=body.reason))


@router.post("/extensions/{id}/withdraw", operation_id="withdraw_extension", response=EXTENSION)
def withdraw_extension(request: ApiRequest, id: UUID) -> ExtensionOut:
    """Who asked needs no more time."""
    asked = slices.get_extension(request.actor, id)
    return _extension(services.withdraw_extension(request.actor, asked))


def answer_out(answer: Answer) -> AnswerOut:
    return AnswerOut(
        id=answer.pk, task=answer.task_id, words=answer.words, number=said_number(answer.number),
        rows=answer.rows, files=[_file(each) for each in answer.files.all()], by=answer.by_id,
        at=answer.at, verdict=Verdict(answer.verdict), reason=answer.reason,
        judged_by=answer.judged_by_id, judged_at=answer.judged_at,
    )  # fmt: skip


def _file(kept: TaskFile) -> FileOut:
    file = kept.file
    return FileOut(id=file.pk, name=file.name, size_bytes=file.size_bytes)


def _pause(row: Pause) -> PauseOut:
    return PauseOut(
        id=row.pk, task=row.task_id, reason=row.reason, by=row.by_id, from_at=row.from_at,
        to_at=row.to_at,
    )  # fmt: skip


def _extension(row: Extension) -> ExtensionOut:
    names = (
        "from_due_at", "asked_due_at", "granted_due_at", "reason", "at", "words", "judged_at",
    )  # fmt: skip
    return ExtensionOut(
        id=row.pk, task=row.task_id, by=row.by_id, judged_by=row.judged_by_id,
        state=ExtensionState(row.state), **{name: getattr(row, name) for name in names},
    )  # fmt: skip
