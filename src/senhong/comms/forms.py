from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from senhong.comms.quiet import Quiet
from senhong.web.fields import HourField


class MessageSettingsForm(forms.Form):
    by_email = forms.BooleanField(label=_("Nhận cả qua thư điện tử"), required=False)
    email = forms.EmailField(
        label=_("Địa chỉ thư"),
        required=False,
        max_length=254,
        help_text=_("Địa chỉ mới cần bấm một liên kết trong thư đầu tiên."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(label=_("Tin viết bằng"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.EMAIL_URL:
            del self.fields["by_email"], self.fields["email"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("by_email") and not said.get("email") and "email" not in self.errors:
            self.add_error("email", _("Hãy viết địa chỉ thư, hoặc bỏ đánh dấu ở trên."))
        return said


class TopicsForm(forms.Form):
    """Which topic is wanted where: one box for each, ticked where it is wanted; and when not."""

    quiet_from = HourField(label=_("Yên lặng từ"), required=False)
    quiet_to = HourField(label=_("Yên lặng đến"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("quiet_from"), said.get("quiet_to")
        if (first is None) != (last is None) and not self.errors:
            name = "quiet_to" if last is None else "quiet_from"
            self.add_error(name, _("Hãy chọn cả hai giờ, hoặc để trống cả hai."))
        return said

    def quiet(self) -> Quiet | None:
        """The hours that were typed; None where there are none."""
        first, last = self.cleaned_data["quiet_from"], self.cleaned_data["quiet_to"]
        return Quiet(first, last) if first is not None and last is not None else None
