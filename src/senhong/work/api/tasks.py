"""Tasks: found, made, read, changed and put elsewhere."""

from typing import Annotated
from uuid import UUID

from ninja import Field, Query, Schema, Status

from senhong.ledger.queries import get_indicator
from senhong.org.queries import get_unit
from senhong.plans.queries import get_directive, get_plan
from senhong.web.api import PROBLEMS, Problem, SchemaIn
from senhong.web.http import ApiRequest
from senhong.work import queries, services
from senhong.work.answering import AnswerColumn, AnswerForm
from senhong.work.api.routing import router
from senhong.work.api.shapes import (
    MADE,
    TASK,
    AnswerShape,
    MadeId,
    Moment,
    PersonId,
    TaskOut,
    TasksOut,
    UnitKey,
    task_out,
    tasks_out,
)
from senhong.work.clocks import Outcome
from senhong.work.models import Priority
from senhong.work.queries import Wanted, slices
from senhong.work.services import CopyHow, TaskFacts, TaskPlace
from senhong.work.services.asking import require_name
from senhong.work.services.facts import MOST_TAGS
from senhong.work.states import TaskState


class TasksIn(SchemaIn):
    q: str = Field("", max_length=100, description="Words, or how they begin; tone marks aside.")
    unit: str | None = Field(None, max_length=20, description="Key: it and all below it.")
    only_unit: bool = Field(False, description="Without those below.")
    list_id: UUID | None = None
    plan: UUID | None = None
    directive: UUID | None = None
    state: list[TaskState] = Field([], description="One of these.")
    outcome: Outcome | None = None
    assignee: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    unnamed: bool = Field(False, description="Nobody answers for it yet.")
    priority: Priority | None = None
    tag: str = Field("", max_length=40)
    due_from: Moment | None = None
    due_before: Moment | None = None
    ended: bool = Field(False, description="What is accepted or called off, too.")
    parcels: bool = Field(True, description="What was sent to units, too.")
    wants_extension: bool = False
    after: UUID | None = Field(None, description="What the last answer called next.")
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class TaskFactsIn(SchemaIn):
    title: Annotated[str, Field(min_length=1, max_length=300)]
    words: Annotated[str, Field(max_length=20_000)] = ""
    tags: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=40)]], Field(max_length=MOST_TAGS)
    ] = []
    answer_form: AnswerShape = AnswerShape()
    priority: Priority = Priority.NORMAL
    starts_at: Moment | None = None
    due_at: Moment | None = None
    is_reviewed: bool = Field(True, strict=True, description="Else handing in ends it.")
    clause: UUID | None = Field(None, description="Of a directive that it carries out.")
    indicator: Annotated[str | None, Field(max_length=60, description="Its code.")] = None
    quantity: Annotated[
        int | None,
        Field(strict=True, ge=1, le=10**15, description="At which it ends by itself."),
    ] = None


class TaskIn(TaskFactsIn):
    id: MadeId
    list_id: UUID
    group: UUID | None = None
    parent: UUID | None = None
    unit: UnitKey | None = Field(None, description="None: the parent's, or the list's.")
    assignee: PersonId | None = None
    is_template: bool = Field(False, strict=True)


class ChangeIn(TaskFactsIn):
    version: Annotated[
        int, Field(strict=True, ge=1, le=2**31 - 1, description="The one that you have read.")
    ]


class PlaceIn(SchemaIn):
    group: UUID | None = Field(description="Null: in no column.")
    before: UUID | None = Field(None, description="A task of the column; else at its end.")


class HangIn(SchemaIn):
    parent: UUID | None = Field(description="Null: under none.")


class CopyIn(SchemaIn):
    id: MadeId
    list_id: UUID
    shift_days: Annotated[int, Field(strict=True, ge=-3660, le=3660)] = 0
    keeps_people: bool = Field(False, strict=True)
    as_template: bool = Field(False, strict=True)


class PersonOut(Schema):
    id: int = Field(description="Of the account.")
    name: str


@router.get("/tasks", operation_id="tasks", response={200: TasksOut, PROBLEMS: Problem})
def tasks(request: ApiRequest, asked: Query[TasksIn]) -> TasksOut:
    """Tasks that the caller sees, by deadline; those searched for newest first.

    Without `state`, `outcome` and `ended`: open ones.
    """
    actor = request.actor
    wanted = Wanted(
        text=asked.q,
        unit=get_unit(actor, asked.unit) if asked.unit else None,
        only_unit=asked.only_unit,
        list=queries.get_list(actor, asked.list_id) if asked.list_id else None,
        plan=get_plan(actor, asked.plan) if asked.plan else None,
        directive=get_directive(actor, asked.directive) if asked.directive else None,
        states=asked.state,
        outcome=asked.outcome or "",
        with_ended=asked.ended,
        with_parcels=asked.parcels,
        **{name: getattr(asked, name) for name in _AS_ASKED},
    )
    found = queries.task_slice(actor, wanted, after=asked.after, limit=asked.limit)
    return tasks_out(found.items, found.next)


