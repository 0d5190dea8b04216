"""What is typed and tapped to sign up, to check in, and at the door."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.activities.facts import MOST_WEEKS
from senhong.core.ids import uuid7
from senhong.web.fields import DayField


class SignUpForm(forms.Form):
    """A press of the button: its id makes pressing twice harmless."""

    id = forms.UUIDField(required=False)
    anyway = forms.BooleanField(required=False)

    @property
    def act(self) -> UUID:
        said = self.cleaned_data.get("id") if self.is_valid() else None
        return said or uuid7()

    @property
    def knows_of_overlap(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["anyway"])


class CodeForm(forms.Form):
    """The six signs of the leader's screen."""

    code = forms.CharField(
        label=_("Sáu ký tự trên màn hình của tổ trưởng"),
        max_length=12,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-input",
            }
        ),
    )


class UuidsField(forms.Field):
    """Every id that was ticked under one name."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[UUID]:
        try:
            return [UUID(each) for each in value or ()]
        except ValueError as error:
            raise forms.ValidationError(_("Hãy tải lại trang rồi chọn lại.")) from error


class MarkForm(forms.Form):
    """One by her own button, or all who are ticked by the button below."""

    present = forms.UUIDField(required=False)
    left = forms.UUIDField(required=False)
    absent = forms.UUIDField(required=False)
    ticked = UuidsField(required=False)
    every = forms.ChoiceField(
        required=False, choices=[("present", "present"), ("absent", "absent")]
    )

    @property
    def coming(self) -> Sequence[UUID]:
        return self._said("present")

    @property
    def leaving(self) -> Sequence[UUID]:
        return self._said("left")

    @property
    def missing(self) -> Sequence[UUID]:
        return self._said("absent")

    def _said(self, what: str) -> Sequence[UUID]:
        one = self.cleaned_data[what]
        if one is not None:
            return [one]
        said: list[UUID] = self.cleaned_data["ticked"]
        return said if self.cleaned_data["every"] == what else []


class PeriodForm(forms.Form):
    """From a day to a day, both included."""

    first = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến hết ngày"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if {"first", "last"} <= said.keys() and said["last"] < said["first"]:
            self.add_error("last", _("Ngày cuối phải sau ngày đầu."))
        return said


class SeriesForm(forms.Form):
    """Every week again: so many times, or until a day."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    times = forms.IntegerField(
        label=_("Thêm bao nhiêu tuần nữa"), min_value=1, max_value=MOST_WEEKS, required=False
    )
    until = DayField(label=_("Hoặc đến hết ngày"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and bool(said["times"]) == bool(said["until"]):
            raise forms.ValidationError(_("Hãy chọn một cách: số tuần, hoặc ngày cuối."))
        return said


class TemplateForm(forms.Form):
    """What a saved plan is called, and who begins with it."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    title = forms.CharField(label=_("Tên mẫu"), max_length=100)
    for_unit = forms.BooleanField(label=_("Cho mọi tổ của đơn vị và bên dưới"), required=False)

    def __init__(self, *args: Any, may_for_unit: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_for_unit:
            del self.fields["for_unit"]
