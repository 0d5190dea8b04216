from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.core.days import LAST_DAY, as_date, as_day, day_after, day_before
from senhong.guides.models import HelpKind
from senhong.guides.services import HelpKindFacts
from senhong.ledger.models import IndicatorGroup
from senhong.web.fields import DayField


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
    how_to = forms.CharField(
        label=_("Cách giúp, cho điện thoại"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Hai đến bốn bước ngắn, mỗi bước một dòng. Xem được cả khi mất sóng."),
    )
    how_to_en = forms.CharField(
        label=_("Cách giúp, tiếng Anh"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    position = forms.IntegerField(
        label=_("Thứ tự"), min_value=1, max_value=9999, initial=100, help_text=_("Nhỏ đứng trước.")
    )
    plausible_per_hour = forms.IntegerField(
        label=_("Số người hợp lý mỗi giờ"),
        min_value=1,
        max_value=1000,
        initial=20,
        required=False,
        help_text=_(
            "Một tình nguyện viên giúp được bao nhiêu người trong một giờ. Ghi nhiều hơn thì người "
            "duyệt thấy một dấu hiệu."
        ),
    )
    last_on = DayField(
        label=_("Hướng dẫn đến hết ngày"),
        required=False,
        help_text=_("Để trống nếu còn hướng dẫn. Lượt hỗ trợ đến hết ngày ấy vẫn ghi được."),
    )

    def clean_plausible_per_hour(self) -> int:
        name = "plausible_per_hour"
        return int(self.cleaned_data[name] or self.get_initial_for_field(self.fields[name], name))

    def read(self) -> HelpKindFacts:
        told = dict(self.cleaned_data)
        last = told.pop("last_on")
        return HelpKindFacts(**told, to_day=day_after(as_day(last)) if last else LAST_DAY)


class ChangedHelpKindForm(HelpKindForm):
    """What may be said anew; the code stays."""

    code = None  # type: ignore[assignment]  # Django's way to leave out a field
    platform_from = DayField(
        label=_("Đổi cách tính nền tảng số từ ngày"),
        required=False,
        help_text=_(
            "Chỉ cần khi đánh dấu hay bỏ dấu nền tảng số: từ ngày mai trở đi. Để trống là ngày "
            "mai. Những gì đã đếm giữ nguyên."
        ),
    )

    field_order = ["name", "name_en", "group", "is_platform", "platform_from"]

    def __init__(self, *args: Any, kind: HelpKind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        names = ["name", "name_en", "is_platform", "description", "description_en", "position"]
        names.append("plausible_per_hour")
        names += ["how_to", "how_to_en"]
        self.initial = {name: getattr(kind, name) for name in names}
        self.initial["group"] = kind.indicator.group
        self.initial["last_on"] = (
            None if kind.to_day == LAST_DAY else as_date(day_before(kind.to_day))
        )

    @property
    def platform_day(self) -> int | None:
        day: date | None = self.cleaned_data["platform_from"]
        return as_day(day) if day else None

    def read(self) -> HelpKindFacts:
        told = self.cleaned_data | {"code": self.kind.code}
        told.pop("platform_from")
        last = told.pop("last_on")
        return HelpKindFacts(**told, to_day=day_after(as_day(last)) if last else LAST_DAY)
