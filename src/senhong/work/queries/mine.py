"""What one person has to do, and what somebody who leads a unit has to look at first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.org.models import Unit
from senhong.work.models import Part, Task, TaskPart, TaskQuerySet
from senhong.work.queries.frames import BY_DEADLINE, SHOWN, past
from senhong.work.states import AT_WORK, TaskState

_MOST = 100  # of each


@dataclass(frozen=True, kw_only=True)
class MyWork:
    """Of each the first 100, by deadline."""

    overdue: Sequence[Task]
    today: Sequence[Task]
    this_week: Sequence[Task]  # until Sunday, without today
    later: Sequence[Task]  # or without a deadline
    waiting: Sequence[Task]  # for others: handed in, or paused
    given: Sequence[Task]  # what she gave to others and is not done
    to_review: Sequence[Task]  # handed in to her unit
    helping: Sequence[Task]  # she works on beside who answers


def my_work(actor: Actor, *, now: datetime | None = None) -> MyWork:
    """What waits for the actor, today. Four queries; three where she judges nobody's work."""
    at = now or clock.now()
    mine = _mine(actor)
    turn = [task for task in mine if task.state in AT_WORK]
    ends = ends_of_days(at)
    return MyWork(
        overdue=[t for t in turn if t.due_at and t.due_at < at],
        today=[t for t in turn if t.due_at and at <= t.due_at < ends[0]],
        this_week=[t for t in turn if t.due_at and max(at, ends[0]) <= t.due_at < ends[1]],
        later=[t for t in turn if not t.due_at or t.due_at >= max(at, ends[1])],
        waiting=[task for task in mine if task.state not in AT_WORK],
        given=_given(actor),
        to_review=_to_review(actor),
        helping=_helping(actor),
    )


def ends_of_days(at: datetime) -> tuple[datetime, datetime]:
    """When today ends in the province, and the week."""
    today = clock.date_of(at)
    sunday = today + timedelta(days=6 - today.weekday())
    day = timedelta(days=1)
    return clock.start_of(today + day), clock.start_of(sunday + day)


def _mine(actor: Actor) -> list[Task]:
    found = Task.objects.open().filter(assignee=actor.user_id, assignee__isnull=False)
    return list(found.select_related(*SHOWN).order_by(*BY_DEADLINE)[: 4 * _MOST])


def _given(actor: Actor) -> list[Task]:
    """Without parcels: a task that was sent to units stands for them."""
    found = Task.objects.open().filter(by=actor.user_id, by__isnull=False, assignment=None)
    others = found.exclude(assignee=actor.user_id)
    return list(others.select_related(*SHOWN).order_by(*BY_DEADLINE)[:_MOST])


def _helping(actor: Actor) -> list[Task]:
    parts = TaskPart.objects.filter(user=actor.user_id, part=Part.COWORKER).values("task")
    found = Task.objects.open().filter(pk__in=parts) if actor.user_id else Task.objects.none()
    return list(found.select_related(*SHOWN).order_by(*BY_DEADLINE)[:_MOST])


def _to_review(actor: Actor) -> list[Task]:
    found = to_review_of(actor).select_related(*SHOWN)
    return list(found.order_by("moved_at", "pk")[:_MOST])


def to_review_of(actor: Actor) -> TaskQuerySet:
    """What was handed in to units at which the actor judges; for other queries."""
    rule = Q(pk__in=[])
    for path in actor.paths("task.review"):
        rule |= Q(path__startswith=path)
    units = Unit.objects.filter(rule).values("pk")
    return Task.objects.open().filter(state=TaskState.HANDED_IN, by_unit__in=units)


@dataclass(frozen=True, slots=True)
class Exceptions:
    """How many of the open tasks at and below a unit need somebody to look, and why."""

    overdue: int
    returned: int
    asking: int  # for more time
    silent: int  # not begun, and nothing has happened for days
    waiting: int  # handed in, to be judged
    unnamed: int  # nobody answers for it
    due_this_week: int


def exceptions_at(
    actor: Actor, unit: Unit, *, silent_days: int = 7, now: datetime | None = None
) -> Exceptions:
    """Counted over what the actor may view. What was sent counts as its parcels. One query."""
    at = now or clock.now()
    silent = Q(state=TaskState.OPEN, moved_at__lt=at - timedelta(days=silent_days))
    rules = {
        "overdue": past(at),
        "returned": Q(state=TaskState.RETURNED),
        "asking": Q(wants_extension=True),
        "silent": silent,
        "waiting": Q(state=TaskState.HANDED_IN),
        "unnamed": Q(assignee=None),
        "due_this_week": Q(due_at__gte=at, due_at__lt=ends_of_days(at)[1]),
    }
    below = Unit.objects.filter(path__startswith=unit.path).values("pk")
    found = Task.objects.visible_to(actor).open().filter(unit__in=below, is_sent=False)
    return Exceptions(
        **found.aggregate(**{name: Count("pk", filter=rule) for name, rule in rules.items()})
    )
