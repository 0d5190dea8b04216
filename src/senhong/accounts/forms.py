from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.core.ids import uuid7


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label, password.label = _("Tên đăng nhập"), _("Mật khẩu")
        name.widget.attrs = {"autocomplete": "username", "autocapitalize": "none"}
        password.widget.attrs = {"autocomplete": "current-password"}
        password.help_text = ""


class OwnPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth is untyped
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now, new, again = (self.fields[name] for name in ("oldpassword", "password1", "password2"))
        now.label, new.label = _("Mật khẩu đang dùng"), _("Mật khẩu mới")
        again.label = _("Gõ lại mật khẩu mới")
        now.help_text = _("Nếu văn phòng vừa đặt lại mật khẩu: gõ mật khẩu dùng một lần.")
        new.help_text = _("Ít nhất 8 ký tự, không chỉ có số. Một câu ngắn dễ nhớ là tốt nhất.")
        for field in (now, new, again):
            field.widget.attrs.pop("placeholder", None)


class TokenForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    name = forms.CharField(
        label=_("Dùng vào việc gì"),
        max_length=100,
        help_text=_("Ví dụ: bảng tính của văn phòng."),
    )


class LinkForm(forms.Form):
    """That a one-time link is wanted."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
