"""What people type about deadlines' rules → facts. The rules are in ``services``."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.web.fields import DayField, HourField
from senhong.work.models import WorkRule
from senhong.work.services import RuleFacts
from senhong.work.services.rules import MOST_DAYS

_MOST_REMINDERS = 10  # before, and after


class DaysField(forms.CharField):
    """Numbers of days, with commas between."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        parts = text.replace(";", ",").replace(",", " ").split()
        if any(not part.isdecimal() or not 1 <= int(part) <= MOST_DAYS for part in parts):
            said = _("Hãy viết số ngày từ 1 đến {most}, cách nhau bằng dấu phẩy. Ví dụ: 3, 1.")
            raise forms.ValidationError(str(said).format(most=MOST_DAYS))
        days = sorted({int(part) for part in parts}, reverse=True)
        if len(days) > _MOST_REMINDERS:
            raise forms.ValidationError(_("Nhiều lần nhắc quá. Hãy chọn ít ngày hơn."))
        return ", ".join(map(str, days))


def days_of(text: str) -> list[int]:
    return [int(part) for part in text.split(", ") if part]


class WorkRuleForm(forms.Form):
    """How a unit, and those below it, deal with deadlines."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    due_hour = HourField(
        label=_("Giờ hạn"), help_text=_("Khi việc chỉ ghi ngày, hạn là giờ này của ngày ấy.")
    )
    before = DaysField(
        label=_("Nhắc trước hạn (ngày)"),
        required=False,
        help_text=_("Ví dụ: 3, 1. Rơi vào ngày nghỉ thì nhắc vào ngày làm việc liền trước."),
    )
    on_day = forms.BooleanField(label=_("Nhắc sáng ngày đến hạn"), required=False)
    after = DaysField(
        label=_("Nhắc sau hạn (ngày)"),
        required=False,
        help_text=_("Ví dụ: 1, 7. Rơi vào ngày nghỉ thì nhắc vào ngày làm việc kế tiếp."),
    )
    escalate_days = forms.IntegerField(
        label=_("Báo cấp trên khi quá hạn (ngày)"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("0: không báo."),
    )
    silent_days = forms.IntegerField(
        label=_("Coi là im lặng sau (ngày)"), min_value=0, max_value=MOST_DAYS
    )
    quiet_from = HourField(label=_("Giờ yên lặng từ"))
    quiet_to = HourField(
        label=_("Giờ yên lặng đến"),
        help_text=_("Thư và thông báo chờ tới hết giờ này. Hai giờ bằng nhau: không có."),
    )

    @classmethod
    def shown(cls, rule: WorkRule, id: object) -> "WorkRuleForm":
        """What holds now."""
        days = sorted(rule.remind_days, reverse=True)
        names = ("due_hour", "escalate_days", "silent_days", "quiet_from", "quiet_to")
        initial: dict[str, Any] = {name: getattr(rule, name) for name in names} | {
            "id": id,
            "before": ", ".join(str(day) for day in days if day > 0),
            "on_day": 0 in days,
            "after": ", ".join(str(-day) for day in days if day < 0),
        }
        return cls(initial=initial)

    def read(self) -> RuleFacts:
        said = dict(self.cleaned_data)
        days = days_of(said.pop("before")) + [0] * said.pop("on_day")
        days += [-day for day in days_of(said.pop("after"))]
        del said["id"]
        return RuleFacts(remind_days=days, **said)


class DayRuleForm(forms.Form):
    """A day on which a province works, or does not, otherwise than the calendar says."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    on = DayField(label=_("Ngày"))
    is_working = forms.TypedChoiceField(
        label=_("Ngày ấy"),
        choices=[("no", _("Nghỉ")), ("yes", _("Làm việc"))],
        coerce=lambda said: said == "yes",
        initial="no",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Vì sao"),
        max_length=200,
        required=False,
        help_text=_("Nghỉ Tết theo thông báo, làm bù…"),
    )
