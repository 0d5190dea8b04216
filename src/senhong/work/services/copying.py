"""Whole trees of tasks are copied: into another list, on other days, as a template or from one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY
from senhong.core.errors import IdReused
from senhong.core.ids import derived_id
from senhong.work.clocks import TaskClock
from senhong.work.errors import NotOfThisList, TaskUnitNotStanding
from senhong.work.models import Brief, ChecklistItem, Dependency, Task, TaskFile, TaskList
from senhong.work.services.asking import require_view
from senhong.work.services.facts import sort_at

_OF_BRIEF = (
    "title", "words", "tags", "tag_key", "search_key", "answer_kind", "answer_label",
    "answer_columns",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CopyHow:
    """How a tree is copied. Its units do it where they are the list's; else the list's unit."""

    shift_days: int = 0
    keeps_people: bool = False
    as_template: bool = False


@transaction.atomic
def copy_tree(
    actor: Actor, id: UUID, task: Task, into: TaskList, how: CopyHow | None = None
) -> Task:
    """The task with everything below it, from the beginning: words, checklists, files, order.

    What was sent to units is not sent again: parcels stay out. Groups are kept within one list.
    The same ``id`` returns the first copy. Raises Forbidden, NotOfThisList, TaskUnitNotStanding,
    IdReused.
    """
    require_view(actor, task)
    actor.require("task.edit", at=into.unit.path)
    if known := Task.objects.filter(pk=id).first():
        if known.list_id != into.pk:
            raise IdReused(id=str(id))
        return known
    if into.is_closed:
        raise NotOfThisList(title=into.name)
    if into.unit.to_day != LAST_DAY:
        raise TaskUnitNotStanding(unit=into.unit.title)
    copied = copied_tree(actor, id, task, into, how or CopyHow())
    happened(actor, "task.copied", copied, of=str(task.pk))
    return copied


def copied_tree(actor: Actor, id: UUID, task: Task, into: TaskList, how: CopyHow) -> Task:
    tree = _tree(task)
    ids = {each.pk: derived_id(id, "copy", each.pk) for each in tree} | {task.pk: id}
    briefs = {each.pk: _brief(each.brief) for each in tree}
    rows = [_row(actor, each, ids, into, how) for each in tree]
    for each, row in zip(tree, rows, strict=True):
        row.brief = briefs[each.pk]
        row.depth = each.depth - task.depth
    rows[0].parent = None
    Task.objects.bulk_create(rows)
    _copy_parts(tree, ids, briefs)
    return rows[0]


def _tree(task: Task) -> list[Task]:
    """The task and what hangs below it, parents first; without parcels."""
    found = Task.objects.filter(root=task.root, assignment=None).select_related("brief")
    kept = {task.pk}
    tree = []
    for each in found.order_by("depth", "position", "pk"):
        if each.pk == task.pk or (each.parent_id in kept and each.depth > task.depth):
            kept.add(each.pk)
            tree.append(each)
    return tree


def _brief(brief: Brief) -> Brief:
    return Brief.objects.create(**{name: getattr(brief, name) for name in _OF_BRIEF})


def _row(actor: Actor, each: Task, ids: dict[UUID, UUID], into: TaskList, how: CopyHow) -> Task:
    now, due_at = clock.now(), _shifted(each.first_due_at, how.shift_days)
    top = next(iter(ids))
    return Task(
        id=ids[each.pk], list=into, group_id=each.group_id if into.pk == each.list_id else None,
        parent_id=ids.get(each.parent_id) if each.parent_id else None, root=ids[top],
        unit=into.unit, by_unit=into.unit, by_id=actor.user_id, plan_id=into.plan_id,
        assignee_id=each.assignee_id if how.keeps_people else None, clause_id=each.clause_id,
        priority=each.priority, position=each.position, is_reviewed=each.is_reviewed,
        starts_at=_shifted(each.starts_at, how.shift_days), is_template=how.as_template,
        indicator_id=each.indicator_id, quantity=each.quantity, made_at=now, moved_at=now,
        sort_at=sort_at(due_at), **vars(TaskClock.due(due_at)),
    )  # fmt: skip


def _shifted(at: datetime | None, days: int) -> datetime | None:
    return at + timedelta(days=days) if at else None


def _copy_parts(tree: Iterable[Task], ids: dict[UUID, UUID], briefs: dict[UUID, Brief]) -> None:
    """Checklists, files and which waits for which."""
    kept = {each.brief_id: briefs[each.pk] for each in tree}
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            id=derived_id(ids[item.task_id], item.pk), task_id=ids[item.task_id],
            words=item.words, position=item.position,
        )
        for item in ChecklistItem.objects.filter(task__in=list(ids))
    )  # fmt: skip
    TaskFile.objects.bulk_create(
        TaskFile(
            id=derived_id(file.pk, kept[file.brief_id].pk), brief=kept[file.brief_id],
            file_id=file.file_id,
        )
        for file in TaskFile.objects.filter(brief__in=list(kept))
        if file.brief_id is not None
    )  # fmt: skip
    Dependency.objects.bulk_create(
        Dependency(
            id=derived_id(ids[each.after_id], each.pk), before_id=ids[each.before_id],
            after_id=ids[each.after_id], gap_days=each.gap_days,
        )
        for each in Dependency.objects.filter(before__in=list(ids), after__in=list(ids))
    )  # fmt: skip
