from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from senhong.core.ids import uuid7
from senhong.org.models import Unit


class StartForm(forms.Form):
    """Whose installation this is, and who looks after it first."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    province = forms.ChoiceField(label=_("Tỉnh, thành phố"))
    full_name = forms.CharField(
        label=_("Họ và tên người quản trị"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=50,
        help_text=_("Chữ thường không dấu và chữ số, ví dụ: vanphong."),
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        help_text=_("Ít nhất 8 ký tự, không chỉ có số. Một câu ngắn dễ nhớ là tốt nhất."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, provinces: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(unit.key, unit.title) for unit in provinces]
        self.fields["province"] = forms.ChoiceField(
            label=_("Tỉnh, thành phố"), choices=[("", _("Hãy chọn")), *choices]
        )
        self.order_fields(["id", "province"])

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
