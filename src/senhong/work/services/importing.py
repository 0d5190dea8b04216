"""A workbook of tasks, as it was seen and confirmed; and how other tools' workbooks are read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.errors import DomainError
from senhong.core.saving import save_changes
from senhong.core.text import is_blank, nfc
from senhong.org.models import Unit
from senhong.work.errors import MappingUnusable, TaskImportChanged, TaskImportRefused
from senhong.work.listed import ListedTask, PlannedTask, PlannedTasks
from senhong.work.models import ColumnMapping, TaskList
from senhong.work.queries.importing import changes_of, met, planned_rows, refuse_long
from senhong.work.services.facts import TaskFacts, TaskPlace, checked
from senhong.work.services.people import name_answerable
from senhong.work.services.tasks import change_task, make_task, place_task


def planned_import(
    actor: Actor, row: TaskList, rows: Sequence[ListedTask], columns: Mapping[str, Any]
) -> PlannedTasks:
    """What each row would do in the list, and what keeps it from being done. Writes nothing.

    columns  titles by key, for the words of differences. Raises Forbidden, TaskImportTooLong.
    """
    actor.require("task.edit", at=row.unit.path)
    refuse_long(rows)
    ground = met(row, rows)
    return PlannedTasks([_judged(each, columns) for each in planned_rows(rows, ground)])


@transaction.atomic
def import_tasks(
    actor: Actor,
    row: TaskList,
    rows: Sequence[ListedTask],
    *,
    seen: Mapping[str, int],
    columns: Mapping[str, Any],
) -> PlannedTasks:
    """Everything that the workbook says, or nothing. The same workbook again changes nothing.

    seen  versions of the tasks that were shown as changing: where another stands, nothing is
          written. Raises Forbidden, TaskImportTooLong, TaskImportRefused, TaskImportChanged, and
          what making a task raises.
    """
    actor.require("task.edit", at=row.unit.path)
    plan = planned_import(actor, row, rows, columns)
    if plan.wrong:
        raise TaskImportRefused(rows=len(plan.wrong))
    if any(seen.get(id) != version for id, version in plan.versions.items()):
        raise TaskImportChanged
    for each in plan.new:
        _make(actor, row, each)
    for each in plan.changed:
        _change(actor, each)
    if plan.new or plan.changed:
        happened(actor, "tasks.imported", row, made=len(plan.new), changed=len(plan.changed))
    return plan


@transaction.atomic
def save_mapping(
    actor: Actor, id: UUID, unit: Unit, name: str, columns: Mapping[str, str]
) -> ColumnMapping:
    """Which column of another tool's workbook is which of ours. The same name changes it.

    Raises Forbidden, MappingUnusable.
    """
    actor.require("task.edit", at=unit.path)
    if is_blank(name) or "title" not in columns.values() or _twice(columns):
        raise MappingUnusable
    said = {"columns": dict(columns)}
    row, is_new = ColumnMapping.objects.get_or_create(
        unit=unit, name=nfc(name)[:100], defaults={"id": id, **said}
    )
    if is_new or save_changes(row, said):
        happened(actor, "column-mapping.saved", row, unit=unit.key, title=row.name)
    return row


def _twice(columns: Mapping[str, str]) -> bool:
    return len(set(columns.values())) < len(columns)


def _judged(planned: PlannedTask, columns: Mapping[str, Any]) -> PlannedTask:
    """With facts that can be, and what they change; or with what is wrong."""
    task = planned.task
    try:
        was = TaskFacts.of(task) if task else None
        facts = checked(replace(was, **planned.facts) if was else TaskFacts(**planned.facts))
    except DomainError as mistake:
        known = planned.mistakes or (str(mistake),)  # an empty title has been said
        return replace(planned, facts=None, mistakes=known)
    if planned.mistakes:
        return planned
    planned = replace(planned, facts=facts)
    changes = changes_of(planned, columns)
    if changes and task is not None and not task.is_open:
        ended = _("Nhiệm vụ này đã kết thúc nên không sửa từ tệp.")
        return replace(planned, mistakes=(ended,))
    return replace(planned, changes=changes)


def _make(actor: Actor, row: TaskList, planned: PlannedTask) -> None:
    place = TaskPlace(list=row, group=planned.group, unit=planned.unit)
    make_task(actor, planned.id, planned.facts, place, assignee=planned.assignee)


def _change(actor: Actor, planned: PlannedTask) -> None:
    task = planned.task
    assert task is not None  # that is how they were chosen
    change_task(actor, task, planned.facts, seen=task.version)
    if task.group_id != (planned.group.pk if planned.group else None):
        place_task(actor, task, group=planned.group)
    if task.assignee_id != (planned.assignee.pk if planned.assignee else None):
        name_answerable(actor, task, planned.assignee)
