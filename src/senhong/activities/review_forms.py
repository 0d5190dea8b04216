"""What a reviewer says, and when help counts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.activities.errors import PersonalNumber, ReturnWordsMissing
from senhong.activities.models import ReturnReason
from senhong.activities.privacy import has_personal_number
from senhong.activities.queries import CountingSeen
from senhong.core.text import is_blank
from senhong.web.fields import DayField

# What a reviewer chooses from; the rest is said by the system.
CHOSEN_REASONS = [reason for reason in ReturnReason if reason != ReturnReason.NEWCOMER_REFUSED]


class ReturnForm(forms.Form):
    """Why help goes back to who recorded it."""

    reason = forms.TypedChoiceField(
        label=_("Vì sao trả lại?"),
        choices=[(reason.value, reason.label) for reason in CHOSEN_REASONS],
        coerce=ReturnReason,
    )
    words = forms.CharField(
        label=_("Lời nhắn cho người ghi"),
        max_length=500,
        required=False,
        help_text=_("Nói rõ cần sửa gì. Người ghi thấy lời này trước tiên."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if has_personal_number(words):
            raise forms.ValidationError(str(PersonalNumber()))
        return words

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("reason") == ReturnReason.OTHER and is_blank(said.get("words", "")):
            self.add_error("words", str(ReturnWordsMissing()))
        return said


class ReviewPeriodForm(forms.Form):
    """From when to when the help was given."""

    first = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến ngày"))


class CountingRuleForm(forms.Form):
    """At once, after acceptance, or as the unit above decides."""

    rule = forms.ChoiceField(label=_("Lượt hỗ trợ được tính"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, seen: CountingSeen, **options: Any) -> None:
        super().__init__(*args, **options)
        above = seen.above
        usual = (
            _("như cấp trên: sau khi được duyệt")
            if above and above.after_acceptance
            else _("như cấp trên: ngay khi ghi")
        )
        choices = [("now", _("ngay khi ghi")), ("accepted", _("sau khi được duyệt"))]
        self.fields["rule"].choices = [*choices, ("above", usual)]  # type: ignore[attr-defined]  # a choice field
        own = seen.own
        self.fields["rule"].initial = (
            "above" if own is None else "accepted" if own.after_acceptance else "now"
        )

    @property
    def after_acceptance(self) -> bool | None:
        said = self.cleaned_data["rule"]
        return None if said == "above" else said == "accepted"
