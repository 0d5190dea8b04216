"""What people type about tasks → facts. The rules are in ``services``."""

from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError
from senhong.work.answering import AnswerForm, AnswerKind, number_of
from senhong.work.services import AnswerFacts


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerWordsForm(forms.Form):
    """A result in words, and a number where one is asked for."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Kết quả"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    number = forms.CharField(label=_("Con số"), max_length=40)

    def __init__(self, *args: object, asked: AnswerForm, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what forms take
        if asked.kind != AnswerKind.NUMBER:
            del self.fields["number"]
        elif asked.label:
            self.fields["number"].label = asked.label

    def clean_number(self) -> object:
        try:
            return number_of(self.cleaned_data["number"])
        except DomainError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def read(self) -> AnswerFacts:
        said = self.cleaned_data
        return AnswerFacts(words=said["words"], number=said.get("number"))
