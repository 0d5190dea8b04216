"""What every list of tasks shares: which rows, with what, in what order. Only queries ask."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from senhong.core.actor import Actor
from senhong.work.clocks import Outcome
from senhong.work.models import IS_OPEN, Task, TaskQuerySet
from senhong.work.states import TaskState

# What a line of any list shows, so that no line asks again.
SHOWN = ("brief", "unit", "by_unit", "assignee", "group", "answer", "indicator")
BY_DEADLINE = ("sort_at", "pk")


def tasks_seen(actor: Actor) -> TaskQuerySet:
    """What the actor may view, with what a line shows; without templates."""
    return Task.objects.visible_to(actor).real().select_related(*SHOWN)


def first_ids(found: TaskQuerySet, *order: str, limit: int) -> list[UUID]:
    """Of tasks in an order only the ids: to order rows with all that a line shows is slow."""
    plain = found.select_related(None).order_by(*order)
    return list(plain.values_list("pk", flat=True)[:limit])


def rows_of(ids: Sequence[UUID], *order: str) -> list[Task]:
    """The tasks with what a line shows. For ids of tasks that the actor may view. One query."""
    found = Task.objects.filter(pk__in=ids).select_related(*SHOWN)
    return list(found.order_by(*order)) if ids else []


def past(now: datetime) -> Q:
    """Beyond its deadline, or was when its clock stopped."""
    return Q(due_at__lt=Coalesce(F("stopped_at"), now))


def with_outcome(outcome: str, now: datetime) -> Q:
    """Tasks of one of the four outcomes, as ``clocks.TaskClock.outcome`` has it."""
    ended = Q(state=TaskState.ACCEPTED)
    late = past(now)
    return {
        Outcome.ON_TIME: ended & ~_known(late),
        Outcome.LATE: ended & late,
        Outcome.RUNNING: IS_OPEN & ~_known(late),
        Outcome.OVERDUE: IS_OPEN & late,
    }[Outcome(outcome)]


def _known(late: Q) -> Q:
    """NOT of it holds also where there is no deadline: in SQL, NOT NULL is not true."""
    return Q(due_at__isnull=False) & late
