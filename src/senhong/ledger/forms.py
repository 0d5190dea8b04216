from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from senhong.core.days import (
    FIRST_DAY,
    LAST_DAY,
    as_date,
    as_day,
    day_after,
    day_before,
    day_written,
)
from senhong.ledger.models import Indicator, IndicatorGroup, IndicatorNature
from senhong.ledger.queries import By, Reading
from senhong.ledger.services import IndicatorFacts
from senhong.org.models import Unit
from senhong.web.fields import DayField

OF_DAY = "of-day"

BREAKDOWNS = {
    By.INDICATOR: _("cả kỳ"),
    By.UNIT: _("đơn vị bên dưới"),
    By.DAY: _("ngày"),
    By.WEEK: _("tuần"),
    By.MONTH: _("tháng"),
    By.QUARTER: _("quý"),
    By.YEAR: _("năm"),
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of the figures; its address is that of the answer."""

    unit: Unit
    indicators: Sequence[Indicator]
    chosen: tuple[str, ...]  # codes; none: all
    first: int
    last: int
    by: By
    on: int | None

    @property
    def reading(self) -> Reading:
        return Reading(self.unit, self.first, self.last, self.on)

    @property
    def asked(self) -> dict[str, Any]:
        return {
            "unit": self.unit.key,
            "indicator": self.chosen,
            "from": as_date(self.first).isoformat(),
            "to": as_date(self.last).isoformat(),
            "by": self.by.value,
            "map": OF_DAY if self.on is None else as_date(self.on).isoformat(),
        }

    @property
    def fields(self) -> list[tuple[str, str]]:
        """As hidden fields of another form on the page."""
        asked = self.asked
        single = [(name, value) for name, value in asked.items() if name != "indicator"]
        return [*single, *(("indicator", code) for code in self.chosen)]

    def url(self, page: str = "ledger:figures", **changes: Any) -> str:
        """The address of this question, or of one that differs as said."""
        return f"{reverse(page)}?{urlencode(self.asked | changes, doseq=True)}"


class MapField(forms.CharField):
    """ "of-day", or a day: None or yyyymmdd."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if text in {"", OF_DAY}:
            return None
        try:
            return as_day(day_written(text))
        except ValueError as error:
            raise forms.ValidationError(_("Ngày của bản đồ chưa đúng.")) from error


class FiguresForm(forms.Form):
    """Which figures are asked for."""

    unit = forms.CharField(widget=forms.HiddenInput, max_length=20)
    indicator = forms.MultipleChoiceField(
        label=_("Chỉ tiêu"), required=False, widget=forms.CheckboxSelectMultiple
    )
    by = forms.TypedChoiceField(choices=[*BREAKDOWNS.items()], coerce=By, widget=forms.HiddenInput)
    map = MapField(required=False)

    field_order = ["unit", "from", "to", "by", "map", "indicator"]

    def __init__(
        self, data: Mapping[str, Any], known: Sequence[Indicator], begins_at: Unit | None = None
    ) -> None:
        """``begins_at``: the unit of the data, where the reader has named none."""
        super().__init__(data)
        self.begins_at = begins_at
        for name, label in (("from", _("Từ ngày")), ("to", _("Đến ngày"))):
            self.fields[name] = DayField(label=label)
        self.order_fields(self.field_order)
        self.known = known
        by_group = groupby(sorted(known, key=_group_order), key=lambda each: each.group)
        choices = [
            (IndicatorGroup(group).label, [(each.code, each.title) for each in found])
            for group, found in by_group
        ]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]  # of its kind

    def read(self, unit: Unit) -> Question:
        told = self.cleaned_data
        chosen = tuple(told["indicator"])
        return Question(
            unit=unit,
            indicators=[each for each in self.known if not chosen or each.code in chosen],
            chosen=chosen,
            first=as_day(told["from"]),
            last=as_day(told["to"]),
            by=told["by"],
            on=told["map"],
        )


def _group_order(each: Indicator) -> int:
    return IndicatorGroup.values.index(each.group)