_AS_ASKED = (
    "assignee", "unnamed", "priority", "tag", "due_from", "due_before", "wants_extension",
)  # fmt: skip


@router.post("/tasks", operation_id="make_task", response=MADE)
def make_task(request: ApiRequest, body: TaskIn) -> Status[TaskOut]:
    """Something is to be done by a unit. Safe to send again."""
    actor = request.actor
    place = TaskPlace(
        list=queries.get_list(actor, body.list_id),
        group=queries.get_group(actor, body.group) if body.group else None,
        parent=queries.get_task(actor, body.parent) if body.parent else None,
        unit=get_unit(actor, body.unit) if body.unit else None,
    )
    [assignee] = slices.people_called([body.assignee]) if body.assignee else [None]
    made = services.make_task(
        actor, body.id, _facts(request, body), place, assignee=assignee,
        is_template=body.is_template,
    )  # fmt: skip
    return Status(201, task_out(made))


@router.get("/tasks/{id}", operation_id="get_task", response=TASK)
def get_task(request: ApiRequest, id: UUID) -> TaskOut:
    """One task."""
    return task_out(queries.get_task(request.actor, id))


@router.put("/tasks/{id}", operation_id="change_task", response=TASK)
def change_task(request: ApiRequest, id: UUID, body: ChangeIn) -> TaskOut:
    """Say anew what is to be done.

    Where another version stands nothing is written: `edit-conflict` (409), whose `params.yours`
    and `params.theirs` hold, as JSON, what differs.
    """
    task = queries.get_task(request.actor, id)
    facts = _facts(request, body)
    return task_out(services.change_task(request.actor, task, facts, seen=body.version))


@router.post("/tasks/{id}/place", operation_id="place_task", response=TASK)
def place_task(request: ApiRequest, id: UUID, body: PlaceIn) -> TaskOut:
    """Put it into a column of its list's board, before another or at the end."""
    actor, task = request.actor, queries.get_task(request.actor, id)
    group = queries.get_group(actor, body.group) if body.group else None
    before = queries.get_task(actor, body.before) if body.before else None
    return task_out(services.place_task(actor, task, group=group, before=before))


@router.post("/tasks/{id}/hang", operation_id="hang_task", response=TASK)
def hang_task(request: ApiRequest, id: UUID, body: HangIn) -> TaskOut:
    """Hang it, with all below it, under another of its list, or under none."""
    actor, task = request.actor, queries.get_task(request.actor, id)
    parent = queries.get_task(actor, body.parent) if body.parent else None
    return task_out(services.hang_task(actor, task, parent))


@router.post("/tasks/{id}/copy", operation_id="copy_tree", response=MADE)
def copy_tree(request: ApiRequest, id: UUID, body: CopyIn) -> Status[TaskOut]:
    """The task with everything below it, from the beginning, in a list. Safe to send again."""
    actor, task = request.actor, queries.get_task(request.actor, id)
    how = CopyHow(**body.dict(exclude={"id", "list_id"}))
    copied = services.copy_tree(actor, body.id, task, queries.get_list(actor, body.list_id), how)
    return Status(201, task_out(queries.get_task(actor, copied.pk)))


@router.get(
    "/tasks/{id}/people",
    operation_id="people_at",
    response={200: list[PersonOut], PROBLEMS: Problem},
)
def people_at(
    request: ApiRequest, id: UUID, q: Annotated[str, Query(max_length=100)] = ""
) -> list[PersonOut]:
    """Who can be named for the task, for those who may name somebody; by name, at most 300."""
    task = queries.get_task(request.actor, id)
    require_name(request.actor, task)
    found = queries.people_at(task.unit, text=q)
    return [PersonOut(id=user.pk, name=user.full_name) for user in found]


def _facts(request: ApiRequest, body: TaskFactsIn) -> TaskFacts:
    said = body.answer_form
    columns = tuple(AnswerColumn(each.title, each.is_number) for each in said.columns)
    names = ("title", "words", "priority", "starts_at", "due_at", "is_reviewed", "quantity")
    return TaskFacts(
        tags=tuple(body.tags),
        form=AnswerForm(said.kind, said.label, columns),
        clause=queries.get_clause(request.actor, body.clause) if body.clause else None,
        indicator=get_indicator(body.indicator) if body.indicator else None,
        **{name: getattr(body, name) for name in names},
    )
