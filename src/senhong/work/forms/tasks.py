"""A task as it is typed: what is to be done, by when, and what an answer is to hold."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senhong.accounts.models import User
from senhong.core.ids import uuid7
from senhong.ledger.models import Indicator
from senhong.org.models import Unit
from senhong.web.fields import DayField, HourField
from senhong.work.answering import MOST_COLUMNS, AnswerColumn, AnswerForm, AnswerKind
from senhong.work.forms.acts import day_and_hour, instant, names_of
from senhong.work.models import Clause, Priority, Task, TaskGroup
from senhong.work.services import TaskFacts

NUMBER_MARK = ": số"  # behind the title of a column whose cells add up
_NOTHING = ("", _("– Không –"))


@dataclass(frozen=True, kw_only=True)
class TaskChoices:
    """What the form of a task lets choose from."""

    indicators: Sequence[Indicator] = ()
    units: Sequence[Unit] = ()  # that may get a new task
    groups: Sequence[TaskGroup] = ()
    people: Sequence[User] = field(default_factory=tuple)
    due_hour: time = time(17)


class TaskForm(forms.Form):
    """Everything that is said of a task. ``seen`` is the version that the person had before her."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    was = forms.CharField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Tên nhiệm vụ"), max_length=300)
    words = forms.CharField(
        label=_("Nội dung"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    due_on = DayField(label=pgettext_lazy("thời hạn", "Hạn"), required=False)
    due_hour = HourField(label=_("Giờ hạn"), required=False)
    starts_on = DayField(label=_("Bắt đầu ngày"), required=False)
    starts_hour = HourField(label=_("Giờ bắt đầu"), required=False)
    priority = forms.TypedChoiceField(
        label=_("Ưu tiên"), choices=Priority, coerce=int, initial=Priority.NORMAL
    )
    tags = forms.CharField(
        label=_("Nhãn"), required=False, max_length=400,
        help_text=_("Cách nhau bằng dấu phẩy, nhiều nhất 10 nhãn."),
    )  # fmt: skip
    answer_kind = forms.ChoiceField(
        label=_("Kết quả phải có gì?"), choices=AnswerKind, widget=forms.RadioSelect,
        initial=AnswerKind.WORDS,
    )  # fmt: skip
    answer_label = forms.CharField(
        label=_("Con số là gì"), required=False, max_length=100,
        help_text=_("Chỉ khi kết quả là một con số. Ví dụ: số tổ đã lập."),
    )  # fmt: skip
    columns = forms.CharField(
        label=_("Các cột của bảng"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Chỉ khi kết quả là một bảng. Mỗi dòng một cột; cột là con số thì viết thêm “: số” "
            "ở cuối để cộng lại được."
        ),
    )  # fmt: skip
    is_reviewed = forms.BooleanField(
        label=_("Kết quả phải được duyệt"), required=False, initial=True
    )
    indicator = forms.ChoiceField(
        label=_("Tự đếm theo chỉ tiêu"), required=False,
        help_text=_("Nhiệm vụ tự xong khi số của đơn vị từ ngày bắt đầu đạt mức."),
    )  # fmt: skip
    quantity = forms.IntegerField(
        label=_("Mức phải đạt"), required=False, min_value=1, max_value=10**12
    )

    def __init__(self, *args: Any, choices: TaskChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        hour = f"{choices.due_hour:%H:%M}"
        help_text = _now("Để trống thì là {hour}, giờ hạn của đơn vị.").format(hour=hour)
        self.fields["due_hour"].help_text = help_text
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]
            _NOTHING, *((each.code, each.title) for each in choices.indicators),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("answer_kind") == AnswerKind.TABLE and not said.get("columns"):
            most = _now("Hãy viết tên các cột, mỗi dòng một cột, nhiều nhất {most} cột.")
            self.add_error("columns", most.format(most=MOST_COLUMNS))
        if (said.get("due_hour") and not said.get("due_on")) and not self.errors.get("due_on"):
            self.add_error("due_on", _now("Có giờ thì cần ngày. Hãy chọn ngày hạn."))
        return said

    def read(self, before: TaskFacts | None = None, clause: Clause | None = None) -> TaskFacts:
        """The facts; what the form does not show stays as it was."""
        said = self.cleaned_data
        names = ("title", "words", "priority", "is_reviewed", "quantity")
        return TaskFacts(
            **{name: said[name] for name in names},
            tags=tuple(said["tags"].split(",")),
            form=self._answer(),
            starts_at=self._instant("starts", time(), before.starts_at if before else None),
            due_at=self._instant("due", self.choices.due_hour, before.due_at if before else None),
            clause=before.clause if before else clause,
            indicator=self._indicator(),
        )

    def _instant(self, name: str, usual: time, before: datetime | None) -> datetime | None:
        day, hour = self.cleaned_data[f"{name}_on"], self.cleaned_data[f"{name}_hour"]
        return instant(day, hour or usual, before) if day else None

    def _indicator(self) -> Indicator | None:
        code = self.cleaned_data["indicator"]
        return next((each for each in self.choices.indicators if each.code == code), None)

    def _answer(self) -> AnswerForm:
        said = self.cleaned_data
        if said["answer_kind"] == AnswerKind.NUMBER:
            return AnswerForm(AnswerKind.NUMBER, said["answer_label"])
        if said["answer_kind"] == AnswerKind.TABLE:
            lines = filter(str.strip, said["columns"].splitlines())
            return AnswerForm(AnswerKind.TABLE, "", tuple(map(column_written, lines)))
        return AnswerForm(said["answer_kind"])


class NewTaskForm(TaskForm):
    """And where it stands, who does it and who answers for it."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    unit = forms.ChoiceField(label=_("Đơn vị làm"), required=False)
    group = forms.ChoiceField(label=_("Nhóm"), required=False)
    assignee = forms.ChoiceField(label=_("Người chịu trách nhiệm"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = self.choices
        units, groups, people = ("unit", "group", "assignee")
        self._choose(units, [(unit.key, unit.title) for unit in choices.units])
        self._choose(groups, [_NOTHING, *((str(g.pk), g.name) for g in choices.groups)])
        self._choose(people, [("", _("– Chưa phân công –")), *names_of(choices.people)])
        if len(choices.units) < 2:
            del self.fields["unit"]
        if not choices.groups:
            del self.fields["group"]
        self.order_fields(["title", "words", "unit", "assignee", "due_on", "due_hour", "group"])

    def _choose(self, name: str, labels: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = labels  # type: ignore[attr-defined]

    @property
    def doer(self) -> Unit | None:
        key = self.cleaned_data.get("unit")
        return next((unit for unit in self.choices.units if unit.key == key), None)

    @property
    def column(self) -> TaskGroup | None:
        key = self.cleaned_data.get("group")
        return next((each for each in self.choices.groups if str(each.pk) == key), None)

    @property
    def answerable(self) -> User | None:
        key = self.cleaned_data.get("assignee")
        return next((user for user in self.choices.people if str(user.pk) == key), None)


class PlaceForm(forms.Form):
    """In which column a task stands, and under which task it hangs."""

    group = forms.ChoiceField(label=_("Nhóm"), required=False)
    parent = forms.ChoiceField(label=_("Nằm dưới nhiệm vụ"), required=False)

    def __init__(
        self, *args: Any, groups: Sequence[TaskGroup], parents: Sequence[Task], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.groups, self.parents = groups, parents
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            _NOTHING, *((str(g.pk), g.name) for g in groups),
        ]  # fmt: skip
        self.fields["parent"].choices = [  # type: ignore[attr-defined]
            _NOTHING, *((str(t.pk), t.brief.title) for t in parents),
        ]  # fmt: skip

    @property
    def column(self) -> TaskGroup | None:
        key = self.cleaned_data["group"]
        return next((each for each in self.groups if str(each.pk) == key), None)

    @property
    def above(self) -> Task | None:
        key = self.cleaned_data["parent"]
        return next((each for each in self.parents if str(each.pk) == key), None)


class NeedForm(forms.Form):
    """What has to be done before."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    before = forms.ChoiceField(label=_("Phải xong trước"))
    gap_days = forms.IntegerField(
        label=_("Cách ít nhất (ngày)"), initial=0, min_value=0, max_value=365
    )

    def __init__(self, *args: Any, tasks: Sequence[Task], **options: Any) -> None:
        super().__init__(*args, **options)
        self.tasks = tasks
        self.fields["before"].choices = [  # type: ignore[attr-defined]
            (str(task.pk), task.brief.title) for task in tasks
        ]

    @property
    def first(self) -> Task:
        return next(t for t in self.tasks if str(t.pk) == self.cleaned_data["before"])


def column_written(line: str) -> AnswerColumn:
    """ "Số tổ: số" is a column of numbers."""
    title, mark, rest = line.strip().rpartition(":")
    if mark and title and rest.strip().lower() in {"số", "so", "number"}:
        return AnswerColumn(title.strip(), is_number=True)
    return AnswerColumn(line.strip())


def as_typed(facts: TaskFacts, version: int | None = None) -> dict[str, Any]:
    """What the form shows of a task."""
    columns = "\n".join(
        column.title + (NUMBER_MARK if column.is_number else "") for column in facts.form.columns
    )
    names = ("title", "words", "priority", "is_reviewed", "quantity")
    return {
        **{name: getattr(facts, name) for name in names},
        **day_and_hour(facts.due_at, "due"),
        **day_and_hour(facts.starts_at, "starts"),
        "seen": version,
        "was": json.dumps(told(facts)),
        "tags": ", ".join(facts.tags),
        "answer_kind": facts.form.kind,
        "answer_label": facts.form.label,
        "columns": columns,
        "indicator": facts.indicator.code if facts.indicator else "",
    }


def told(facts: TaskFacts) -> dict[str, str]:
    """Each fact as a text, to see whether it is still what it was."""
    return {name: str(value) for name, value in vars(facts).items()}


def unchanged_since(was: str, mine: TaskFacts) -> set[str]:
    """Which facts are as the form showed them: there the other's version is chosen at first."""
    try:
        before = json.loads(was)
    except ValueError:
        return set()
    if not isinstance(before, dict):
        return set()
    return {name for name, value in told(mine).items() if before.get(name) == value}


def merged(mine: TaskFacts, theirs: TaskFacts, taken: Sequence[str]) -> TaskFacts:
    """My facts, with theirs where I chose theirs. Their deadline is no change of it."""
    return replace(mine, **{name: getattr(theirs, name) for name in taken})
