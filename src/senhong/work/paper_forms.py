"""What people type about a directive's clauses and the tasks it is split into → facts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senhong.core import clock
from senhong.core.text import is_blank, nfc
from senhong.org.models import Unit
from senhong.plans.models import Directive
from senhong.web.fields import DayField
from senhong.work.answering import AnswerForm, AnswerKind
from senhong.work.models import Clause, TaskList, WorkRule
from senhong.work.services import ClauseFacts, ListFacts, Portion, TaskFacts
from senhong.work.workdays import due_on

MOST_CLAUSES = 100
MOST_LINES = 100
NEW, SKIP, OWN = "new", "skip", "own"  # a list, a line, the unit itself
_LONGEST = 2000  # characters of a clause
_TITLE = 300  # characters of a task's title
# "II.3. Nội dung", "1) Nội dung", "a - Nội dung": what a part is called, then what it says.
_CLAUSE = re.compile(r"([^\s:]{1,30}?)[.):–-]*(?:\s*[:–-])?\s+(\S.*)")
_KINDS = [
    (AnswerKind.WORDS, AnswerKind.WORDS.label),
    (AnswerKind.NUMBER, AnswerKind.NUMBER.label),
    (AnswerKind.FILES, AnswerKind.FILES.label),
]


class ClausesForm(forms.Form):
    """Clauses as they stand in the document: one a line."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Các mục của văn bản"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Mỗi dòng một mục: số mục, dấu cách, rồi nội dung. "
            "Ví dụ: II.3 Thành lập tổ công nghệ số cộng đồng ở 100% số xã."
        ),
    )

    def clean_text(self) -> list[ClauseFacts]:
        lines = [nfc(line) for line in self.cleaned_data["text"].splitlines() if not is_blank(line)]
        if len(lines) > MOST_CLAUSES:
            raise forms.ValidationError(
                _now("Mỗi lần nhiều nhất {most} mục. Hãy lưu làm nhiều lần.").format(
                    most=MOST_CLAUSES
                )
            )
        return [self._read(line) for line in lines]

    def _read(self, line: str) -> ClauseFacts:
        found = _CLAUSE.fullmatch(line)
        if found is None or len(line) > _LONGEST:
            told = _now("Chưa đọc được dòng “{line}”. Hãy viết số mục, dấu cách, rồi nội dung.")
            raise forms.ValidationError(told.format(line=line[:60]))
        return ClauseFacts(found[1], found[2])

    def read(self) -> list[ClauseFacts]:
        parts: list[ClauseFacts] = self.cleaned_data["text"]
        return parts


class ClauseForm(forms.Form):
    """One clause, corrected."""

    number = forms.CharField(label=_("Số mục"), max_length=30)
    words = forms.CharField(
        label=_("Nội dung"), max_length=_LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )


@dataclass(frozen=True, slots=True)
class SplitChoices:
    """What the split of a directive lets choose from, for the unit that makes the tasks."""

    unit: Unit
    directive: Directive
    clauses: Sequence[Clause]
    lists: Sequence[TaskList]
    rule: WorkRule
    # Which units one may send a task to at once: the name of a choice, its title, the units.
    sendings: Sequence[tuple[str, str, Sequence[Unit]]] = field(default_factory=tuple)

    @property
    def units(self) -> Mapping[str, Sequence[Unit]]:
        return {name: units for name, _title, units in self.sendings}


class _DueForm(forms.Form):
    """Something with a day by which it is due, not yet past."""

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and day < clock.today():
            raise forms.ValidationError(_now("Ngày này đã qua. Hãy chọn hạn từ hôm nay trở đi."))
        return day


