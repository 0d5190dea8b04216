"""What taking in a workbook of tasks would do. Writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from senhong.accounts.models import User
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.ids import derived_id
from senhong.core.text import is_blank, search_key
from senhong.org.models import Unit
from senhong.work.errors import TaskImportTooLong
from senhong.work.listed import Change, ListedTask, PlannedTask
from senhong.work.models import ColumnMapping, Priority, Task, TaskGroup, TaskList
from senhong.work.queries.calendars import work_rule_of
from senhong.work.queries.people import people_at

MOST_LISTED = 2000
_SHOWN = ("brief", "unit__province", "by_unit", "group", "assignee", "list__unit", "indicator",
          "clause", "parent")  # fmt: skip
_PRIORITIES = {
    "thap": Priority.LOW, "low": Priority.LOW, "thuong": Priority.NORMAL,
    "binh thuong": Priority.NORMAL, "trung binh": Priority.NORMAL, "normal": Priority.NORMAL,
    "medium": Priority.NORMAL, "cao": Priority.HIGH, "high": Priority.HIGH,
    "quan trong": Priority.HIGH, "khan": Priority.URGENT, "khan cap": Priority.URGENT,
    "gap": Priority.URGENT, "urgent": Priority.URGENT,
}  # fmt: skip


@dataclass
class Ground:
    """What the workbook meets."""

    row: TaskList
    due_hour: time
    tasks: Mapping[UUID, Task]
    elsewhere: set[UUID]  # ids of the workbook that are tasks of other lists
    groups: Mapping[str, TaskGroup]
    units: Mapping[str, list[Unit]]
    meant: Counter[UUID]
    people: dict[int, Mapping[str, list[User]]] = field(default_factory=dict)  # by unit, as asked


def tasks_of_list(actor: Actor, row: TaskList) -> list[Task]:
    """The tasks of a list that the actor sees, in the order of deadlines; without what was sent
    on to units, which follows from them. One query."""
    found = Task.objects.visible_to(actor).real().filter(list=row, assignment=None)
    return list(found.select_related(*_SHOWN).order_by("sort_at", "pk")[:MOST_LISTED])


def mappings_of(actor: Actor, unit: Unit) -> list[ColumnMapping]:
    """The ways of reading that the unit and those above it have kept. One query."""
    above = [int(id) for id in unit.path.rstrip("/").split("/")]
    found = ColumnMapping.objects.filter(unit__in=above)
    return list(found.order_by("name", "pk")) if actor.can("task.view", at=unit.path) else []


def met(row: TaskList, rows: Sequence[ListedTask]) -> Ground:
    """What the rows can mean. Five queries."""
    ids = Counter(_id(row, each) for each in rows)
    found = Task.objects.select_related(*_SHOWN).filter(pk__in=ids)
    tasks = {task.pk: task for task in found}
    return Ground(
        row=row,
        due_hour=work_rule_of(row.unit).due_hour,
        tasks={pk: task for pk, task in tasks.items() if task.list_id == row.pk},
        elsewhere={pk for pk, task in tasks.items() if task.list_id != row.pk},
        groups={search_key(group.name): group for group in TaskGroup.objects.filter(list=row)},
        units=_units(row, any(each.unit for each in rows)),
        meant=ids,
    )


def planned_rows(rows: Sequence[ListedTask], ground: Ground) -> Iterator[PlannedTask]:
    """What each row would set, without asking whether its facts can be: services know that."""
    for row in rows:
        yield _planned(row, ground)


def refuse_long(rows: Sequence[ListedTask]) -> None:
    if len(rows) > MOST_LISTED:
        raise TaskImportTooLong(most=MOST_LISTED)


def _id(list_: TaskList, row: ListedTask) -> UUID:
    """The task's own; of a row without one always the same, so that the file twice is once."""
    try:
        return UUID(row.id)
    except ValueError:
        return derived_id(list_.pk, "row", search_key(row.title), search_key(row.unit))


