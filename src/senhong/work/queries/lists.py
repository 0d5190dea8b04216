"""Lists of tasks: narrowed, searched, in pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.core.text import search_key
from senhong.org.models import Unit
from senhong.plans.models import Directive, Plan
from senhong.work.models import Task, TaskGroup, TaskList, TaskQuerySet
from senhong.work.queries.frames import BY_DEADLINE, tasks_seen, with_outcome
from senhong.work.queries.words import briefs_with

_MOST = 300


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list of tasks is narrowed to. Nothing said: what is open."""

    text: str = ""
    unit: Unit | None = None  # and those below it
    only_unit: bool = False  # without those below
    list: TaskList | None = None
    plan: Plan | None = None
    directive: Directive | None = None
    states: Collection[str] = ()
    outcome: str = ""
    assignee: int | None = None  # an account
    unnamed: bool = False  # nobody answers for it yet
    priority: int | None = None
    tag: str = ""
    due_from: datetime | None = None
    due_before: datetime | None = None
    with_ended: bool = False
    with_parcels: bool = True
    wants_extension: bool = False


@dataclass(frozen=True, slots=True)
class TaskSlice:
    """Part of a list, and the id after which it goes on; None at its end."""

    items: Sequence[Task]
    next: UUID | None


def task_slice(
    actor: Actor, wanted: Wanted, *, after: UUID | None = None, limit: int = 50
) -> TaskSlice:
    """Tasks by deadline, those without one last; those that were searched for, newest first.

    With what a line shows. One query, two where it goes on after a task.
    """
    found, newest = narrowed(tasks_seen(actor), wanted), bool(wanted.text.strip())
    if after is not None:
        found = found.filter(_beyond(after, newest))
    order = ("-brief_id", "-pk") if newest else BY_DEADLINE
    items = list(found.order_by(*order)[: limit + 1])
    return TaskSlice(items[:limit], items[limit - 1].pk if len(items) > limit else None)


def narrowed(found: TaskQuerySet, wanted: Wanted) -> TaskQuerySet:
    """Those of the tasks that are wanted."""
    if wanted.text.strip():
        found = found.filter(brief__in=briefs_with(wanted.text))
    found = found.filter(_place(wanted) & _state(wanted) & _people(wanted))
    if wanted.tag:
        tag = f"|{search_key(wanted.tag)}|"
        found = found.filter(brief__in=briefs_with(wanted.tag), brief__tag_key__contains=tag)
    if wanted.due_from is not None:
        found = found.filter(due_at__gte=wanted.due_from)
    if wanted.due_before is not None:
        found = found.filter(due_at__lt=wanted.due_before)
    return found


def get_list(actor: Actor, id: UUID) -> TaskList:
    """The list with its unit and plan, or NotFound. One query."""
    found = TaskList.objects.visible_to(actor).select_related("unit__province", "plan")
    row = found.filter(pk=id).first()
    if row is None:
        raise NotFound(what=_("danh sách này"))
    return row


def get_group(actor: Actor, id: UUID) -> TaskGroup:
    """The column with its list, or NotFound. One query."""
    lists = TaskList.objects.visible_to(actor).values("pk")
    found = TaskGroup.objects.filter(list__in=lists).select_related("list__unit")
    group = found.filter(pk=id).first()
    if group is None:
        raise NotFound(what=_("nhóm này"))
    return group


def lists_of(
    actor: Actor, *, unit: Unit | None = None, plan: Plan | None = None, with_closed: bool = False
) -> list[TaskList]:
    """Visible lists, of a unit itself or of a plan, by name; at most 300. One query."""
    found = TaskList.objects.visible_to(actor).select_related("unit", "plan")
    if unit is not None:
        found = found.filter(unit=unit)
    if plan is not None:
        found = found.filter(plan=plan)
    if not with_closed:
        found = found.filter(is_closed=False)
    return list(found.order_by("plan__from_day", "name", "pk")[:_MOST])


def _place(wanted: Wanted) -> Q:
    rule = Q()
    if wanted.unit is not None and wanted.only_unit:
        rule &= Q(unit=wanted.unit)
    elif wanted.unit is not None:
        below = Unit.objects.filter(path__startswith=wanted.unit.path)
        rule &= Q(unit__in=below.values("pk"))
    if wanted.list is not None:
        rule &= Q(list=wanted.list)
    if wanted.plan is not None:
        rule &= Q(plan=wanted.plan)
    if wanted.directive is not None:
        rule &= Q(clause__directive=wanted.directive)
    return rule


def _state(wanted: Wanted) -> Q:
    rule = Q()
    if wanted.states:
        rule &= Q(state__in=list(wanted.states))
    if wanted.outcome:
        rule &= with_outcome(wanted.outcome, clock.now())
    if not (wanted.states or wanted.outcome or wanted.with_ended):
        rule &= Q(is_open=True)
    if not wanted.with_parcels:
        rule &= Q(assignment=None)
    return rule & Q(wants_extension=True) if wanted.wants_extension else rule


def _people(wanted: Wanted) -> Q:
    rule = Q()
    if wanted.assignee is not None:
        rule &= Q(assignee=wanted.assignee)
    if wanted.unnamed:
        rule &= Q(assignee=None)
    if wanted.priority is not None:
        rule &= Q(priority=wanted.priority)
    return rule


def _beyond(after: UUID, newest: bool) -> Q:
    row = Task.objects.filter(pk=after).values_list("sort_at", "brief_id").first()
    if row is None:
        raise NotFound(what=_("nhiệm vụ này"))
    sort_at, brief_id = row
    if newest:
        return Q(brief__lt=brief_id) | Q(brief=brief_id, pk__lt=after)
    return Q(sort_at__gt=sort_at) | Q(sort_at=sort_at, pk__gt=after)
