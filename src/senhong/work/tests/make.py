"""Makers of valid tasks. A test names only what it is about."""

from datetime import datetime, timedelta
from typing import Any

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.ids import uuid7
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_province, an_actor
from senhong.plans.models import Directive, Plan
from senhong.plans.tests.make import a_directive
from senhong.work.models import Answer, Clause, Task, TaskList
from senhong.work.queries import get_task
from senhong.work.services import (
    AnswerFacts,
    ListFacts,
    TaskFacts,
    TaskPlace,
    assign_down,
    hand_in,
    make_list,
    make_task,
    write_clause,
)

VERBS = ("task.view", "task.edit", "task.assign", "task.answer", "task.review")


def in_days(days: float) -> datetime:
    return clock.now() + timedelta(days=days)


def a_list(unit: Unit | None = None, plan: Plan | None = None, **facts: Any) -> TaskList:
    unit = unit or (plan.unit if plan else a_province())
    usual: dict[str, Any] = {"name": "Việc thường xuyên"}
    return make_list(SYSTEM, uuid7(), ListFacts(unit=unit, plan=plan, **usual | facts))


def task_facts(**facts: Any) -> TaskFacts:
    """Due in a week, unless told otherwise."""
    usual: dict[str, Any] = {"title": "Lập danh sách tổ", "due_at": in_days(7)}
    return TaskFacts(**usual | facts)


def a_task(
    row: TaskList | None = None,
    *,
    unit: Unit | None = None,
    parent: Task | None = None,
    actor: Actor = SYSTEM,
    **facts: Any,
) -> Task:
    """A task of the list, or of a list of its own; of the list's unit when none is given."""
    row = row or (parent.list if parent else a_list(unit))
    how = {name: facts.pop(name) for name in ("assignee", "is_template") if name in facts}
    place = TaskPlace(list=row, parent=parent, unit=unit, group=facts.pop("group", None))
    made = make_task(actor, facts.pop("id", None) or uuid7(), task_facts(**facts), place, **how)
    return get_task(SYSTEM, made.pk)


def parcels(task: Task, *units: Unit, due_at: datetime | None = None) -> list[Task]:
    """What the units get of the task, in their order."""
    assign_down(SYSTEM, uuid7(), task, units, due_at=due_at)
    found = {row.unit_id: row.pk for row in Task.objects.filter(parent=task, unit__in=units)}
    return [get_task(SYSTEM, found[unit.pk]) for unit in units]


def an_answer(task: Task, words: str = "Đã xong", actor: Actor = SYSTEM, **facts: Any) -> Answer:
    return hand_in(actor, uuid7(), task, AnswerFacts(words=words, **facts))


def a_worker(unit: Unit, **how: Any) -> Actor:
    """Somebody who may do everything with tasks at the unit and below it."""
    return an_actor(*VERBS, at=unit, **how)


def a_clause(directive: Directive | None = None, **facts: Any) -> Clause:
    """A clause of the directive, or of one of its own."""
    usual: dict[str, Any] = {"number": "II.3", "words": "Thành lập tổ ở mọi xã", "position": 1}
    return write_clause(SYSTEM, uuid7(), directive or a_directive(), **usual | facts)
