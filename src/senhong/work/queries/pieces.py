"""Parts of a task and of its list, found from a task or a list that the actor sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.org.models import Unit
from senhong.work.models import (
    ChecklistItem,
    Dependency,
    Extension,
    ExtensionState,
    Milestone,
    SavedView,
    Task,
    TaskFile,
    TaskGroup,
    TaskList,
)
from senhong.work.queries.frames import BY_DEADLINE, SHOWN, past, tasks_seen
from senhong.work.queries.mine import ends_of_days, to_review_of
from senhong.work.states import AT_WORK, TaskState

_MOST = 300


def get_item(task: Task, id: UUID) -> ChecklistItem:
    """A line of the task's checklist, or NotFound. One query."""
    whole = ("task__unit", "task__by_unit")
    item = ChecklistItem.objects.filter(task=task, pk=id).select_related(*whole).first()
    if item is None:
        raise NotFound(what=_("việc nhỏ này"))
    return item


def next_position(task: Task) -> int:
    """Where the next line of the checklist stands. One query."""
    last = task.checklist.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


def get_kept_file(task: Task, id: UUID) -> TaskFile:
    """A file of what is to be done, or NotFound. One query."""
    kept = TaskFile.objects.filter(brief=task.brief_id, pk=id).select_related("file").first()
    if kept is None:
        raise NotFound(what=_("tệp này"))
    return kept


def waiting_extension(task: Task) -> Extension:
    """The request for more time that waits for an answer, or NotFound. One query."""
    found = Extension.objects.filter(task=task, state=ExtensionState.WAITING)
    asked = found.select_related("task__unit", "task__by_unit").first()
    if asked is None:
        raise NotFound(what=_("lần xin gia hạn đang chờ"))
    return asked


def get_need(task: Task, id: UUID) -> Dependency:
    """What the task waits for, or NotFound. One query."""
    whole = ("after__unit", "after__by_unit", "before__brief")
    row = Dependency.objects.filter(after=task, pk=id).select_related(*whole).first()
    if row is None:
        raise NotFound(what=_("nhiệm vụ phải xong trước"))
    return row


def get_milestone(row: TaskList, id: UUID) -> Milestone:
    """A milestone of the list, or NotFound. One query."""
    milestone = Milestone.objects.filter(list=row, pk=id).select_related("list__unit").first()
    if milestone is None:
        raise NotFound(what=_("mốc này"))
    return milestone


def groups_of(row: TaskList) -> list[TaskGroup]:
    """The columns of a list, in their order. One query."""
    return list(TaskGroup.objects.filter(list=row).order_by("position", "pk")[:_MOST])


def tasks_beside(actor: Actor, task: Task) -> list[Task]:
    """What the task can wait for: open tasks of its list or plan, without parcels, by deadline.

    At most 300. One query.
    """
    place = Q(list=task.list_id)
    if task.plan_id is not None:
        place |= Q(plan=task.plan_id)
    found = tasks_seen(actor).filter(place, assignment=None, is_open=True).exclude(pk=task.pk)
    return list(found.order_by(*BY_DEADLINE)[:_MOST])


def tasks_above(actor: Actor, task: Task) -> list[Task]:
    """What the task can hang under: open tasks of its list, without parcels; at most 300.

    One query.
    """
    found = tasks_seen(actor).filter(list=task.list_id, assignment=None, is_open=True)
    return list(found.exclude(pk=task.pk).order_by(*BY_DEADLINE)[:_MOST])


def tasks_of_list(actor: Actor, row: TaskList, *, with_ended: bool) -> list[Task]:
    """A list's own tasks by group and deadline, without parcels; at most 300. One query."""
    found = tasks_seen(actor).filter(list=row, assignment=None)
    if not with_ended:
        found = found.filter(is_open=True)
    return list(found.order_by(*BY_DEADLINE)[:_MOST])


@dataclass(frozen=True, slots=True)
class ListNumbers:
    """How many tasks of a list are open, and how many of these are past their deadline."""

    open: int = 0
    overdue: int = 0


def numbers_of_lists(actor: Actor, rows: Iterable[TaskList]) -> dict[UUID, ListNumbers]:
    """By list; what was sent on counts as its parcels. One query."""
    found = Task.objects.visible_to(actor).open().filter(list__in=list(rows), is_sent=False)
    late = Count("pk", filter=past(clock.now()))
    counted = found.order_by().values("list").annotate(open=Count("pk"), overdue=late)
    return {row["list"]: ListNumbers(row["open"], row["overdue"]) for row in counted}


def saved_views_of(actor: Actor, kind: str) -> list[SavedView]:
    """What the actor has saved of this kind, by name. One query."""
    if actor.user_id is None:
        return []
    found = SavedView.objects.filter(user=actor.user_id, kind=kind)
    return list(found.order_by("name", "pk")[:_MOST])


def get_saved_view(actor: Actor, id: UUID) -> SavedView:
    """The actor's own, or NotFound. One query."""
    view = SavedView.objects.filter(user=actor.user_id, pk=id).first()
    if view is None:
        raise NotFound(what=_("cách xem đã lưu này"))
    return view


@dataclass(frozen=True, slots=True)
class MyNumbers:
    """How much waits for one person."""

    overdue: int
    today: int
    this_week: int  # without today
    to_review: int

    @property
    def total(self) -> int:
        return self.overdue + self.today + self.this_week + self.to_review


def my_numbers(actor: Actor) -> MyNumbers:
    """What waits for the actor, for the first page. Two queries at most."""
    now = clock.now()
    today, week = ends_of_days(now)
    mine = Task.objects.open().filter(
        assignee=actor.user_id, assignee__isnull=False, state__in=sorted(AT_WORK)
    )
    rules = {
        "overdue": Q(due_at__lt=now),
        "today": Q(due_at__gte=now, due_at__lt=today),
        "this_week": Q(due_at__gte=max(now, today), due_at__lt=week),
    }
    counted = mine.aggregate(**{name: Count("pk", filter=rule) for name, rule in rules.items()})
    return MyNumbers(**counted, to_review=to_review_of(actor).count() if _judges(actor) else 0)


def _judges(actor: Actor) -> bool:
    return any(True for _path in actor.paths("task.review"))


def silent_tasks(actor: Actor, unit: Unit, *, days: int, limit: int = 10) -> list[Task]:
    """Tasks at and below the unit that nobody has begun for so many days, the oldest first.

    One query.
    """
    since = clock.now() - timedelta(days=days)
    below = Unit.objects.filter(path__startswith=unit.path).values("pk")
    found = Task.objects.visible_to(actor).open().select_related(*SHOWN)
    silent = found.filter(unit__in=below, state=TaskState.OPEN, moved_at__lt=since, is_sent=False)
    return list(silent.order_by("moved_at", "pk")[:limit])
