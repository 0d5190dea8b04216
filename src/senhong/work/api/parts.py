"""Who has a part in a task, what it waits for, and how it comes again."""

from datetime import date, time
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema, Status

from senhong.web.api import PROBLEMS, IsoDay, Problem, SchemaIn
from senhong.web.http import ApiRequest
from senhong.work import queries, services
from senhong.work.api.routing import router
from senhong.work.api.shapes import GONE, NEXT, TASK, Limit, MadeId, PersonId, TaskOut, task_out
from senhong.work.models import DUE_HOUR, Dependency, Part, Repetition, Task
from senhong.work.queries import slices
from senhong.work.services import RepeatFacts
from senhong.work.services.dependencies import MOST_GAP
from senhong.work.services.repeating import MOST_DAYS

People = Annotated[list[PersonId], Field(max_length=100)]
Days = Annotated[int, Field(strict=True, ge=0, le=MOST_DAYS)]
_HOUR = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"


class NamedIn(SchemaIn):
    assignee: PersonId | None = Field(description="Null: nobody, until another is named.")


class PartsIn(SchemaIn):
    coworkers: People
    followers: People


class PartsOut(Schema):
    assignee: int | None
    coworkers: list[int]
    followers: list[int]


class FollowIn(SchemaIn):
    follow: bool = Field(strict=True)


class DependencyIn(SchemaIn):
    id: MadeId
    before: UUID
    after: UUID
    gap_days: Annotated[int, Field(strict=True, ge=0, le=MOST_GAP)] = 0


class DependencyOut(Schema):
    id: UUID
    before: UUID
    after: UUID
    gap_days: int


class DependenciesOut(Schema):
    items: list[DependencyOut]
    next: UUID | None = NEXT


class RepetitionIn(SchemaIn):
    template: UUID = Field(description="The task that is made anew, with all below it.")
    rule: Annotated[
        str, Field(min_length=1, max_length=300, description="RFC 5545: FREQ=MONTHLY;INTERVAL=1")
    ]
    first_on: IsoDay
    last_on: IsoDay | None = None
    due_days: Days = 0
    due_hour: Annotated[str, Field(pattern=_HOUR, description="In the province: 17:00")] = (
        f"{DUE_HOUR:%H:%M}"
    )
    ahead_days: Annotated[Days, Field(description="It is made so many days before.")] = 3


class RepetitionOut(Schema):
    id: UUID
    template: UUID
    rule: str
    first_on: date
    last_on: date | None
    due_days: int
    due_hour: str
    ahead_days: int
    next_on: date | None = Field(description="Null: it comes no more.")


class RepetitionsOut(Schema):
    items: list[RepetitionOut]
    next: UUID | None = NEXT


@router.post("/tasks/{id}/assignee", operation_id="name_answerable", response=TASK)
def name_answerable(request: ApiRequest, id: UUID, body: NamedIn) -> TaskOut:
    """One person answers for the task; or nobody yet."""
    task = queries.get_task(request.actor, id)
    [person] = slices.people_called([body.assignee]) if body.assignee else [None]
    return task_out(services.name_answerable(request.actor, task, person))


@router.get(
    "/tasks/{id}/parts", operation_id="parts_of", response={200: PartsOut, PROBLEMS: Problem}
)
def parts_of(request: ApiRequest, id: UUID) -> PartsOut:
    """Who works on it and who follows it."""
    return _parts(queries.get_task(request.actor, id))


@router.put(
    "/tasks/{id}/parts", operation_id="set_parts", response={200: PartsOut, PROBLEMS: Problem}
)
def set_parts(request: ApiRequest, id: UUID, body: PartsIn) -> PartsOut:
    """Who works on it beside who answers for it, and who follows it: these and no others."""
    task = queries.get_task(request.actor, id)
    people = {user.pk: user for user in slices.people_called([*body.coworkers, *body.followers])}
    services.set_parts(
        request.actor, task, coworkers=[people[id] for id in body.coworkers],
        followers=[people[id] for id in body.followers],
    )  # fmt: skip
    return _parts(queries.get_task(request.actor, task.pk))


