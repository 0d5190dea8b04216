"""A list's tasks along time: what waits for what, milestones, warnings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from senhong.core.actor import Actor
from senhong.plans.models import Directive
from senhong.work.models import Clause, Dependency, Milestone, Repetition, Task, TaskList
from senhong.work.queries.frames import BY_DEADLINE, tasks_seen

_MOST = 500


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a Gantt chart draws. Parcels are not on it: the task that was sent stands for them."""

    tasks: Sequence[Task]
    milestones: Sequence[Milestone]
    dependencies: Sequence[Dependency]
    broken: frozenset[object]  # ids of dependencies that do not hold


def timeline_of(actor: Actor, row: TaskList) -> Timeline:
    """A list's tasks by deadline, at most 500, with milestones and dependencies. Three queries."""
    found = tasks_seen(actor).filter(list=row, assignment=None).exclude(state="cancelled")
    tasks = list(found.order_by(*BY_DEADLINE)[:_MOST])
    milestones = list(Milestone.objects.filter(list=row).order_by("on_day", "pk")[:_MOST])
    ids = [task.pk for task in tasks]
    dependencies = list(
        Dependency.objects.filter(after__in=ids).select_related("before__brief", "after__brief")
    )
    broken = frozenset(each.pk for each in dependencies if is_broken(each))
    return Timeline(tasks, milestones, dependencies, broken)


def is_broken(row: Dependency) -> bool:
    """The later task begins, or is due, before the earlier one is due and the gap has passed."""
    due, begins = row.before.due_at, row.after.starts_at or row.after.due_at
    if due is None or begins is None:
        return False
    return begins < due + timedelta(days=row.gap_days)


def milestones_of(row: TaskList) -> list[Milestone]:
    """In the order of their days. One query."""
    return list(Milestone.objects.filter(list=row).order_by("on_day", "pk")[:_MOST])


def clauses_of(directive: Directive) -> list[Clause]:
    """The parts of a directive, in its order. One query."""
    return list(Clause.objects.filter(directive=directive).order_by("position", "pk")[:_MOST])


def repetitions_due(actor: Actor) -> list[Repetition]:
    """Repetitions that come again, the nearest first, with their templates.

    Raises Forbidden. One query.
    """
    actor.require("system.run", at="")
    found = Repetition.objects.filter(next_on__isnull=False).select_related(
        "template__list__unit", "template__unit", "template__by_unit", "template__brief"
    )
    return list(found.order_by("next_on", "pk")[:_MOST])
