"""Tasks as cards in columns: a list's by group, a unit's by state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.org.models import Unit
from senhong.work.models import Task, TaskGroup, TaskList, TaskQuerySet
from senhong.work.queries.frames import BY_DEADLINE, rows_of, tasks_seen
from senhong.work.states import TaskState

_MOST_CARDS = 50  # in one column
_SHOWN_DAYS = 14  # what ended longer ago is not on a board


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column: its first 50 cards, and how many there are."""

    group: TaskGroup | None  # None: what stands in no group, or a column of a state
    state: str
    cards: Sequence[Task]
    number: int


def board_of_list(actor: Actor, row: TaskList, *, now: datetime | None = None) -> list[BoardColumn]:
    """The list's own tasks by group, in the order in which they were put.

    Without parcels, which stand on their units' boards, and without what ended two weeks ago. The
    first column is that of no group. Three queries.
    """
    shown = _shown(tasks_seen(actor).filter(list=row, assignment=None), now)
    groups = list(TaskGroup.objects.filter(list=row).order_by("position", "pk"))
    cards, numbers = _first_of_each(shown, "group_id", "position")
    return [
        BoardColumn(group, "", [card for card in cards if card.group_id == id], numbers.get(id, 0))
        for group, id in [(None, None), *((each, each.pk) for each in groups)]
    ]


def board_of_unit(
    actor: Actor, unit: Unit, *, below: bool = False, now: datetime | None = None
) -> list[BoardColumn]:
    """What the unit does (or those below it, too) by state, in the order of deadlines.

    What was sent on stands as its parcels. Two queries.
    """
    units = Unit.objects.filter(path__startswith=unit.path).values("pk")
    place = Q(unit__in=units) if below else Q(unit=unit)
    shown = _shown(tasks_seen(actor).filter(place, is_sent=False), now)
    cards, numbers = _first_of_each(shown, "state", *BY_DEADLINE)
    return [
        BoardColumn(
            None, state, [card for card in cards if card.state == state], numbers.get(state, 0)
        )
        for state in TaskState
        if state != TaskState.CANCELLED
    ]


def _shown(tasks: TaskQuerySet, now: datetime | None) -> TaskQuerySet:
    """What has not ended, or ended lately: as both databases find it in an index of units."""
    since = (now or clock.now()) - timedelta(days=_SHOWN_DAYS)
    lately = Q(ended_at=None) | Q(ended_at__gte=since)
    return tasks.filter(lately).exclude(state=TaskState.CANCELLED)


def _first_of_each(
    tasks: TaskQuerySet, column: str, *order: str
) -> tuple[list[Task], dict[Any, int]]:
    """The first 50 of each column, and how many each has. Two queries: of the rest only ids."""
    own = [F(column)]
    plain = tasks.select_related(None).order_by()
    placed = plain.annotate(
        place=Window(RowNumber(), partition_by=own, order_by=list(order)),
        number=Window(Count("pk"), partition_by=own),
    )
    found = list(placed.filter(place__lte=_MOST_CARDS).values_list("pk", column, "number"))
    numbers = {name: number for _pk, name, number in found}
    return rows_of([pk for pk, _name, _number in found], *order), numbers
