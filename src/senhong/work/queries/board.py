"""Tasks as cards in columns: a list's by group, a unit's by state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
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
    first column is that of no group. Four queries.
    """
    shown = _shown(tasks_seen(actor).filter(list=row, assignment=None), now)
    groups = list(TaskGroup.objects.filter(list=row).order_by("position", "pk"))
    cards = _first_of_each(shown, "group_id", "position")
    numbers = _numbers(shown, "group")
    return [
        BoardColumn(group, "", [card for card in cards if card.group_id == id], numbers.get(id, 0))
        for group, id in [(None, None), *((each, each.pk) for each in groups)]
    ]


def board_of_unit(
    actor: Actor, unit: Unit, *, below: bool = False, now: datetime | None = None
) -> list[BoardColumn]:
    """What the unit does (or those below it, too) by state, in the order of deadlines.

    What was sent on stands as its parcels. Three queries.
    """
    units = Unit.objects.filter(path__startswith=unit.path).values("pk")
    place = Q(unit__in=units) if below else Q(unit=unit)
    shown = _shown(tasks_seen(actor).filter(place, is_sent=False), now)
    cards = _first_of_each(shown, "state", *BY_DEADLINE)
    numbers = _numbers(shown, "state")
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


def _first_of_each(tasks: TaskQuerySet, column: str, *order: str) -> list[Task]:
    """The first 50 of each column. Two queries: of all the rest only ids are ordered."""
    place = Window(RowNumber(), partition_by=[F(column)], order_by=list(order))
    plain = tasks.select_related(None).order_by()
    first = plain.annotate(place=place).filter(place__lte=_MOST_CARDS).values_list("pk", flat=True)
    return rows_of(list(first), *order)


def _numbers(tasks: QuerySet[Task], column: str) -> dict[Any, int]:
    counted = tasks.order_by().values_list(column).annotate(number=Count("pk"))
    rows: Iterable[tuple[UUID | str | None, int]] = counted.values_list(column, "number")
    return dict(rows)