class IndicatorForm(forms.Form):
    """What is counted, in words."""

    code = forms.RegexField(
        r"^[a-z0-9]+([.-][a-z0-9]+)*$",
        label=_("Mã"),
        max_length=60,
        help_text=_("Chữ thường không dấu, ví dụ san-pham-len-san. Không đổi được về sau."),
    )
    name = forms.CharField(label=_("Tên"), max_length=120)
    group = forms.ChoiceField(label=_("Nhóm"), choices=IndicatorGroup.choices)
    unit_of_measure = forms.CharField(
        label=_("Đơn vị tính"), max_length=40, help_text=_("Ví dụ: lượt, người, tổ, sản phẩm.")
    )
    definition = forms.CharField(
        label=_("Định nghĩa"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Một cái được đếm là gì? Viết để người mới đọc cũng hiểu."),
    )
    counting_rule = forms.CharField(
        label=_("Cách đếm"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Đếm khi nào, ở đơn vị nào, thế nào thì chỉ đếm một lần?"),
    )
    name_en = forms.CharField(label=_("Tên tiếng Anh"), max_length=120, required=False)
    unit_of_measure_en = forms.CharField(
        label=_("Đơn vị tính tiếng Anh"), max_length=40, required=False
    )
    definition_en = forms.CharField(
        label=_("Định nghĩa tiếng Anh"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    counting_rule_en = forms.CharField(
        label=_("Cách đếm tiếng Anh"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    first_on = DayField(
        label=_("Đếm từ ngày"), required=False, help_text=_("Để trống: từ trước đến nay.")
    )
    last_on = DayField(
        label=_("Đếm đến hết ngày"), required=False, help_text=_("Để trống: chưa định ngày thôi.")
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found |= {name: _lines(found[name]) for name in _TEXTS if name in found}
        first, last = found.get("first_on"), found.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
        return found

    def read(self, kept: Indicator | None = None) -> IndicatorFacts:
        """The facts; position and nature are those that were, or a new flow's."""
        told = {name: self.cleaned_data[name] for name in _SAID}
        told["group"] = IndicatorGroup(told["group"])
        first, last = self.cleaned_data["first_on"], self.cleaned_data["last_on"]
        told["from_day"] = as_day(first) if first else FIRST_DAY
        told["to_day"] = day_after(as_day(last)) if last else LAST_DAY
        if kept is None:
            return IndicatorFacts(**told)
        nature = IndicatorNature(kept.nature)
        return IndicatorFacts(**told, nature=nature, position=kept.position)


_TEXTS = ("definition", "definition_en", "counting_rule", "counting_rule_en")
_SAID = (
    "code", "name", "name_en", "group", "unit_of_measure", "unit_of_measure_en", "definition",
    "definition_en", "counting_rule", "counting_rule_en",
)  # fmt: skip


class RewordIndicatorForm(IndicatorForm):
    """An indicator that is already counted; its code stays.

    Another definition or counting rule says from when, and why.
    """

    since = DayField(
        label=_("Định nghĩa và cách đếm mới có từ ngày"),
        required=False,
        help_text=_("Số liệu các ngày trước vẫn đi với bản cũ. Trong cùng một ngày là sửa lại."),
    )
    reason = forms.CharField(
        label=_("Vì sao đổi định nghĩa hoặc cách đếm"),
        max_length=300,
        required=False,
        help_text=_("Ví dụ: theo Công văn số 12-CV/TĐTN. Chỉ cần khi đổi hai mục ấy."),
    )

    field_order = [*_SAID[:7], "counting_rule", "since", "reason"]

    def __init__(self, *args: Any, kept: Indicator, today: date, **options: Any) -> None:
        said = {name: getattr(kept, name) for name in _SAID}
        days = {"first_on": _date_of(kept.from_day), "last_on": _last_of(kept.to_day)}
        options["initial"] = said | days | {"since": today}
        super().__init__(*args, **options)
        self.kept = kept
        self.fields["code"].disabled = True

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        same = [found.get(name) == getattr(self.kept, name) for name in _TEXTS[::2]]
        if not all(same) and not found.get("reason"):
            self.add_error("reason", _("Hãy ghi vì sao đổi, để người đọc số liệu sau này hiểu."))
        return found

    @property
    def since_day(self) -> int | None:
        since: date | None = self.cleaned_data["since"]
        return as_day(since) if since else None


def _lines(text: str) -> str:
    """As it is kept: a browser sends the lines of a text in its own way."""
    return text.replace("\r\n", "\n").strip()


def _date_of(day: int) -> date | None:
    return None if day == FIRST_DAY else as_date(day)


def _last_of(to_day: int) -> date | None:
    return None if to_day == LAST_DAY else as_date(day_before(to_day))
