"""Tasks as a workbook: written in the columns in which they are read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from senhong.core import clock
from senhong.web.components import Text
from senhong.web.workbooks import CellMistake, Column, Line, Sheet, Value, read_any, read_table
from senhong.work.clocks import Outcome
from senhong.work.listed import ListedTask
from senhong.work.models import Priority, Task
from senhong.work.states import TaskState

ID = Column("id", gettext_lazy("Mã nhiệm vụ"), is_needed=False, width=20)
TITLE = Column(
    "title",
    gettext_lazy("Nhiệm vụ"),
    also=("Tên nhiệm vụ", "Tên công việc", "Công việc", "Nội dung công việc", "Task", "Task name"),
    width=44,
)
WORDS = Column("words", gettext_lazy("Nội dung"), also=("Mô tả", "Description"), is_needed=False)
UNIT = Column(
    "unit", gettext_lazy("Đơn vị làm"), also=("Đơn vị", "Đơn vị thực hiện"), is_needed=False
)
GROUP = Column("group", gettext_lazy("Nhóm"), also=("Nhóm công việc",), is_needed=False)
ASSIGNEE = Column(
    "assignee",
    gettext_lazy("Người chịu trách nhiệm"),
    also=("Người thực hiện", "Người phụ trách", "Assignee"),
    is_needed=False,
)
STARTS = Column(
    "starts_on", gettext_lazy("Bắt đầu"), also=("Ngày bắt đầu", "Start date"), is_needed=False
)
DUE = Column(
    "due_on",
    gettext_lazy("Hạn"),
    also=("Thời hạn", "Hạn hoàn thành", "Deadline", "Due date"),
    is_needed=False,
)
HOUR = Column("due_hour", gettext_lazy("Giờ hạn"), is_needed=False)
PRIORITY = Column(
    "priority", gettext_lazy("Ưu tiên"), also=("Mức ưu tiên", "Độ ưu tiên"), is_needed=False
)
TAGS = Column("tags", gettext_lazy("Nhãn"), also=("Từ khóa", "Tags"), is_needed=False)
READ = (ID, TITLE, WORDS, UNIT, GROUP, ASSIGNEE, STARTS, DUE, HOUR, PRIORITY, TAGS)
# Only to be looked at: what becomes of a task is decided on its page.
STATE = Column("state", gettext_lazy("Tình trạng"), is_needed=False)
OUTCOME = Column("outcome", gettext_lazy("Kết quả thực hiện"), is_needed=False)
WRITTEN = (*READ, STATE, OUTCOME)

_HOUR = re.compile(r"([01]?\d|2[0-3])[:hg.]([0-5]\d)?(?::[0-5]\d)?")
_DAYS = ("starts_on", "due_on")


def tasks_sheet(title: Text, tasks: Iterable[Task]) -> Sheet:
    """One row for each task."""
    now = clock.now()
    return Sheet(title, WRITTEN, [_row(task, now) for task in tasks])


def read_tasks(upload: File[bytes]) -> list[ListedTask]:
    """The rows of a workbook in our own columns.

    Raises WorkbookOld, WorkbookUnreadable, WorkbookTooLarge, WorkbookColumnsMissing.
    """
    table = read_table(upload, [*READ, STATE, OUTCOME])
    return [_listed(line, frozenset(table.known)) for line in table if _says(line)]


def raw_rows(upload: File[bytes]) -> tuple[list[str], list[list[Any]]]:
    """The heads of any workbook, and its rows: the number in the sheet, then a text for each.

    Raises WorkbookOld, WorkbookUnreadable, WorkbookTooLarge.
    """
    table = read_any(upload)
    rows = [
        [line.number, *(_as_text(line.others.get(name)) for name in table.unknown)]
        for line in table
    ]
    return table.unknown, rows


def mapped(
    heads: Sequence[str], rows: Iterable[Sequence[Any]], ours: Mapping[str, str]
) -> list[ListedTask]:
    """Rows of another tool. ``ours``: their column → the key of ours."""
    places = {key: heads.index(theirs) for theirs, key in ours.items() if theirs in heads}
    titles = {key: theirs for theirs, key in ours.items()}
    lines = (
        Line(number, {key: row[at] for key, at in places.items()}, {}, titles)
        for number, *row in rows
    )
    return [_listed(line, frozenset(places)) for line in lines if _says(line)]


def _row(task: Task, now: datetime) -> list[Value]:
    due, starts = clock.as_said(task.due_at), clock.as_said(task.starts_at)
    outcome = task.outcome(now)
    return [
        str(task.pk), task.brief.title, task.brief.words, task.unit.title,
        task.group.name if task.group else "", str(task.assignee or ""),
        starts.date() if starts else None, due.date() if due else None,
        f"{due:%H:%M}" if due else "", str(Priority(task.priority).label),
        ", ".join(task.brief.tags), str(TaskState(task.state).label),
        str(Outcome(outcome).label) if outcome else "",
    ]  # fmt: skip


def _as_text(value: Value) -> str:
    """With the hour of a deadline, which a day alone would lose."""
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}" if value.hour or value.minute else f"{value:%d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def _says(line: Line) -> bool:
    return any(line.text(column.key) for column in READ)


def _listed(line: Line, there: frozenset[str]) -> ListedTask:
    texts = {c.key: line.text(c.key) for c in READ if c.key not in {*_DAYS, "words"}}
    words = line.values.get("words")
    facts: dict[str, Any] = {"words": str(words or "").strip(), **texts}
    row = ListedTask(line=line.number, there=there, **facts)
    for key in _DAYS:
        row = _with_day(row, line, key)
    return _with_hour(row, line)


def _with_day(row: ListedTask, line: Line, key: str) -> ListedTask:
    """A day, perhaps with an hour behind it: "20/03/2026 17:00"."""
    value = line.values.get(key)
    said, hour = _parted(value)
    try:
        day = replace(line, values={key: said}).day(key)
    except CellMistake as mistake:
        return replace(row, mistakes=(*row.mistakes, str(mistake)))
    if key == "due_on" and hour and not row.due_hour:
        return replace(row, due_on=day, due_hour=hour)
    found: dict[str, Any] = {key: day}
    return replace(row, **found)


def _parted(value: Value) -> tuple[Value, str]:
    if isinstance(value, datetime):
        return value, f"{value:%H:%M}" if value.hour or value.minute else ""
    if isinstance(value, str):
        parts = value.split()
        if len(parts) == 2:  # the hour may stand on either side
            day, hour = parts if "/" in parts[0] or "-" in parts[0] else parts[::-1]
            return day, hour if _HOUR.fullmatch(hour) else ""
    return value, ""


def _with_hour(row: ListedTask, line: Line) -> ListedTask:
    if not row.due_hour:
        return row
    found = _HOUR.fullmatch(row.due_hour)
    if not found:
        title = line.titles.get("due_hour", str(HOUR.title))
        sentence = _("Cột “{column}”: “{said}” không phải giờ. Hãy viết dạng 17:00.")
        mistake = sentence.format(column=title, said=row.due_hour[:40])
        return replace(row, due_hour="", mistakes=(*row.mistakes, mistake))
    return replace(row, due_hour=f"{int(found[1]):02}:{found[2] or '00'}")
