"""What people type about sending tasks down, and about reports and workbooks of them."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.org.models import Level, Unit
from senhong.web.fields import DayField
from senhong.work.models import Task
from senhong.work.queries.choosing import CHOOSING_RULES, Asked

_MOST_NAMES = 5000


class SendForm(forms.Form):
    """To whom, and until when."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    level = forms.ChoiceField(label=_("Cấp"), required=False)
    rule = forms.ChoiceField(label=_("Chỉ những đơn vị"), required=False)
    names = forms.CharField(
        label=_("Hoặc theo danh sách"),
        required=False,
        help_text=_("Mỗi dòng một đơn vị: tên, hoặc mã số. Dán thẳng từ Excel được."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = DayField(label=_("Hạn"), required=False)
    due_hour = forms.TimeField(
        label=_("Giờ hạn"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, task: Task, below: Sequence[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.task = task
        there = {unit.level for unit in below}
        levels = [(level.value, level.label) for level in Level if level in there]
        rules = [(key, rule.label) for key, rule in CHOOSING_RULES.items()]
        self.fields["level"].choices = [("", _("Mọi cấp bên dưới")), *levels]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["rule"].choices = [("", _("Tất cả")), *rules]  # type: ignore[attr-defined]  # a ChoiceField

    @classmethod
    def begun(cls, task: Task, below: Sequence[Unit]) -> "SendForm":
        """As it is first shown: the task's own deadline."""
        due = clock.as_said(task.due_at)
        initial: dict[str, Any] = {"id": uuid7()}
        if due is not None:
            initial |= {"due_on": due.date(), "due_hour": due.time()}
        return cls(initial=initial, task=task, below=below)

    def clean_names(self) -> list[str]:
        lines = re.split(r"[\n;\t]+", self.cleaned_data["names"])
        names = [line.strip() for line in lines if line.strip()]
        if len(names) > _MOST_NAMES:
            raise forms.ValidationError(_("Danh sách quá dài. Hãy chia làm vài lần."))
        return list(dict.fromkeys(names))

    def clean(self) -> dict[str, Any]:
        due_at = self.due_at
        if due_at is not None and self.task.starts_at and due_at <= self.task.starts_at:
            self.add_error("due_on", _("Hạn phải sau lúc bắt đầu nhiệm vụ. Hãy chọn lại."))
        return self.cleaned_data

    @property
    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(level=said["level"], rule=said["rule"], names=said["names"])

    @property
    def due_at(self) -> datetime | None:
        """None: the task's own."""
        on, hour = self.cleaned_data.get("due_on"), self.cleaned_data.get("due_hour")
        if on is None:
            return None
        own = clock.as_said(self.task.due_at)
        hour = hour or (own.time() if own else None)
        since = timedelta(hours=hour.hour, minutes=hour.minute) if hour else timedelta(hours=17)
        return clock.start_of(on) + since


class RemindSilentForm(forms.Form):
    """What the units that have not answered are told."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    words = forms.CharField(
        label=_("Lời nhắc"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReportForm(forms.Form):
    """What is counted, by what, in which days. The address is the question."""

    unit = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    by = forms.ChoiceField(label=_("Xếp theo"), required=False)
    plan = forms.ChoiceField(label=_("Kế hoạch"), required=False)
    first = DayField(label=_("Hạn từ ngày"), required=False)
    last = DayField(label=_("đến ngày"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        by: Sequence[tuple[str, Any]],
        plans: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        self.fields["by"].choices = by  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["plan"].choices = [("", _("Mọi kế hoạch")), *plans]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("Ngày cuối sớm hơn ngày đầu. Hãy chọn lại."))
        return self.cleaned_data
