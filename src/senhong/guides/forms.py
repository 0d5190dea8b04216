from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.guides.models import HelpKind
from senhong.guides.services import HelpKindFacts
from senhong.ledger.models import IndicatorGroup


class HelpKindForm(forms.Form):
    """Turns what was typed into a service. The rules are in ``services``."""

    name = forms.CharField(label=_("Tên việc"), max_length=120)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=120, required=False)
    code = forms.SlugField(
        label=_("Mã"),
        max_length=40,
        help_text=_("Chữ không dấu, chữ số, gạch nối. Không đổi được về sau."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    group = forms.TypedChoiceField(
        label=_("Nhóm chỉ tiêu"),
        choices=IndicatorGroup,
        coerce=IndicatorGroup,
        initial=IndicatorGroup.SOCIETY,
        widget=forms.RadioSelect,
    )
    is_platform = forms.BooleanField(
        label=_("Là nền tảng số: lượt giúp việc này tính cả vào lượt nền tảng số"),
        required=False,
        help_text=_("Không đổi được về sau."),
    )
    description = forms.CharField(
        label=_("Mô tả"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Một hai câu. Đi kèm định nghĩa của chỉ tiêu đếm việc này."),
    )
    description_en = forms.CharField(
        label=_("Mô tả tiếng Anh"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    position = forms.IntegerField(
        label=_("Thứ tự"), min_value=1, max_value=9999, initial=100, help_text=_("Nhỏ đứng trước.")
    )
    is_offered = forms.BooleanField(label=_("Đang hướng dẫn"), required=False, initial=True)

    def read(self) -> HelpKindFacts:
        return HelpKindFacts(**self.cleaned_data)


class ChangedHelpKindForm(HelpKindForm):
    """What may be said anew; code and being a platform stay."""

    code = None  # type: ignore[assignment]  # Django's way to leave out a field
    is_platform = None  # type: ignore[assignment]  # Django's way to leave out a field

    def __init__(self, *args: Any, kind: HelpKind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.initial = {name: getattr(kind, name) for name in self.fields if name != "group"}
        self.initial["group"] = kind.indicator.group

    def read(self) -> HelpKindFacts:
        fixed = {"code": self.kind.code, "is_platform": self.kind.is_platform}
        return HelpKindFacts(**self.cleaned_data | fixed)
