"""What people type about plans → facts. The rules are in ``services``."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from senhong.core.days import LAST_DAY, as_day, day_after
from senhong.files.models import StoredFile
from senhong.ledger.models import Indicator
from senhong.org.models import Partner, Unit
from senhong.plans.models import Directive, DirectiveKind, Plan, PlanKind, Wording
from senhong.plans.queries import Way
from senhong.plans.services import DirectiveFacts, PlanFacts
from senhong.plans.services.plans import PartFacts
from senhong.plans.services.targets import TargetFacts
from senhong.plans.sheets import CODE, COLUMNS, UNIT
from senhong.web.fields import DayField
from senhong.web.workbooks import WorkbookField

Named = Sequence[tuple[Unit, str]]  # units, each with the title of its parent
Chosen = TypeVar("Chosen", Directive, Plan, Partner)
_NOTHING = ("", _("– Không –"))
_SAID = ("kind", "number", "subject", "issuer", "issued_on", "received_on", "due_on")


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a form lets choose from."""

    units: Named = ()
    directives: Sequence[Directive] = ()
    plans: Sequence[Plan] = ()
    indicators: Sequence[Indicator] = ()
    partners: Sequence[Partner] = field(default_factory=list)


def _unit_labels(units: Named) -> list[tuple[str, str]]:
    return [(unit.key, f"{unit.title} – {above}" if above else unit.title) for unit, above in units]


def _unit_called(units: Named, key: str) -> Unit:
    return next(unit for unit, _above in units if unit.key == key)


def _row(rows: Sequence[Chosen], pk: str) -> Chosen | None:
    return next((row for row in rows if str(row.pk) == pk), None)


class DaysForm(forms.Form):
    """From a day to a day, both included."""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("first_on"), found.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
        return found

    @property
    def from_day(self) -> int:
        return as_day(self.cleaned_data["first_on"])

    @property
    def to_day(self) -> int:
        last: date | None = self.cleaned_data["last_on"]
        return day_after(as_day(last)) if last else LAST_DAY


class DirectiveForm(forms.Form):
    """A numbered document that sets work."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=_("Đơn vị lưu và phổ biến văn bản"))
    kind = forms.TypedChoiceField(label=_("Loại"), choices=DirectiveKind, coerce=DirectiveKind)
    number = forms.CharField(
        label=_("Số, ký hiệu"), max_length=60, required=False,
        help_text=_("Ví dụ: 300-KH/TĐTN-PT"),
    )  # fmt: skip
    subject = forms.CharField(label=_("Trích yếu"), max_length=300)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200)
    issued_on = DayField(label=_("Ngày ban hành"))
    received_on = DayField(label=_("Ngày nhận"), required=False)
    due_on = DayField(
        label=_("Hạn thực hiện"), required=False,
        help_text=_("Hạn báo cáo mà văn bản ghi. Nhiệm vụ lập từ văn bản lấy hạn này."),
    )  # fmt: skip
    parent = forms.ChoiceField(label=_("Thực hiện văn bản"), required=False)
    file = forms.FileField(
        label=_("Tệp văn bản"), required=False,
        help_text=_("PDF, Word, Excel hoặc ảnh, tối đa 10 MB."),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        self.fields["unit"].choices = _unit_labels(choices.units)  # type: ignore[attr-defined]
        self.fields["parent"].choices = [_NOTHING] + [  # type: ignore[attr-defined]
            (str(row.pk), str(row)) for row in choices.directives
        ]

    def read(self, file: StoredFile | None) -> DirectiveFacts:
        said = self.cleaned_data
        return DirectiveFacts(
            unit=_unit_called(self.choices.units, said["unit"]),
            parent=_row(self.choices.directives, said["parent"]),
            file=file,
            **{name: said[name] for name in _SAID},
        )


class PlanForm(DaysForm):
    """A programme, campaign, youth work or joint programme."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Tên"), max_length=200)
    kind = forms.TypedChoiceField(label=_("Loại"), choices=PlanKind, coerce=PlanKind)
    unit = forms.ChoiceField(label=_("Đơn vị thực hiện"))
    first_on = DayField(label=_("Từ ngày"))
    last_on = DayField(label=_("Đến hết ngày"))
    parent = forms.ChoiceField(label=_("Nằm trong kế hoạch"), required=False)
    directive = forms.ChoiceField(label=_("Thực hiện văn bản"), required=False)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        self.fields["unit"].choices = _unit_labels(choices.units)  # type: ignore[attr-defined]
        self.fields["parent"].choices = [_NOTHING] + [  # type: ignore[attr-defined]
            (str(row.pk), f"{row.name} ({row.first_on:%m/%Y})") for row in choices.plans
        ]
        self.fields["directive"].choices = [_NOTHING] + [  # type: ignore[attr-defined]
            (str(row.pk), str(row)) for row in choices.directives
        ]

    def read(self) -> PlanFacts:
        said = self.cleaned_data
        return PlanFacts(
            unit=_unit_called(self.choices.units, said["unit"]),
            kind=said["kind"],
            name=said["name"],
            from_day=self.from_day,
            to_day=self.to_day,
            directive=_row(self.choices.directives, said["directive"]),
            parent=_row(self.choices.plans, said["parent"]),
        )