@router.post("/tasks/{id}/follow", operation_id="follow_task", response=GONE)
def follow_task(request: ApiRequest, id: UUID, body: FollowIn) -> Status[None]:
    """The caller follows the task, or no longer."""
    task = queries.get_task(request.actor, id)
    services.follow_task(request.actor, task, follow=body.follow)
    return Status(204, None)


@router.get(
    "/tasks/{id}/needs", operation_id="needs_of", response={200: DependenciesOut, PROBLEMS: Problem}
)
def needs_of(
    request: ApiRequest, id: UUID, after: UUID | None = None, limit: Limit = 50
) -> DependenciesOut:
    """What the task waits for, by id."""
    task = queries.get_task(request.actor, id)
    found = slices.slice_of(slices.needs_of(task), after, limit)
    return DependenciesOut(items=[_dependency(each) for each in found.items], next=found.next)


@router.post(
    "/dependencies",
    operation_id="make_dependency",
    response={201: DependencyOut, PROBLEMS: Problem},
)
def make_dependency(request: ApiRequest, body: DependencyIn) -> Status[DependencyOut]:
    """One task can begin when the other has ended. The same pair again changes the days."""
    made = services.make_dependency(
        request.actor, body.id, before=queries.get_task(request.actor, body.before),
        after=queries.get_task(request.actor, body.after), gap_days=body.gap_days,
    )  # fmt: skip
    return Status(201, _dependency(made))


@router.delete("/dependencies/{id}", operation_id="remove_dependency", response=GONE)
def remove_dependency(request: ApiRequest, id: UUID) -> Status[None]:
    """The one waits for the other no longer."""
    services.remove_dependency(request.actor, slices.get_dependency(request.actor, id))
    return Status(204, None)


@router.get(
    "/tasks/{id}/repetitions",
    operation_id="repetitions_of",
    response={200: RepetitionsOut, PROBLEMS: Problem},
)
def repetitions_of(
    request: ApiRequest, id: UUID, after: UUID | None = None, limit: Limit = 50
) -> RepetitionsOut:
    """By which rules a template comes again, by id."""
    task = queries.get_task(request.actor, id)
    found = slices.slice_of(slices.repetitions_of(task), after, limit)
    return RepetitionsOut(items=[_repetition(each) for each in found.items], next=found.next)


@router.put(
    "/repetitions/{id}",
    operation_id="set_repetition",
    response={200: RepetitionOut, PROBLEMS: Problem},
)
def set_repetition(request: ApiRequest, id: UUID, body: RepetitionIn) -> RepetitionOut:
    """The template comes again by the rule; the id is made by the client. Again changes it."""
    template = queries.get_task(request.actor, body.template)
    said = body.dict(exclude={"template", "due_hour"})
    facts = RepeatFacts(due_hour=time.fromisoformat(body.due_hour), **said)
    return _repetition(services.set_repetition(request.actor, id, template, facts))


@router.post(
    "/repetitions/{id}/end",
    operation_id="end_repetition",
    response={200: RepetitionOut, PROBLEMS: Problem},
)
def end_repetition(request: ApiRequest, id: UUID) -> RepetitionOut:
    """It comes no more; what was made stays."""
    row = slices.get_repetition(request.actor, id)
    return _repetition(services.end_repetition(request.actor, row))


def _parts(task: Task) -> PartsOut:
    found = [(part.user_id, part.part) for part in task.parts.all()]
    return PartsOut(
        assignee=task.assignee_id,
        coworkers=sorted(user for user, part in found if part == Part.COWORKER),
        followers=sorted(user for user, part in found if part == Part.FOLLOWER),
    )


def _dependency(row: Dependency) -> DependencyOut:
    return DependencyOut(id=row.pk, before=row.before_id, after=row.after_id, gap_days=row.gap_days)


def _repetition(row: Repetition) -> RepetitionOut:
    names = ("rule", "first_on", "last_on", "due_days", "ahead_days", "next_on")
    return RepetitionOut(
        id=row.pk, template=row.template_id, due_hour=f"{row.due_hour:%H:%M}",
        **{name: getattr(row, name) for name in names},
    )  # fmt: skip
