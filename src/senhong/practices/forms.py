"""What people type about practices → facts. The rules are in ``services``."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.org.models import Unit
from senhong.practices.models import PracticeState
from senhong.practices.services import PracticeFacts
from senhong.web.fields import DayField

_LONGEST = 4000


def _units(units: Sequence[tuple[Unit, str]]) -> list[tuple[str, str]]:
    return [(unit.key, f"{unit.title} – {above}" if above else unit.title) for unit, above in units]


class PracticeForm(forms.Form):
    """A practice as its unit tells it."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=_("Đơn vị khởi xướng"))
    name = forms.CharField(
        label=_("Tên mô hình"), max_length=160, help_text=_("Ngắn, người ngoài đọc cũng hiểu.")
    )
    since_on = DayField(label=_("Bắt đầu từ ngày"))
    description = forms.CharField(
        label=_("Cách làm"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Đơn vị khác đọc xong thì làm theo được: ai làm, ở đâu, cần gì, từng bước."),
    )
    results = forms.CharField(
        label=_("Kết quả"),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Đừng ghi tên, số điện thoại hay giấy tờ của người dân."),
    )
    state = forms.TypedChoiceField(
        label=_("Tình trạng"),
        choices=PracticeState,
        coerce=PracticeState,
        initial=PracticeState.SHARED,
        widget=forms.RadioSelect,
        help_text=_("Đang soạn: chỉ đơn vị bạn và cấp trên thấy. Đang chia sẻ: ai cũng thấy."),
    )

    def __init__(self, *args: Any, units: Sequence[tuple[Unit, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = units
        self.fields["unit"].choices = _units(units)  # type: ignore[attr-defined]

    @property
    def starter(self) -> Unit:
        key = self.cleaned_data["unit"]
        return next(unit for unit, _above in self.units if unit.key == key)

    def read(self) -> PracticeFacts:
        told = {name: self.cleaned_data[name] for name in PracticeFacts.__dataclass_fields__}
        return PracticeFacts(**told)


class ChangedPracticeForm(PracticeForm):
    """What may be told anew; who started it stays."""

    unit = None  # type: ignore[assignment]  # Django's way to leave out a field

    def __init__(self, *args: Any, **options: Any) -> None:
        forms.Form.__init__(self, *args, **options)


class PictureForm(forms.Form):
    """A picture, and what it shows in words."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    picture = forms.FileField(
        label=_("Ảnh"),
        help_text=_(
            "JPG, PNG hoặc WebP, tối đa 10 MB. Nơi chụp và thông tin máy ghi trong ảnh được xóa "
            "khi lưu. Hãy hỏi ý người có trong ảnh trước."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    told = forms.CharField(
        label=_("Ảnh cho thấy gì"),
        max_length=200,
        help_text=_("Một câu, cho người không nhìn được ảnh. Ví dụ: Đoàn viên đứng quầy ở chợ."),
    )


class AdoptForm(forms.Form):
    """Which unit took it up, and when."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=_("Đơn vị áp dụng"))
    adopted_on = DayField(label=_("Bắt đầu áp dụng từ ngày"))
    note = forms.CharField(
        label=_("Ghi chú"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: đã đổi gì cho hợp với nơi mình."),
    )

    def __init__(self, *args: Any, units: Sequence[tuple[Unit, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = units
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            (unit.key, label) for unit, label in units
        ]

    @property
    def adopter(self) -> Unit:
        key = self.cleaned_data["unit"]
        return next(unit for unit, _label in self.units if unit.key == key)
