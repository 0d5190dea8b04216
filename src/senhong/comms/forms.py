from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


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
