"""Fields that the forms of every app share."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

FIRST_ON, LAST_ON = date(1930, 1, 1), date(2999, 12, 31)


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar. Years far away are slips of the finger."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not FIRST_ON <= value <= LAST_ON:
            raise forms.ValidationError(_("Hãy chọn một ngày từ năm 1930 đến năm 2999."))


class HourField(forms.TimeField):
    """A time of the day, chosen in the browser's own clock."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
