"""A task passes from state to state. The one place that writes a state."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from senhong.core import clock
from senhong.work.clocks import TaskClock, WorkTime
from senhong.work.errors import TaskNotPossible
from senhong.work.models import Task
from senhong.work.queries.calendars import work_time_of
from senhong.work.services.facts import sort_at
from senhong.work.states import ENDED_STATES, OPEN_STATES, TaskAct, TaskState
from senhong.work.workdays import WorkCalendar


def move(task: Task, act: TaskAct, *, at: datetime | None = None, **columns: Any) -> None:
    """What the act makes of the task, with what else changes then. Raises TaskNotPossible.

    The row is written only while its state is what the caller saw: of two at once one is told.
    """
    now = at or clock.now()
    after = task.clock.after(act, now, _working(task, act))
    if after is None:
        raise TaskNotPossible(state=TaskState(task.state).label)
    write_clock(task, after, moved_at=now, ended_at=_ended(after, now), **columns)


def write_clock(task: Task, after: TaskClock, **columns: Any) -> None:
    """The task has this clock from now on. Raises TaskNotPossible where another has come first."""
    columns |= vars(after) | {
        "is_open": after.state in OPEN_STATES,
        "sort_at": sort_at(after.due_at),
    }
    rows = Task.objects.filter(pk=task.pk, state=task.state, stopped_at=task.stopped_at)
    if not rows.update(**columns):
        now = Task.objects.values_list("state", flat=True).get(pk=task.pk)
        raise TaskNotPossible(state=TaskState(now).label)
    for name, value in columns.items():
        setattr(task, name, value)


def _working(task: Task, act: TaskAct) -> WorkTime:
    """Only going on after a pause counts days."""
    if act is TaskAct.RESUME:
        return work_time_of(task.unit.province_id)
    return WorkTime(WorkCalendar(), timezone.get_default_timezone())


def _ended(after: TaskClock, now: datetime) -> datetime | None:
    return now if after.state in ENDED_STATES else None