class SplitForm(_DueForm):
    """Where the tasks are to stand, and by when they are due unless a line says otherwise."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    list = forms.ChoiceField(label=_("Ghi vào danh sách"))
    name = forms.CharField(
        label=_("Tên danh sách mới"), max_length=200,
        error_messages={"required": _("Hãy đặt tên cho danh sách mới.")},
        help_text=_("Chỉ dùng khi lập danh sách mới."),
    )  # fmt: skip
    due_on = DayField(
        label=_("Hạn chung"), required=False, help_text=_("Cho những dòng không ghi hạn riêng.")
    )

    def __init__(self, *args: Any, choices: SplitChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        self.fields["list"].choices = [  # type: ignore[attr-defined]
            (NEW, _("Danh sách mới")),
            *((str(row.pk), row.name) for row in choices.lists),
        ]
        self.fields["name"].required = not self.is_bound or self["list"].value() == NEW

    def into(self) -> TaskList | ListFacts:
        chosen = self.cleaned_data["list"]
        if chosen != NEW:
            return next(row for row in self.choices.lists if str(row.pk) == chosen)
        return ListFacts(unit=self.choices.unit, name=self.cleaned_data["name"])


class LineForm(_DueForm):
    """One task: the clause it carries out, and what is asked for."""

    clause = forms.ChoiceField(label=_("Mục"))
    title = forms.CharField(
        label=_("Tên nhiệm vụ"), max_length=_TITLE, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Hãy đặt tên nhiệm vụ, hoặc bỏ qua dòng này.")},
    )  # fmt: skip
    due_on = DayField(label=_("Hạn riêng"), required=False)
    kind = forms.ChoiceField(label=_("Kết quả cần có"), choices=_KINDS)
    label = forms.CharField(
        label=_("Con số là gì"), max_length=100, required=False,
        help_text=_("Ví dụ: số tổ đã thành lập."),
    )  # fmt: skip
    to = forms.ChoiceField(label=pgettext_lazy("nhiệm vụ", "Giao cho"))

    def __init__(self, *args: Any, choices: SplitChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        self.fields["clause"].choices = [  # type: ignore[attr-defined]
            (SKIP, _("– Bỏ qua dòng này –")),
            *((str(each.pk), f"{each.number}. {each.words[:80]}") for each in choices.clauses),
        ]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (OWN, choices.unit.title),
            *((name, f"{title} ({len(units)})") for name, title, units in choices.sendings),
        ]
        if self.is_bound and self["clause"].value() == SKIP:
            for field in self.fields.values():
                field.required = False

    @property
    def is_used(self) -> bool:
        return bool(self.cleaned_data.get("clause") != SKIP)

    @property
    def part(self) -> Clause:
        """The clause that was chosen."""
        chosen = self.cleaned_data["clause"]
        return next(each for each in self.choices.clauses if str(each.pk) == chosen)

    @property
    def to_label(self) -> str:
        said = self.cleaned_data["to"]
        return next(str(title) for name, title in self.fields["to"].choices if name == said)  # type: ignore[attr-defined]

    def due_at(self, usual: date | None) -> datetime | None:
        day = self.cleaned_data["due_on"] or usual
        zone = timezone.get_default_timezone()
        return due_on(day, self.choices.rule.due_hour, zone) if day else None

    def read(self, usual: date | None) -> Portion:
        said = self.cleaned_data
        facts = TaskFacts(
            title=said["title"], words=self.part.words, clause=self.part,
            due_at=self.due_at(usual), form=AnswerForm(said["kind"], said["label"]),
        )  # fmt: skip
        return Portion(facts=facts, units=tuple(self.choices.units.get(said["to"], ())))


class BaseLines(forms.BaseFormSet[LineForm]):
    """The lines; at least one is used."""

    def clean(self) -> None:
        super().clean()
        if not any(self.errors) and not any(form.is_used for form in self.forms):
            raise forms.ValidationError(
                _now("Chưa có nhiệm vụ nào. Hãy chọn mục cho ít nhất một dòng.")
            )

    @property
    def used(self) -> list[LineForm]:
        return [form for form in self.forms if form.is_used]


Lines = forms.formset_factory(
    LineForm, formset=BaseLines, extra=0, max_num=MOST_LINES, absolute_max=MOST_LINES,
    validate_max=True,
)  # fmt: skip