def _units(row: TaskList, are_asked: bool) -> Mapping[str, list[Unit]]:
    """The list's unit and those below it, by every name. One query, or none."""
    known: defaultdict[str, list[Unit]] = defaultdict(list)
    if are_asked:
        day = as_day(clock.today())
        standing = Unit.objects.standing(day).filter(path__startswith=row.unit.path)
        for unit in standing.select_related("province"):
            for said in {search_key(s) for s in (unit.title, unit.name, unit.key, unit.code)}:
                known[said].append(unit)
    return known


def _planned(row: ListedTask, ground: Ground) -> PlannedTask:
    id = _id(ground.row, row)
    task = ground.tasks.get(id)
    mistakes = [*row.mistakes, *_doubts(row, id, task, ground)]
    unit = _unit(row, task, ground, mistakes)
    group = _group(row, task, ground, mistakes)
    assignee = _assignee(row, task, unit, ground, mistakes)
    priority = _priority(row, task, mistakes)
    said = {
        "title": row.title,
        "words": row.words if "words" in row.there else (task.brief.words if task else ""),
        "tags": _tags(row, task),
        "priority": priority,
        "starts_at": _starts(row, task),
        "due_at": _due(row, task, ground),
    }
    return PlannedTask(
        listed=row, id=id, task=task, facts=said, unit=unit, group=group, assignee=assignee,
        mistakes=tuple(mistakes),
    )  # fmt: skip


def _doubts(row: ListedTask, id: UUID, task: Task | None, ground: Ground) -> Iterator[str]:
    if is_blank(row.title):
        yield _("Cột “Nhiệm vụ” còn trống.")
    elif len(row.title) > 300:
        yield _("Cột “Nhiệm vụ” quá dài: nhiều nhất {most} chữ cái.").format(most=300)
    if ground.meant[id] > 1:
        yield _("Có hai dòng cùng một nhiệm vụ. Hãy xóa bớt một dòng, hoặc sửa tên cho khác nhau.")
    if id in ground.elsewhere:
        yield _("Cột “Mã nhiệm vụ”: nhiệm vụ này thuộc danh sách khác.")
    elif row.id and task is None:
        sentence = _("Cột “Mã nhiệm vụ”: không có “{said}”. Hãy để trống nếu là việc mới.")
        yield sentence.format(said=row.id[:40])
    if task is not None and task.is_parcel:
        yield _("Nhiệm vụ này do cấp trên giao xuống nên không sửa từ tệp.")


def _unit(row: ListedTask, task: Task | None, ground: Ground, mistakes: list[str]) -> Unit | None:
    if not row.unit:
        return task.unit if task else ground.row.unit
    if task is not None and search_key(row.unit) == search_key(task.unit.title):
        return task.unit
    found = ground.units.get(search_key(row.unit), [])
    if task is not None:
        mistakes.append(_("Cột “Đơn vị làm”: đơn vị của nhiệm vụ đã có thì không đổi từ tệp."))
    elif len(found) == 1:
        return found[0]
    elif found:
        sentence = _("Cột “Đơn vị làm”: có {number} đơn vị tên “{said}”. Hãy ghi mã số.")
        mistakes.append(sentence.format(number=len(found), said=row.unit[:60]))
    else:
        sentence = _("Cột “Đơn vị làm”: không thấy “{said}” trong đơn vị của danh sách.")
        mistakes.append(sentence.format(said=row.unit[:60]))
    return None


def _group(
    row: ListedTask, task: Task | None, ground: Ground, mistakes: list[str]
) -> TaskGroup | None:
    if "group" not in row.there:
        return task.group if task else None
    if not row.group:
        return None
    found = ground.groups.get(search_key(row.group))
    if found is None:
        sentence = _("Cột “Nhóm”: danh sách không có nhóm “{said}”. Hãy lập nhóm trước.")
        mistakes.append(sentence.format(said=row.group[:60]))
    return found


