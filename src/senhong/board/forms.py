"""Where the demo clock is set, and who is reminded of what."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.core.ids import uuid7
from senhong.core.text import is_blank


class ReadingDateForm(forms.Form):
    """A day, or "today"; and the page to return to."""

    reading_on = forms.CharField(max_length=10)
    next = forms.CharField(required=False, max_length=2000)


class Step(StrEnum):
    """How far somebody is who reminds."""

    PREVIEW = "preview"
    EDIT = "edit"  # back from the preview
    SEND = "send"


class RemindForm(forms.Form):
    """Who is reminded, in which words."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    units = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy đánh dấu ít nhất một đơn vị để nhắc.")},
    )
    words = forms.CharField(
        label=_("Lời nhắc"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Bí thư và tổ trưởng của từng đơn vị đọc được đúng câu này."),
    )
    step = forms.TypedChoiceField(
        choices=[(step, step) for step in Step],
        coerce=Step,
        required=False,
        empty_value=Step.PREVIEW,
    )

    def __init__(self, *args: Any, keys: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        units: Any = self.fields["units"]
        units.choices = [(key, key) for key in keys]

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if is_blank(words):
            raise forms.ValidationError(_("Hãy viết một câu để đơn vị biết cần làm gì."))
        return words

    @property
    def ticked(self) -> set[str]:
        """What was ticked, also where it does not fit."""
        return set(self["units"].value() or ())

    @property
    def act(self) -> UUID:
        """The id under which this is sent, however often."""
        act: UUID = self.cleaned_data["id"]
        return act
