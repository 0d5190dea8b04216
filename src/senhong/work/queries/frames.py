"""What every list of tasks shares: which rows, with what, in what order. Only queries ask."""

from datetime import datetime

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from senhong.core.actor import Actor
from senhong.work.clocks import Outcome
from senhong.work.models import Task, TaskQuerySet
from senhong.work.states import TaskState

# What a line of any list shows, so that no line asks again.
SHOWN = ("brief", "unit", "by_unit", "assignee", "group", "answer", "indicator")
BY_DEADLINE = ("sort_at", "pk")


def tasks_seen(actor: Actor) -> TaskQuerySet:
    """What the actor may view, with what a line shows; without templates."""
    return Task.objects.visible_to(actor).real().select_related(*SHOWN)


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
        Outcome.RUNNING: Q(is_open=True) & ~_known(late),
        Outcome.OVERDUE: Q(is_open=True) & late,
    }[Outcome(outcome)]


def _known(late: Q) -> Q:
    """NOT of it holds also where there is no deadline: in SQL, NOT NULL is not true."""
    return Q(due_at__isnull=False) & late
