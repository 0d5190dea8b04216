"""How far tasks are that count themselves: the unit's figure since they began."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day, day_before
from senhong.ledger.queries import Ask, figures_for
from senhong.work.models import Task
from senhong.work.states import AT_WORK

_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Progress:
    """A figure of the ledger, and how much was asked."""

    figure: int
    quantity: int

    @property
    def is_reached(self) -> bool:
        return self.figure >= self.quantity

    @property
    def percent(self) -> int:
        """At most 100."""
        return min(100, 100 * self.figure // self.quantity)


def progress_of(
    actor: Actor, tasks: Iterable[Task], *, on: date | None = None
) -> dict[UUID, Progress]:
    """The figure of each task that counts itself, from its first day to that day (today).

    Of units whose figures the actor may not view, none. Two queries, or none.
    """
    today = as_day(on or clock.today())
    asks = {
        task.pk: (ask, task.quantity)
        for task in tasks
        if task.quantity is not None
        and actor.can("figure.view", at=task.unit.path)
        and (ask := _ask(task, today)) is not None
    }
    figures = figures_for(actor, [ask for ask, _quantity in asks.values()]) if asks else {}
    return {id: Progress(figures.get(ask, 0), quantity) for id, (ask, quantity) in asks.items()}


def tasks_that_count(actor: Actor, *, after: UUID | None = None) -> list[Task]:
    """Tasks at work that count themselves, by id, with unit and indicator; at most 2,000.

    For the sweep that ends those which are reached. Raises Forbidden. One query.
    """
    actor.require("system.run", at="")
    found = Task.objects.open().filter(
        indicator__isnull=False, state__in=sorted(AT_WORK), is_sent=False
    )
    if after is not None:
        found = found.filter(pk__gt=after)
    return list(found.select_related("unit__province", "indicator").order_by("pk")[:_AT_ONCE])


def _ask(task: Task, today: int) -> Ask | None:
    """What the ledger is asked; None before the first day."""
    if task.starts_at is None or task.indicator is None:
        return None
    first = as_day(clock.date_of(task.starts_at))
    last = min(today, day_before(task.unit.to_day))
    return Ask(task.unit, task.indicator, first, last) if first <= last else None
