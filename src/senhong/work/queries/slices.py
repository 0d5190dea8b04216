"""Parts of long lists, one after another, as programs read them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from senhong.accounts.models import User
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.files.models import StoredFile
from senhong.org.models import Unit
from senhong.plans.models import Plan
from senhong.work.errors import NobodyThere
from senhong.work.models import (
    Answer,
    Assignment,
    ChecklistItem,
    Comment,
    Dependency,
    Extension,
    Milestone,
    Pause,
    Repetition,
    Task,
    TaskFile,
    TaskGroup,
    TaskList,
)
from senhong.work.queries.frames import SHOWN
from senhong.work.queries.outcomes import CountBy

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Rows by id, and the id after which they go on; None at the end."""

    items: Sequence[Row]
    next: UUID | None


def slice_of(rows: "QuerySet[Row]", after: UUID | None, limit: int) -> Slice[Row]:
    """One query."""
    found = rows.filter(pk__gt=after) if after else rows
    items = list(found.order_by("pk")[: limit + 1])
    return Slice(items[:limit], items[limit - 1].pk if len(items) > limit else None)


def list_slice(
    actor: Actor,
    *,
    unit: Unit | None = None,
    plan: Plan | None = None,
    with_closed: bool = False,
    after: UUID | None = None,
    limit: int = 50,
) -> Slice[TaskList]:
    """Visible lists of a unit and those below it, or of a plan, by id. One query."""
    found = TaskList.objects.visible_to(actor).select_related("unit")
    if unit is not None:
        found = found.filter(unit__path__startswith=unit.path)
    if plan is not None:
        found = found.filter(plan=plan)
    return slice_of(found if with_closed else found.filter(is_closed=False), after, limit)


def answers_of(task: Task) -> QuerySet[Answer]:
    return task.answers.prefetch_related("files__file")


def comments_of(task: Task) -> QuerySet[Comment]:
    return task.comments.prefetch_related("mentions")


def checklist_of(task: Task) -> QuerySet[ChecklistItem]:
    return task.checklist.all()


def extensions_of(task: Task) -> QuerySet[Extension]:
    return task.extensions.all()


def pauses_of(task: Task) -> QuerySet[Pause]:
    return task.pauses.all()


def assignments_of(task: Task) -> QuerySet[Assignment]:
    return task.assignments.all()


def needs_of(task: Task) -> QuerySet[Dependency]:
    return task.needs.all()


def files_of(task: Task) -> QuerySet[TaskFile]:
    return TaskFile.objects.filter(brief=task.brief).select_related("file")


def parcels_of(actor: Actor, task: Task) -> QuerySet[Task]:
    """What was sent to units, as far as the actor may view it."""
    found = Task.objects.visible_to(actor).filter(parent=task, assignment__isnull=False)
    return found.select_related(*SHOWN)


def groups_of(row: TaskList) -> list[TaskGroup]:
    """A list's columns in their order. One query."""
    return list(TaskGroup.objects.filter(list=row).order_by("position", "pk"))


def get_milestone(actor: Actor, id: UUID) -> Milestone:
    """With its list, or NotFound. One query."""
    lists = TaskList.objects.visible_to(actor).values("pk")
    found = Milestone.objects.filter(pk=id, list__in=lists).select_related("list__unit").first()
    return _there(found, _("mốc này"))


def get_attached(task: Task, id: UUID) -> TaskFile:
    """A file of what is to be done, or NotFound. One query."""
    found = TaskFile.objects.filter(pk=id, brief=task.brief_id).select_related("file")
    return _there(found.first(), _("tệp này"))


def get_item(actor: Actor, id: UUID) -> ChecklistItem:
    """A line of a checklist with its task, or NotFound. One query."""
    found = ChecklistItem.objects.select_related("task__unit", "task__by_unit", "task__brief")
    return _there(found.filter(_of_a_task(actor), pk=id).first(), _("dòng việc này"))


def get_extension(actor: Actor, id: UUID) -> Extension:
    """A request for more time with its task, or NotFound. One query."""
    found = Extension.objects.select_related("task__unit", "task__by_unit", "task__brief")
    return _there(found.filter(_of_a_task(actor), pk=id).first(), _("lần xin gia hạn này"))


def get_dependency(actor: Actor, id: UUID) -> Dependency:
    """With its later task, or NotFound. One query."""
    seen = Task.objects.visible_to(actor).values("pk")
    found = Dependency.objects.filter(pk=id, after__in=seen).select_related(
        "after__by_unit", "after__brief"
    )
    return _there(found.first(), _("quan hệ trước sau này"))


def get_repetition(actor: Actor, id: UUID) -> Repetition:
    """With its template, or NotFound. One query."""
    seen = Task.objects.visible_to(actor).values("pk")
    found = Repetition.objects.filter(pk=id, template__in=seen)
    return _there(
        found.select_related("template__by_unit", "template__brief").first(), _("việc định kỳ này")
    )


def repetitions_of(task: Task) -> QuerySet[Repetition]:
    return task.repetitions.all()


def people_called(ids: Collection[int]) -> list[User]:
    """The accounts, in no order; whether they may be named the services say. One query.

    Who does not exist is told like who works elsewhere. Raises NobodyThere.
    """
    wanted = {*ids}
    found = list(User.objects.filter(pk__in=wanted, is_active=True)) if wanted else []
    if len(found) < len(wanted):
        raise NobodyThere
    return found


def files_called(actor: Actor, ids: Collection[UUID]) -> list[StoredFile]:
    """The files, or NotFound where the actor may not open one of them. One query."""
    wanted = {*ids}
    found = list(StoredFile.objects.visible_to(actor).filter(pk__in=wanted)) if wanted else []
    if len(found) < len(wanted):
        raise NotFound(what=_("tệp này"))
    return found


def units_called(actor: Actor, keys: Collection[str]) -> list[Unit]:
    """The units, or NotFound where the actor may not view one of them. One query."""
    wanted = {*keys}
    found = Unit.objects.visible_to(actor).filter(key__in=wanted).select_related("province")
    units = list(found) if wanted else []
    if len(units) < len(wanted):
        raise NotFound(what=_("đơn vị này"))
    return units


def _of_a_task(actor: Actor) -> Q:
    return Q(task__in=Task.objects.visible_to(actor).values("pk"))


def _there(found: Row | None, what: object) -> Row:
    if found is None:
        raise NotFound(what=what)  # type: ignore[arg-type]  # a lazy text
    return found


def names_of(by: CountBy, keys: Collection[Any]) -> dict[Any, tuple[str, str]]:
    """How rows of a report are called: by their number the key and the title. One query."""
    if by is CountBy.UNIT:
        units = Unit.objects.in_bulk([*keys])
        return {pk: (unit.key, unit.title) for pk, unit in units.items()}
    if by is CountBy.PLAN:
        return {pk: (str(pk), plan.name) for pk, plan in Plan.objects.in_bulk([*keys]).items()}
    if by is CountBy.PERSON:
        users = User.objects.in_bulk([*keys])
        return {pk: (str(pk), user.full_name) for pk, user in users.items()}
    return {}
