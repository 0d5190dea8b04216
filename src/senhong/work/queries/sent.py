"""What was sent to units, and who has answered. Services ask, too."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.org.models import Level, Unit
from senhong.people.models import Team
from senhong.work.models import Task
from senhong.work.states import AT_WORK

MOST_UNITS = 12_000


def silent_units(task: Task) -> list[Unit]:
    """The units that have the task and have handed nothing in, by name. One query."""
    silent = Task.objects.filter(parent=task, assignment__isnull=False, state__in=sorted(AT_WORK))
    return list(Unit.objects.filter(pk__in=silent.values("unit")).order_by("sort_key", "pk"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which units a task is to go to: those of a level, of a list, or that a rule finds."""

    level: Level | None = None
    keys: Collection[str] = field(default_factory=tuple)
    teamless: bool = False  # in which no team stands today


def units_chosen(actor: Actor, top: Unit, chosen: Chosen) -> list[Unit]:
    """The units below one that stand today, and to which the actor may assign; by name.

    One query.
    """
    day = as_day(clock.today())
    rule = Q(pk__in=[])
    for path in actor.paths("task.assign"):
        rule |= Q(path__startswith=path)
    found = Unit.objects.standing(day).filter(rule, path__startswith=top.path).exclude(pk=top.pk)
    if chosen.level is not None:
        found = found.filter(level=chosen.level)
    if chosen.keys:
        found = found.filter(key__in=list(chosen.keys))
    if chosen.teamless:
        teams = Team.objects.standing(day).filter(
            unit__landings__map__from_day__lte=day, unit__landings__map__to_day__gt=day
        )
        found = found.exclude(pk__in=teams.values("unit__landings__landed"))
    return list(found.select_related("province").order_by("sort_key", "pk")[:MOST_UNITS])