class TargetForm(DaysForm):
    """How much of an indicator a unit is to reach in a period."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=_("Đơn vị"))
    indicator = forms.ChoiceField(label=pgettext_lazy("một", "Chỉ tiêu đếm"))
    wording = forms.TypedChoiceField(label=_("Cách nói"), choices=Wording, coerce=Wording)
    quantity = forms.IntegerField(label=_("Mức"), min_value=1, max_value=10**12)
    first_on = DayField(label=_("Từ ngày"))
    last_on = DayField(label=_("Đến hết ngày"))

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        self.fields["unit"].choices = _unit_labels(choices.units)  # type: ignore[attr-defined]
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]
            (each.code, f"{each.title} ({each.measure})") for each in choices.indicators
        ]

    def read(self, plan: Plan) -> tuple[UUID, TargetFacts]:
        said = self.cleaned_data
        code = said["indicator"]
        return said["id"], {
            "plan": plan,
            "unit": _unit_called(self.choices.units, said["unit"]),
            "indicator": next(each for each in self.choices.indicators if each.code == code),
            "wording": said["wording"],
            "quantity": said["quantity"],
            "from_day": self.from_day,
            "to_day": self.to_day,
        }


class QuantityForm(forms.Form):
    """Another quantity for a target that is set."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    wording = forms.TypedChoiceField(label=_("Cách nói"), choices=Wording, coerce=Wording)
    quantity = forms.IntegerField(label=_("Mức"), min_value=1, max_value=10**12)
    reason = forms.CharField(label=_("Lý do đổi"), max_length=300, required=False)

    def __init__(self, *args: Any, is_fixed: bool = False, **options: Any) -> None:
        """``is_fixed``: others add up with the quantity, so it changes where they do."""
        super().__init__(*args, **options)
        if is_fixed:
            self.fields["quantity"].disabled = True
            self.fields["quantity"].help_text = _("Mức này đổi ở trang chia chỉ tiêu.")
            del self.fields["reason"]


class WayForm(forms.Form):
    """By what a target is split before somebody corrects it by hand."""

    quantity = forms.IntegerField(label=_("Mức chung"), min_value=1, max_value=10**12)
    way = forms.TypedChoiceField(label=_("Chia theo"), coerce=Way, widget=forms.RadioSelect)
    own = forms.BooleanField(label=_("Chính đơn vị cũng nhận một phần"), required=False)
    file = WorkbookField(
        columns=[CODE, UNIT], label=_("Tệp Excel có cột số"), required=False,
        help_text=_("Chỉ khi chia theo cột số, ví dụ dân số: một cột tên đơn vị, một cột số."),
    )  # fmt: skip
    column = forms.CharField(
        label=_("Tên cột số"), max_length=100, required=False,
        help_text=_("Để trống: cột số đầu tiên trong tệp."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, ways: Sequence[tuple[Way, str]], is_fixed: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["way"].choices = ways  # type: ignore[attr-defined]
        if is_fixed:
            self.fields["quantity"].disabled = True
            self.fields["quantity"].help_text = _("Là phần được giao từ cấp trên.")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("way") is not Way.COLUMN:
            self.errors.pop("file", None)  # it is not looked at
        elif not found.get("file") and "file" not in self.errors:
            self.add_error("file", _("Hãy chọn tệp Excel có cột số để chia theo."))
        return found


class SharesForm(forms.Form):
    """What comes with the shares of a split when they are saved."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    quantity = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**12)
    reason = forms.CharField(label=_("Lý do"), max_length=300, required=False)

    def __init__(self, *args: Any, is_again: bool, **options: Any) -> None:
        """``is_again``: shares that were decided before are decided anew."""
        super().__init__(*args, **options)
        self.fields["reason"].required = is_again


class SheetForm(forms.Form):
    """A workbook of shares."""

    file = WorkbookField(columns=COLUMNS, label=_("Tệp Excel đã điền"))


class PartForm(DaysForm):
    """A partner's part in a plan."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    partner = forms.ChoiceField(label=_("Đối tác"))
    part = forms.CharField(
        label=_("Vai trò"), max_length=200, required=False, help_text=_("Ví dụ: cùng chủ trì")
    )
    first_on = DayField(label=_("Từ ngày"))
    last_on = DayField(label=_("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choices = choices
        self.fields["partner"].choices = [  # type: ignore[attr-defined]
            (str(row.pk), row.name) for row in choices.partners
        ]

    def read(self, plan: Plan) -> tuple[UUID, PartFacts]:
        said = self.cleaned_data
        partner = _row(self.choices.partners, said["partner"])
        assert partner is not None  # one of the choices
        return said["id"], {
            "plan": plan, "partner": partner, "part": said["part"],
            "from_day": self.from_day, "to_day": self.to_day,
        }  # fmt: skip


class EndPartForm(forms.Form):
    """The last day on which a partner takes part."""

    last_on = DayField(label=_("Tham gia đến hết ngày"))


class PaceForm(forms.Form):
    """From which share of what is expected a target is ahead, or on pace."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    ahead_percent = forms.IntegerField(
        label=_("Vượt nhịp từ (% so với mốc)"), min_value=2, max_value=1000
    )
    on_pace_percent = forms.IntegerField(
        label=_("Đúng nhịp từ (% so với mốc)"), min_value=1, max_value=999
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        ahead, on_pace = found.get("ahead_percent"), found.get("on_pace_percent")
        if ahead and on_pace and ahead <= on_pace:
            self.add_error("ahead_percent", _("Phải cao hơn ngưỡng đúng nhịp."))
        return found
