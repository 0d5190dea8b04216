"""Whom a task concerns: who does it, who judges it, who is told when it is late."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from senhong.core import clock
from senhong.core.days import as_day
from senhong.org.models import ROLE_VERBS, Landing, Level, RoleGrant, Unit
from senhong.work.models import Part, Task, TaskPart

_HEIGHT = {level: height for height, level in enumerate(reversed(Level))}


def holders_at(units: Collection[int], verb: str) -> Mapping[int, set[int]]:
    """Who holds a role with the verb at each of the units itself, not above it, today.

    By unit, the ids of users. A role that landed there, too; none climbs. Two queries.
    """
    day = as_day(clock.today())
    landed = Landing.objects.filter(
        landed__in=units, map__from_day__lte=day, map__to_day__gt=day
    ).values_list("unit", "unit__level", "landed", "landed__level")
    places = {unit: to for unit, level, to, to_level in landed if _stays(level, to_level)}
    roles = [role for role, verbs in ROLE_VERBS.items() if verb in verbs]
    held = RoleGrant.objects.filter(
        unit__in=places, role__in=roles, from_day__lte=day, to_day__gt=day, user__is_active=True
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for unit, user in held.values_list("unit", "user"):
        found[places[unit]].add(user)
    return found


def _stays(level: str, landed: str) -> bool:
    """A role never climbs: where its unit became part of a higher one, it ended."""
    return _HEIGHT[Level(landed)] <= _HEIGHT[Level(level)]


def named_for(tasks: Iterable[UUID]) -> Mapping[UUID, set[int]]:
    """Who is named for each of the tasks: answers for it, or works on it beside. Two queries."""
    ids = list(tasks)
    found: defaultdict[UUID, set[int]] = defaultdict(set)
    answering = Task.objects.filter(pk__in=ids, assignee__is_active=True)
    for task, user in answering.values_list("pk", "assignee"):
        found[task].add(user)
    helping = TaskPart.objects.filter(task__in=ids, part=Part.COWORKER, user__is_active=True)
    for task, user in helping.values_list("task", "user"):
        found[task].add(user)
    return found


def workers_of(tasks: Collection[Task]) -> Mapping[UUID, set[int]]:
    """Who does each of the tasks: who is named for it, else those of the unit who may name
    somebody. Four queries."""
    named = named_for(task.pk for task in tasks)
    held = holders_at({t.unit_id for t in tasks if not named.get(t.pk)}, "task.answer")
    return {task.pk: named.get(task.pk) or held.get(task.unit_id, set()) for task in tasks}


def judges_of(task: Task) -> set[int]:
    """Who judges the task: who gave it, while she may; else all who may at that unit.

    Two queries.
    """
    held = holders_at([task.by_unit_id], "task.review").get(task.by_unit_id, set())
    return {task.by_id} if task.by_id in held else held


def followers_of(task: Task) -> set[int]:
    """One query."""
    parts = TaskPart.objects.filter(task=task, part=Part.FOLLOWER)
    return set(parts.values_list("user_id", flat=True))


def above(task: Task) -> int | None:
    """The unit that is told when the task is late: which gave it; of own work the one above."""
    if task.by_unit_id != task.unit_id:
        return task.by_unit_id
    return unit_above(task.unit)


def unit_above(unit: Unit) -> int | None:
    ids = unit.path.rstrip("/").split("/")
    return int(ids[-2]) if len(ids) > 1 else None
