"""Lists of tasks, and what they are narrowed to, as they are typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senhong.accounts.models import User
from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.org.models import Unit
from senhong.plans.models import Plan
from senhong.web.fields import DayField
from senhong.work.clocks import Outcome
from senhong.work.forms.acts import names_of
from senhong.work.models import Priority
from senhong.work.queries import Wanted
from senhong.work.services import ListFacts
from senhong.work.states import TaskState

Named = Sequence[tuple[Unit, str]]  # units, each with the title of its parent
_ME, _NOBODY = "me", "none"
_ALL = "all"


class ListForm(forms.Form):
    """A list under a plan, or one of standing work."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    name = forms.CharField(label=_("Tên danh sách"), max_length=200)
    unit = forms.ChoiceField(label=_("Của đơn vị"))
    plan = forms.ChoiceField(
        label=_("Thuộc kế hoạch"), required=False,
        help_text=_("Để trống nếu là việc thường xuyên của đơn vị."),
    )  # fmt: skip
    first_on = DayField(label=_("Từ ngày"), required=False)
    last_on = DayField(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, units: Named, plans: Sequence[Plan], **options: Any) -> None:
        super().__init__(*args, **options)
        self.units, self.plans = units, plans
        self.fields["unit"].choices = unit_labels(units)  # type: ignore[attr-defined]
        self.fields["plan"].choices = [  # type: ignore[attr-defined]
            ("", _("– Việc thường xuyên –")), *((str(p.pk), p.name) for p in plans),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("first_on"), said.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _now("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
        return said

    def read(self) -> ListFacts:
        said = self.cleaned_data
        return ListFacts(
            unit=next(unit for unit, _above in self.units if unit.key == said["unit"]),
            plan=next((plan for plan in self.plans if str(plan.pk) == said["plan"]), None),
            **{name: said[name] for name in ("name", "first_on", "last_on")},
        )


class GroupForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    name = forms.CharField(label=_("Tên nhóm"), max_length=100)


class MilestoneForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    name = forms.CharField(label=_("Tên mốc"), max_length=200)
    on_day = DayField(label=_("Ngày"))


class ViewNameForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    name = forms.CharField(label=_("Tên cách xem"), max_length=100)


@dataclass(frozen=True, kw_only=True)
class FilterChoices:
    """What a list of tasks can be narrowed to."""

    units: Named
    plans: Sequence[Plan]
    people: Sequence[User]
    me: int | None


class FilterForm(forms.Form):
    """What is asked of a list of tasks; an unknown word narrows nothing."""

    q = forms.CharField(label=_("Có chữ"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Tình trạng"), required=False,
        choices=[("", _("Chưa xong")), *TaskState.choices, (_ALL, _("Tất cả"))],
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label=pgettext_lazy("một nhiệm vụ", "Kết quả"), required=False,
        choices=[("", _("Mọi kết quả")), *Outcome.choices],
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    person = forms.ChoiceField(label=_("Người"), required=False)
    plan = forms.ChoiceField(label=_("Kế hoạch"), required=False)
    tag = forms.CharField(label=_("Nhãn"), required=False, max_length=40)
    priority = forms.ChoiceField(
        label=_("Ưu tiên"), required=False, choices=[("", _("Mọi mức")), *Priority.choices]
    )
    first = DayField(label=_("Hạn từ ngày"), required=False)
    last = DayField(label=_("Hạn đến hết ngày"), required=False)
    only = forms.ChoiceField(
        label=_("Chỉ những việc"), required=False,
        choices=[("", _("– Không –")), ("asking", _("Xin gia hạn")), ("silent", _("Im lặng"))],
    )  # fmt: skip

    def __init__(self, *args: Any, choices: FilterChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        own = [("", _("Mọi người")), (_ME, _("Tôi")), (_NOBODY, _("Chưa phân công"))]
        labels = {
            "unit": [("", _("Mọi đơn vị")), *unit_labels(choices.units)],
            "plan": [("", _("Mọi kế hoạch")), *((str(p.pk), p.name) for p in choices.plans)],
            "person": [*own, *names_of(choices.people)],
        }
        for name, said in labels.items():
            self.fields[name].choices = said  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, list[str]]:
        """What narrows, as the words of the address."""
        return {
            name: [self.data[name]]
            for name in self.fields
            if self.data.get(name) and name not in self.errors
        }

    def read(self, silent_days: int) -> Wanted:
        """What is wanted. ``silent_days``: from how many on nothing heard is silence."""
        said = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        unit = self.unit_asked
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        silent = clock.now() - timedelta(days=silent_days)
        return Wanted(
            text=said["q"],
            unit=unit,
            plan=next((p for p in self.choices.plans if str(p.pk) == said["plan"]), None),
            states=() if said["state"] in {"", _ALL} else (said["state"],),
            with_ended=said["state"] == _ALL,
            outcome=said["outcome"],
            assignee=self._person(said["person"]),
            unnamed=said["person"] == _NOBODY,
            priority=int(said["priority"]) if said["priority"] else None,
            tag=said["tag"],
            due_from=clock.start_of(first) if first else None,
            due_before=clock.start_of(last + timedelta(days=1)) if last else None,
            wants_extension=said["only"] == "asking",
            silent_since=silent if self.asks_silent else None,
            without_sent=unit is not None,
        )

    @property
    def unit_asked(self) -> Unit | None:
        key = self.cleaned_data.get("unit")
        return next((unit for unit, _above in self.choices.units if unit.key == key), None)

    @property
    def asks_silent(self) -> bool:
        return self.cleaned_data.get("only") == "silent"

    def _person(self, said: str) -> int | None:
        if said == _ME:
            return self.choices.me
        return int(said) if said and said != _NOBODY else None


def unit_labels(units: Named) -> list[tuple[str, str]]:
    return [(unit.key, f"{unit.title} – {above}" if above else unit.title) for unit, above in units]
