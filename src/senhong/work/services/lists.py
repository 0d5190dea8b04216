"""Lists of tasks, their columns and milestones."""

from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.saving import save_changes
from senhong.core.text import is_blank, nfc
from senhong.org.models import Unit
from senhong.plans.models import Plan
from senhong.work.errors import ListDatesDisordered, NothingSaid
from senhong.work.models import Milestone, Task, TaskGroup, TaskList


@dataclass(frozen=True, kw_only=True)
class ListFacts:
    """A list as its unit keeps it: of a plan, or without one for standing work."""

    unit: Unit
    name: str
    plan: Plan | None = None
    first_on: date | None = None
    last_on: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", nfc(self.name)[:200])

    @classmethod
    def of(cls, row: TaskList) -> Self:
        return cls(**{name: getattr(row, name) for name in cls.__dataclass_fields__})


@transaction.atomic
def make_list(actor: Actor, id: UUID, facts: ListFacts) -> TaskList:
    """A unit keeps a list of tasks. The same ``id`` with the same facts returns the first row.

    Raises Forbidden, NothingSaid, ListDatesDisordered, IdReused.
    """
    actor.require("task.edit", at=facts.unit.path)
    _refuse_nonsense(facts)
    made, is_new = TaskList.objects.select_related("unit", "plan").get_or_create(
        id=id, defaults=vars(facts)
    )
    if is_new:
        happened(actor, "task-list.made", made, title=facts.name)
    elif ListFacts.of(made) != facts:
        raise IdReused(id=str(id))
    return made


@transaction.atomic
def change_list(actor: Actor, row: TaskList, facts: ListFacts) -> TaskList:
    """Another name, other days, another plan; its unit stays. The same facts change nothing.

    Raises Forbidden, NothingSaid, ListDatesDisordered.
    """
    actor.require("task.edit", at=row.unit.path)
    _refuse_nonsense(facts)
    before = row.name
    changed = save_changes(row, {n: v for n, v in vars(facts).items() if n != "unit"})
    if "plan" in changed:
        Task.objects.filter(list=row).update(plan=facts.plan)
    if changed:
        happened(actor, "task-list.changed", row, title=[before, row.name])
    return row


@transaction.atomic
def close_list(actor: Actor, row: TaskList, *, closed: bool = True) -> TaskList:
    """Nothing new comes into the list; or it is opened again. Raises Forbidden."""
    actor.require("task.edit", at=row.unit.path)
    if save_changes(row, {"is_closed": closed}):
        happened(actor, "task-list.closed", row, closed=closed)
    return row


@transaction.atomic
def make_group(actor: Actor, id: UUID, row: TaskList, *, name: str, position: int) -> TaskGroup:
    """A column of the list's board. The same ``id`` changes its name and place.

    Raises Forbidden, NothingSaid.
    """
    actor.require("task.edit", at=row.unit.path)
    facts = {"name": _named(name), "position": position}
    group, is_new = TaskGroup.objects.get_or_create(id=id, defaults={"list": row, **facts})
    if group.list_id != row.pk:
        raise IdReused(id=str(id))
    if is_new or save_changes(group, facts):
        happened(actor, "task-list.grouped", row, title=group.name)
    return group


@transaction.atomic
def remove_group(actor: Actor, group: TaskGroup) -> None:
    """The column is gone; its tasks stand in none. Raises Forbidden."""
    actor.require("task.edit", at=group.list.unit.path)
    happened(actor, "task-list.ungrouped", group.list, title=group.name)
    group.delete()


@transaction.atomic
def set_milestone(actor: Actor, id: UUID, row: TaskList, *, name: str, on_day: date) -> Milestone:
    """A day by which the list is to be so far. The same ``id`` changes it.

    Raises Forbidden, NothingSaid, IdReused.
    """
    actor.require("task.edit", at=row.unit.path)
    facts = {"name": _named(name), "on_day": on_day}
    milestone, is_new = Milestone.objects.get_or_create(id=id, defaults={"list": row, **facts})
    if milestone.list_id != row.pk:
        raise IdReused(id=str(id))
    if is_new or save_changes(milestone, facts):
        happened(actor, "task-list.milestone-set", row, title=milestone.name, on=on_day)
    return milestone


@transaction.atomic
def remove_milestone(actor: Actor, milestone: Milestone) -> None:
    """Raises Forbidden."""
    actor.require("task.edit", at=milestone.list.unit.path)
    happened(actor, "task-list.milestone-removed", milestone.list, title=milestone.name)
    milestone.delete()


def _refuse_nonsense(facts: ListFacts) -> None:
    _named(facts.name)
    if facts.first_on and facts.last_on and facts.last_on < facts.first_on:
        raise ListDatesDisordered(first_on=facts.first_on, last_on=facts.last_on)


def _named(name: str) -> str:
    if is_blank(name):
        raise NothingSaid
    return nfc(name)
