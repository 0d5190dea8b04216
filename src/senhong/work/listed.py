"""A list of tasks as a workbook says it, and what taking it in would do: plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from senhong.accounts.models import User
from senhong.org.models import Unit
from senhong.work.models import Task, TaskGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTask:
    """One row, as it was written. Columns that the workbook lacks are not in ``there``."""

    line: int  # of the sheet, as Excel counts
    there: frozenset[str]
    id: str = ""
    title: str = ""
    words: str = ""
    unit: str = ""  # title, name, key or code
    group: str = ""
    assignee: str = ""  # user name or full name
    starts_on: date | None = None
    due_on: date | None = None
    due_hour: str = ""  # 17:00
    priority: str = ""
    tags: str = ""
    mistakes: tuple[str, ...] = ()  # what could not be read, in sentences

    def packed(self) -> dict[str, Any]:
        """As it waits in the page until it is confirmed."""
        said = {name: getattr(self, name) for name in self.__slots__ if name != "mistakes"}
        said |= {"there": sorted(self.there)}
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in said.items() if v}

    @classmethod
    def unpacked(cls, said: dict[str, Any]) -> "ListedTask":
        days = {k: date.fromisoformat(said[k]) for k in ("starts_on", "due_on") if k in said}
        return cls(**said | days | {"there": frozenset(said.get("there", ()))})


@dataclass(frozen=True, slots=True)
class Change:
    """What one cell would change."""

    column: str | Promise
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTask:
    """What one row would do."""

    listed: ListedTask
    id: UUID
    task: Task | None = None  # None: it is new
    facts: Any = None  # TaskFacts; None where something is wrong
    unit: Unit | None = None
    group: TaskGroup | None = None
    assignee: User | None = None
    changes: Sequence[Change] = field(default_factory=tuple)  # of one that is there
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedTasks:
    """What a workbook would do, row by row."""

    rows: Sequence[PlannedTask]

    @property
    def wrong(self) -> list[PlannedTask]:
        return [row for row in self.rows if row.mistakes]

    @property
    def new(self) -> list[PlannedTask]:
        return [row for row in self.rows if row.task is None and not row.mistakes]

    @property
    def changed(self) -> list[PlannedTask]:
        return [row for row in self.rows if row.changes and not row.mistakes]

    @property
    def same(self) -> int:
        return len(self.rows) - len(self.wrong) - len(self.new) - len(self.changed)

    @property
    def versions(self) -> dict[str, int]:
        """What stood when it was shown, of those that would change."""
        return {str(row.id): row.task.version for row in self.changed if row.task is not None}