def _assignee(
    row: ListedTask, task: Task | None, unit: Unit | None, ground: Ground, mistakes: list[str]
) -> User | None:
    """Somebody of the unit by her user name or her full name; whom it says already stays."""
    if "assignee" not in row.there:
        return task.assignee if task else None
    if not row.assignee or unit is None:
        return None
    said = search_key(row.assignee)
    if task is not None and task.assignee and said == search_key(str(task.assignee)):
        return task.assignee
    if unit.pk not in ground.people:
        ground.people[unit.pk] = _people(unit)
    found = ground.people[unit.pk].get(said, [])
    if len(found) == 1:
        return found[0]
    sentence = (
        _("Cột “Người chịu trách nhiệm”: có nhiều người tên “{said}”. Hãy ghi tên đăng nhập.")
        if found
        else _("Cột “Người chịu trách nhiệm”: không có “{said}” ở đơn vị làm nhiệm vụ.")
    )
    mistakes.append(sentence.format(said=row.assignee[:60]))
    return None


def _people(unit: Unit) -> Mapping[str, list[User]]:
    known: defaultdict[str, list[User]] = defaultdict(list)
    for user in people_at(unit):
        for said in {search_key(user.get_username()), search_key(str(user))}:
            known[said].append(user)
    return known


def _priority(row: ListedTask, task: Task | None, mistakes: list[str]) -> int:
    usual = task.priority if task else Priority.NORMAL
    if not row.priority:
        return usual
    found = _PRIORITIES.get(search_key(row.priority))
    if found is None:
        names = ", ".join(str(each.label) for each in Priority)
        sentence = _("Cột “Ưu tiên”: “{said}” không đọc được. Hãy ghi một trong: {names}.")
        mistakes.append(sentence.format(said=row.priority[:40], names=names))
        return usual
    return found


def _tags(row: ListedTask, task: Task | None) -> tuple[str, ...]:
    if "tags" not in row.there:
        return tuple(task.brief.tags) if task else ()
    return tuple(said.strip() for said in row.tags.replace(";", ",").split(",") if said.strip())


def _starts(row: ListedTask, task: Task | None) -> datetime | None:
    was = task.starts_at if task else None
    if "starts_on" not in row.there or (was and clock.date_of(was) == row.starts_on):
        return was
    return clock.start_of(row.starts_on) if row.starts_on else None


def _due(row: ListedTask, task: Task | None, ground: Ground) -> datetime | None:
    """The hour that is written, or that of the unit; what says the same changes nothing."""
    was = task.due_at if task else None
    if "due_on" not in row.there:
        return was
    if row.due_on is None:
        return None
    same_day = was is not None and clock.date_of(was) == row.due_on
    if same_day and row.due_hour in {"", f"{clock.as_said(was):%H:%M}"}:
        return was
    hour = time.fromisoformat(row.due_hour) if row.due_hour else ground.due_hour
    return clock.start_of(row.due_on) + timedelta(hours=hour.hour, minutes=hour.minute)


def changes_of(planned: PlannedTask, columns: Mapping[str, Any]) -> list[Change]:
    """What differs from the task that is there, in words. ``columns``: titles by key."""
    task, facts = planned.task, planned.facts
    if task is None:
        return []
    pairs = {
        "title": (task.brief.title, facts.title),
        "words": (task.brief.words, facts.words),
        "group": (_name(task.group), _name(planned.group)),
        "assignee": (_name(task.assignee), _name(planned.assignee)),
        "starts_on": (_day(task.starts_at), _day(facts.starts_at)),
        "due_on": (_day(task.due_at), _day(facts.due_at)),
        "priority": (Priority(task.priority).label, Priority(facts.priority).label),
        "tags": (", ".join(task.brief.tags), ", ".join(facts.tags)),
    }
    return [
        Change(columns[key], str(before), str(after))
        for key, (before, after) in pairs.items()
        if before != after
    ]


def _name(thing: Any) -> str:
    return str(thing) if thing is not None else ""


def _day(at: datetime | None) -> str:
    return f"{clock.as_said(at):%H:%M %d/%m/%Y}" if at else ""
