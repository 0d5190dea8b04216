"""Tasks are made, changed and put elsewhere."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from senhong.accounts.models import User
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY
from senhong.core.errors import IdReused
from senhong.core.saving import save_changes
from senhong.org.models import Unit
from senhong.work.clocks import TaskClock
from senhong.work.errors import (
    EditConflict,
    NotBelow,
    NotOfThisList,
    TaskInRing,
    TaskUnitNotStanding,
    TreeTooDeep,
)
from senhong.work.models import Task, TaskGroup
from senhong.work.queries.trees import ids_below
from senhong.work.services.asking import require_edit, require_work
from senhong.work.services.facts import TaskFacts, TaskPlace, checked, new_brief, sort_at
from senhong.work.services.people import checked_person

MOST_DEPTH = 5
_WHOLE = ("brief", "list__unit", "group", "parent", "unit", "by_unit", "clause", "indicator")


@transaction.atomic
def make_task(  # a task is these facts
    actor: Actor,
    id: UUID,
    facts: TaskFacts,
    place: TaskPlace,
    *,
    assignee: User | None = None,
    is_template: bool = False,
) -> Task:
    """Something is to be done by a unit.

    Who may edit at the list's unit (or the parent's) makes it; who works on the parent may split
    it for her own unit; for another unit she needs task.assign there. The same ``id`` with the
    same facts returns the first row. Raises Forbidden, TaskUnitNotStanding, NotBelow,
    NotOfThisList, TreeTooDeep, NobodyThere, IdReused, and what ``checked`` raises.
    """
    unit, by_unit = _units(place)
    _require_making(actor, place, unit, by_unit)
    facts = checked(facts)
    if known := Task.objects.select_related(*_WHOLE).filter(pk=id).first():
        if TaskFacts.of(known) != facts or known.list_id != place.list.pk:
            raise IdReused(id=str(id))
        return known
    _refuse_place(place, unit, by_unit)
    task = Task(
        **_row(id, facts, place), unit=unit, by_unit=by_unit, by_id=actor.user_id,
        assignee=checked_person(assignee, unit), is_template=is_template,
    )  # fmt: skip
    task.brief = new_brief(facts)
    task.save(force_insert=True)
    happened(actor, "task.made", task, title=facts.title, unit=unit.key)
    return task


@transaction.atomic
def change_task(actor: Actor, task: Task, facts: TaskFacts, *, seen: int) -> Task:
    """Change what is to be done, as who gave it sees it.

    seen  the version that the person had before her. When another stands, nothing is written and
          EditConflict carries what differs, hers and what stands.

    What was sent on to units changes with it in words; their deadlines are their own. The same
    facts change nothing. Raises Forbidden, EditConflict, and what ``checked`` raises.
    """
    require_edit(actor, task)
    facts = checked(facts)
    now = Task.objects.select_related(*_WHOLE).get(pk=task.pk)
    before = TaskFacts.of(now)
    changed = before.differing(facts)
    if not changed:
        return now
    mine = Task.objects.filter(pk=task.pk, version=seen)
    if now.version != seen or not mine.update(version=F("version") + 1):
        raise EditConflict(
            version=now.version, yours=_told(facts, changed), theirs=_told(before, changed)
        )
    now.version = seen + 1
    _write(now, facts)
    happened(
        actor, "task.changed", now, fields=changed,
        title=[before.title, facts.title] if "title" in changed else None,
        due_at=[before.due_at, facts.due_at] if "due_at" in changed else None,
    )  # fmt: skip
    return now


@transaction.atomic
def place_task(
    actor: Actor, task: Task, *, group: TaskGroup | None, before: Task | None = None
) -> Task:
    """Put a task into a column of its list's board, before another or at the end.

    Who edits or works on it may. Raises Forbidden, NotOfThisList.
    """
    if not actor.can("task.edit", at=task.list.unit.path):
        require_work(actor, task)
    if group is not None and group.list_id != task.list_id:
        raise NotOfThisList(title=group.name)
    position = _position_before(task, group, before)
    if save_changes(task, {"group": group, "position": position}):
        happened(actor, "task.placed", task, group=group.name if group else "")
    return task


@transaction.atomic
def hang_task(actor: Actor, task: Task, parent: Task | None) -> Task:
    """Hang a task, with all below it, under another of its list, or under none.

    Raises Forbidden, NotOfThisList, TaskInRing, TreeTooDeep.
    """
    require_edit(actor, task)
    if task.parent_id == (parent.pk if parent else None):
        return task
    below = ids_below(task)
    if parent is not None:
        _refuse_parent(task, parent, below)
    depth = parent.depth + 1 if parent else 0
    root = parent.root if parent else task.pk
    Task.objects.filter(pk__in=[*below, task.pk]).update(
        root=root, depth=F("depth") + depth - task.depth
    )
    task.root, task.depth = root, depth
    save_changes(task, {"parent": parent})
    happened(actor, "task.hung", task, parent=str(parent.pk) if parent else "")
    return task


def _units(place: TaskPlace) -> tuple[Unit, Unit]:
    """The unit that does it, and the one that gives it."""
    by_unit = place.parent.unit if place.parent else place.list.unit
    return place.unit or by_unit, by_unit


def _require_making(actor: Actor, place: TaskPlace, unit: Unit, by_unit: Unit) -> None:
    if place.parent is not None and unit == by_unit:
        if not actor.can("task.edit", at=by_unit.path):
            require_work(actor, place.parent)
        return
    actor.require("task.edit", at=by_unit.path)
    if unit != by_unit:
        actor.require("task.assign", at=unit.path)


def _refuse_place(place: TaskPlace, unit: Unit, by_unit: Unit) -> None:
    if unit.to_day != LAST_DAY:
        raise TaskUnitNotStanding(unit=unit.title)
    if not unit.path.startswith(by_unit.path) and unit != by_unit:
        raise NotBelow(unit=unit.title)
    if place.group is not None and place.group.list_id != place.list.pk:
        raise NotOfThisList(title=place.group.name)
    if place.list.is_closed:
        raise NotOfThisList(title=place.list.name)
    if place.parent is not None:
        if place.parent.list_id != place.list.pk:
            raise NotOfThisList(title=place.parent.brief.title)
        if place.parent.depth >= MOST_DEPTH:
            raise TreeTooDeep(most=MOST_DEPTH)


def _row(id: UUID, facts: TaskFacts, place: TaskPlace) -> dict[str, Any]:
    now, parent = clock.now(), place.parent
    return {
        "id": id, "list": place.list, "group": place.group, "parent": parent,
        "root": parent.root if parent else id, "depth": parent.depth + 1 if parent else 0,
        "plan_id": place.list.plan_id, "position": int(now.timestamp() * 1000),
        "made_at": now, "moved_at": now, "sort_at": sort_at(facts.due_at),
        **facts.of_task, **vars(TaskClock.due(facts.due_at)),
    }  # fmt: skip


def _write(task: Task, facts: TaskFacts) -> None:
    save_changes(task.brief, facts.of_brief)
    columns = facts.of_task
    if facts.due_at != task.due_at:
        moved = task.clock.corrected(facts.due_at, clock.now())
        columns |= vars(moved) | {"sort_at": sort_at(moved.due_at)}
    save_changes(task, columns)


def _told(facts: TaskFacts, names: list[str]) -> dict[str, Any]:
    """As a form shows it: texts, numbers, instants."""
    told = {name: getattr(facts, name) for name in names}
    if "form" in told:
        told["form"] = [facts.form.kind, facts.form.label, facts.form.as_json()]
    return {
        name: value if value is None or isinstance(value, int | list | tuple) else str(value)
        for name, value in told.items()
    }


def _position_before(task: Task, group: TaskGroup | None, before: Task | None) -> int:
    column = Task.objects.filter(list=task.list_id, group=group).exclude(pk=task.pk)
    if before is None:
        return int(clock.now().timestamp() * 1000)
    above = column.filter(position__lt=before.position).order_by("-position").first()
    lower = above.position if above else before.position - 2048
    if before.position - lower < 2:
        column.filter(position__gte=before.position).update(position=F("position") + 2048)
        return before.position + 1024
    return (lower + before.position) // 2


def _refuse_parent(task: Task, parent: Task, below: set[UUID]) -> None:
    if parent.list_id != task.list_id:
        raise NotOfThisList(title=parent.brief.title)
    if parent.pk == task.pk or parent.pk in below:
        raise TaskInRing(title=task.brief.title)
    deepest = Task.objects.filter(pk__in=[*below, task.pk]).order_by("-depth").first()
    height = (deepest.depth if deepest else task.depth) - task.depth
    if parent.depth + 1 + height > MOST_DEPTH:
        raise TreeTooDeep(most=MOST_DEPTH)
