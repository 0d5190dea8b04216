"""Lists of tasks, their columns and milestones."""

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Field, Query, Schema, Status

from senhong.org.models import Unit
from senhong.org.queries import get_unit
from senhong.plans.queries import get_plan
from senhong.web.api import PROBLEMS, IsoDay, Problem, SchemaIn
from senhong.web.http import ApiRequest
from senhong.work import queries, services
from senhong.work.api.routing import router
from senhong.work.api.shapes import GONE, NEXT, MadeId, Position, UnitKey
from senhong.work.models import Milestone, TaskGroup, TaskList
from senhong.work.queries import slices
from senhong.work.services import ListFacts

Name = Annotated[str, Field(min_length=1, max_length=200)]


class ListsIn(SchemaIn):
    unit: str | None = Field(None, max_length=20, description="Key: its lists and all below it.")
    plan: UUID | None = None
    closed: bool = Field(False, description="Closed ones, too.")
    after: UUID | None = Field(None, description="What the last answer called next.")
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class ListFactsIn(SchemaIn):
    name: Name
    plan: UUID | None = Field(None, description="None: a standing list.")
    first_on: IsoDay | None = None
    last_on: IsoDay | None = Field(None, description="Included.")


class ListIn(ListFactsIn):
    id: MadeId
    unit: UnitKey


class ClosedIn(SchemaIn):
    closed: bool = Field(strict=True, description="False opens it again.")


class GroupIn(SchemaIn):
    list_id: UUID
    name: Annotated[str, Field(min_length=1, max_length=100)]
    position: Position


class MilestoneIn(SchemaIn):
    list_id: UUID
    name: Name
    on_day: IsoDay


class ListOut(Schema):
    id: UUID
    unit: str = Field(description="Key of the unit that keeps it.")
    plan: UUID | None
    name: str
    first_on: date | None
    last_on: date | None
    is_closed: bool


class ListsOut(Schema):
    items: list[ListOut]
    next: UUID | None = NEXT


class GroupOut(Schema):
    id: UUID
    name: str
    position: int


class MilestoneOut(Schema):
    id: UUID
    name: str
    on_day: date


class WholeListOut(ListOut):
    groups: list[GroupOut]
    milestones: list[MilestoneOut]


LIST = {200: ListOut, PROBLEMS: Problem}


@router.get("/task-lists", operation_id="task_lists", response={200: ListsOut, PROBLEMS: Problem})
def task_lists(request: ApiRequest, asked: Query[ListsIn]) -> ListsOut:
    """Lists that the caller sees, by id."""
    found = slices.list_slice(
        request.actor,
        unit=get_unit(request.actor, asked.unit) if asked.unit else None,
        plan=get_plan(request.actor, asked.plan) if asked.plan else None,
        with_closed=asked.closed,
        after=asked.after,
        limit=asked.limit,
    )
    return ListsOut(items=[list_out(row) for row in found.items], next=found.next)


@router.post("/task-lists", operation_id="make_list", response={201: ListOut, PROBLEMS: Problem})
def make_list(request: ApiRequest, body: ListIn) -> Status[ListOut]:
    """A unit keeps a list of tasks. Safe to send again."""
    facts = _facts(request, body, get_unit(request.actor, body.unit))
    return Status(201, list_out(services.make_list(request.actor, body.id, facts)))


@router.get(
    "/task-lists/{id}", operation_id="get_list", response={200: WholeListOut, PROBLEMS: Problem}
)
def get_list(request: ApiRequest, id: UUID) -> WholeListOut:
    """One list with its columns and milestones."""
    row = queries.get_list(request.actor, id)
    return WholeListOut(
        **list_out(row).dict(),
        groups=[_group(each) for each in slices.groups_of(row)],
        milestones=[_milestone(each) for each in queries.milestones_of(row)],
    )


@router.put("/task-lists/{id}", operation_id="change_list", response=LIST)
def change_list(request: ApiRequest, id: UUID, body: ListFactsIn) -> ListOut:
    """Another name, other days, another plan. Its unit stays."""
    row = queries.get_list(request.actor, id)
    return list_out(services.change_list(request.actor, row, _facts(request, body, row.unit)))


@router.post("/task-lists/{id}/close", operation_id="close_list", response=LIST)
def close_list(request: ApiRequest, id: UUID, body: ClosedIn) -> ListOut:
    """Nothing new comes into the list; or it is opened again."""
    row = queries.get_list(request.actor, id)
    return list_out(services.close_list(request.actor, row, closed=body.closed))


@router.put(
    "/task-groups/{id}", operation_id="make_group", response={200: GroupOut, PROBLEMS: Problem}
)
def make_group(request: ApiRequest, id: UUID, body: GroupIn) -> GroupOut:
    """A column of a list's board; the id is made by the client. The same id changes it."""
    row = queries.get_list(request.actor, body.list_id)
    return _group(
        services.make_group(request.actor, id, row, name=body.name, position=body.position)
    )


@router.delete("/task-groups/{id}", operation_id="remove_group", response=GONE)
def remove_group(request: ApiRequest, id: UUID) -> Status[None]:
    """The column is gone; its tasks stand in none."""
    services.remove_group(request.actor, queries.get_group(request.actor, id))
    return Status(204, None)


@router.put(
    "/milestones/{id}",
    operation_id="set_milestone",
    response={200: MilestoneOut, PROBLEMS: Problem},
)
def set_milestone(request: ApiRequest, id: UUID, body: MilestoneIn) -> MilestoneOut:
    """A day by which a list is to be so far. The same id changes it."""
    row = queries.get_list(request.actor, body.list_id)
    return _milestone(
        services.set_milestone(request.actor, id, row, name=body.name, on_day=body.on_day)
    )


@router.delete("/milestones/{id}", operation_id="remove_milestone", response=GONE)
def remove_milestone(request: ApiRequest, id: UUID) -> Status[None]:
    """The list has no such day any more."""
    services.remove_milestone(request.actor, slices.get_milestone(request.actor, id))
    return Status(204, None)


def list_out(row: TaskList) -> ListOut:
    return ListOut(
        id=row.pk, unit=row.unit.key, plan=row.plan_id, name=row.name, first_on=row.first_on,
        last_on=row.last_on, is_closed=row.is_closed,
    )  # fmt: skip


def _facts(request: ApiRequest, body: ListFactsIn, unit: Unit) -> ListFacts:
    plan = get_plan(request.actor, body.plan) if body.plan else None
    return ListFacts(
        unit=unit, plan=plan, name=body.name, first_on=body.first_on, last_on=body.last_on
    )


def _group(row: TaskGroup) -> GroupOut:
    return GroupOut(id=row.pk, name=row.name, position=row.position)


def _milestone(row: Milestone) -> MilestoneOut:
    return MilestoneOut(id=row.pk, name=row.name, on_day=row.on_day)
