"""What is said of a task, as a value."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from senhong.core.text import is_blank, nfc, plain, search_key
from senhong.ledger.models import Indicator
from senhong.org.models import Unit
from senhong.work.answering import AnswerForm, checked_form
from senhong.work.errors import CountedTaskUnclear, NothingSaid, TaskDatesDisordered
from senhong.work.models import NO_DEADLINE, Brief, Clause, Priority, Task, TaskGroup, TaskList

MOST_TAGS = 10
_IN_BRIEF = ("title", "words", "tags", "form")


@dataclass(frozen=True, kw_only=True)
class TaskFacts:
    """What is to be done and by when. ``quantity`` in the indicator's unit of measure."""

    title: str
    words: str = ""
    tags: tuple[str, ...] = ()
    form: AnswerForm = field(default_factory=AnswerForm)
    priority: int = Priority.NORMAL
    starts_at: datetime | None = None
    due_at: datetime | None = None
    is_reviewed: bool = True
    clause: Clause | None = None
    indicator: Indicator | None = None
    quantity: int | None = None

    def __post_init__(self) -> None:
        tags = dict.fromkeys(filter(None, (nfc(tag)[:40] for tag in self.tags)))
        object.__setattr__(self, "title", nfc(self.title)[:300])
        object.__setattr__(self, "words", plain(self.words).strip())
        object.__setattr__(self, "tags", tuple(tags)[:MOST_TAGS])

    @classmethod
    def of(cls, task: Task) -> Self:
        """What stands. Needs the task with its brief, clause and indicator."""
        brief = task.brief
        said = {
            name: getattr(task, name) for name in cls.__dataclass_fields__ if name not in _IN_BRIEF
        }
        return cls(
            title=brief.title, words=brief.words, tags=tuple(brief.tags), form=brief.form, **said
        )

    @property
    def of_task(self) -> dict[str, Any]:
        """The columns of the task itself, but for its clock."""
        names = ("priority", "starts_at", "is_reviewed", "clause", "indicator", "quantity")
        return {name: getattr(self, name) for name in names}

    @property
    def of_brief(self) -> dict[str, Any]:
        """The columns of its brief."""
        return {
            "title": self.title,
            "words": self.words,
            "tags": [*self.tags],
            "tag_key": "".join(f"|{search_key(tag)}" for tag in self.tags) + "|",
            "search_key": search_key(" ".join([self.title, *self.tags, self.words])),
            "answer_kind": self.form.kind,
            "answer_label": self.form.label,
            "answer_columns": self.form.as_json(),
        }

    def differing(self, other: "TaskFacts") -> list[str]:
        """The names of what the other says otherwise."""
        return [name for name in vars(self) if getattr(self, name) != getattr(other, name)]


@dataclass(frozen=True, kw_only=True)
class TaskPlace:
    """Where a task stands. Without ``unit``: the parent's, or the list's."""

    list: TaskList
    group: TaskGroup | None = None
    parent: Task | None = None
    unit: Unit | None = None


def checked(facts: TaskFacts) -> TaskFacts:
    """Facts that can be. Raises NothingSaid, TaskDatesDisordered, CountedTaskUnclear,
    ColumnsUnusable."""
    if is_blank(facts.title):
        raise NothingSaid
    if facts.starts_at and facts.due_at and facts.due_at <= facts.starts_at:
        raise TaskDatesDisordered(starts_at=facts.starts_at, due_at=facts.due_at)
    counts = facts.indicator is not None
    if counts != (facts.quantity is not None) or (
        counts and (facts.starts_at is None or (facts.quantity or 0) < 1)
    ):
        raise CountedTaskUnclear
    object.__setattr__(facts, "form", checked_form(facts.form))
    return facts


def said(text: str) -> str:
    """A reason or words that say something, at most 500 characters. Raises NothingSaid."""
    if is_blank(text):
        raise NothingSaid
    return plain(text).strip()[:500]


def sort_at(due_at: datetime | None) -> datetime:
    """Where it stands in an order by deadline."""
    return due_at or NO_DEADLINE


def new_brief(facts: TaskFacts) -> Brief:
    return Brief.objects.create(**facts.of_brief)
