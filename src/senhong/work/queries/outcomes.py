"""How many tasks had which outcome: by unit, person, plan and period."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import TruncMonth

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.org.models import Unit
from senhong.plans.models import Plan
from senhong.work.clocks import Outcome
from senhong.work.models import Task, TaskQuerySet
from senhong.work.queries.frames import past, with_outcome
from senhong.work.states import TaskState

_MOST = 5000


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """The four, and beside them what is shown but not reported: they are among the four."""

    on_time: int = 0
    late: int = 0
    running: int = 0
    overdue: int = 0
    paused: int = 0  # of running and overdue
    extended: int = 0
    waiting: int = 0  # handed in, to be judged
    returned: int = 0
    cancelled: int = 0  # in none of the four

    @property
    def total(self) -> int:
        return self.on_time + self.late + self.running + self.overdue

    def percent(self, outcome: Outcome) -> float:
        """Of all that count; 0 where there is nothing."""
        number: int = getattr(self, outcome.column)
        return 100 * number / self.total if self.total else 0.0


class CountBy(StrEnum):
    """What a row of the report is."""

    UNIT = "unit"
    PERSON = "assignee"
    PLAN = "plan"
    MONTH = "month"  # in which they were due


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Which tasks are counted. Days are of deadlines; what has none counts without a period."""

    unit: Unit | None = None  # and those below it
    plan: Plan | None = None
    plan_id: str | None = None  # the same, where only its id is known
    first: datetime | None = None  # due from then on
    until: datetime | None = None  # and before then
    with_subtasks: bool = True


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One row: of a unit (its id), a person (her account's), a plan or a month."""

    key: Any
    counts: OutcomeCounts
    late_days: float | None  # of what was late: on average, in days
    names: Sequence[str] = field(default_factory=tuple)


def counts(now: datetime) -> dict[str, Count]:
    """For ``aggregate`` and ``annotate``: each count of OutcomeCounts by its name."""
    rules = {
        **{each.column: with_outcome(each, now) for each in Outcome},
        "paused": Q(state=TaskState.PAUSED),
        "extended": Q(first_due_at__isnull=False) & ~Q(base_due_at=F("first_due_at")),
        "waiting": Q(state=TaskState.HANDED_IN),
        "returned": Q(state=TaskState.RETURNED),
        "cancelled": Q(state=TaskState.CANCELLED),
    }
    return {name: Count("pk", filter=rule) for name, rule in rules.items()}


def outcomes_of(actor: Actor, counted: Counted, *, at: datetime | None = None) -> OutcomeCounts:
    """All of them together. One query."""
    found = _counted(actor, counted)
    return OutcomeCounts(**found.aggregate(**counts(at or clock.now())))


def outcomes_by(
    actor: Actor, counted: Counted, by: CountBy, *, at: datetime | None = None
) -> list[OutcomeRow]:
    """One row for each unit, person, plan or month that has any; in the order of their keys.

    What nobody answers for, or no plan has, is a row without a key. At most 5,000. One query.
    """
    now = at or clock.now()
    found = _counted(actor, counted)
    if by is CountBy.MONTH:
        found = found.filter(due_at__isnull=False).annotate(month=TruncMonth("due_at"))
    lateness = ExpressionWrapper(F("stopped_at") - F("due_at"), output_field=DurationField())
    rows = (
        found.order_by()
        .values(by.value)
        .annotate(
            **counts(now),
            lateness=Avg(lateness, filter=Q(state=TaskState.ACCEPTED) & past(now)),
        )
        .order_by(F(by.value).asc(nulls_last=True))
    )
    return [_row(row, by) for row in rows[:_MOST]]


def _row(row: dict[str, Any], by: CountBy) -> OutcomeRow:
    key, lateness = row.pop(by.value), row.pop("lateness")
    days = lateness.total_seconds() / 86_400 if lateness is not None else None
    return OutcomeRow(key, OutcomeCounts(**row), days)


def _counted(actor: Actor, counted: Counted) -> TaskQuerySet:
    found = Task.objects.visible_to(actor).counted()
    if counted.unit is not None:
        below = Unit.objects.filter(path__startswith=counted.unit.path)
        found = found.filter(unit__in=below.values("pk"))
    if counted.plan is not None:
        found = found.filter(plan=counted.plan)
    if counted.plan_id is not None:
        found = found.filter(plan_id=UUID(counted.plan_id))
    if counted.first is not None:
        found = found.filter(due_at__gte=counted.first)
    if counted.until is not None:
        found = found.filter(due_at__lt=counted.until)
    return (
        found
        if counted.with_subtasks
        else found.filter(depth=0) | found.filter(assignment__isnull=False)
    )
