from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.accounts.models import User
from senhong.accounts.queries import find_user
from senhong.core import clock
from senhong.core.days import as_day
from senhong.core.ids import uuid7
from senhong.org.models import Role
from senhong.people.models import Member, MembershipRole, TeamKind
from senhong.web.fields import DayField


class TeamForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    name = forms.CharField(label=_("Tên tổ, đội hình"), max_length=200)
    kind = forms.TypedChoiceField(
        label=_("Loại"),
        choices=TeamKind,
        coerce=TeamKind,
        initial=TeamKind.COMMUNITY,
        widget=forms.RadioSelect,
    )
    from_day = DayField(label=_("Lập từ ngày"), initial=clock.today)


class MemberForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    full_name = forms.CharField(
        label=_("Họ và tên"),
        max_length=100,
        help_text=_("Viết như chính người ấy viết, đủ dấu."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    joined_on = DayField(label=_("Tham gia từ ngày"), initial=clock.today)


class JoinForm(forms.Form):
    """Who joins is chosen among the members that a search found."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    member = forms.UUIDField(label=_("Ai"), widget=forms.RadioSelect)
    role = forms.TypedChoiceField(
        label=_("Vai trò"),
        choices=MembershipRole,
        coerce=MembershipRole,
        initial=MembershipRole.MEMBER,
        widget=forms.RadioSelect,
    )
    from_day = DayField(label=_("Từ ngày"), initial=clock.today)

    def __init__(self, *args: Any, found: dict[Member, str], **options: Any) -> None:
        super().__init__(*args, **options)
        people = [(str(member.pk), f"{member} · {unit}") for member, unit in found.items()]
        self.fields["member"].widget.choices = people


class EndForm(forms.Form):
    """When something ends: the first day on which it is no more."""

    on = DayField(
        label=_("Thôi từ ngày"),
        initial=clock.today,
        help_text=_("Từ ngày này không còn tính nữa; ngày trước đó vẫn tính."),
    )


class AccountForm(forms.Form):
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=50,
        help_text=_("Chữ không dấu, chữ số, dấu chấm, gạch nối."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class RoleForm(forms.Form):
    """A role for an account that exists, or for a new one."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    role = forms.TypedChoiceField(label=_("Vai trò"), coerce=Role, widget=forms.RadioSelect)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=50,
        help_text=_("Của tài khoản đã có, hoặc tên mới: chữ không dấu, chữ số, dấu chấm."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    full_name = forms.CharField(
        label=_("Họ và tên (chỉ khi mở tài khoản mới)"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **options: Any) -> None:
        super().__init__(*args, **options)
        self.holder: User | None = None  # None: a new account
        choices = [(role.value, role.label) for role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "username" not in said:
            return said
        self.holder = find_user(said["username"])
        if self.holder is None and not said.get("full_name"):
            text = _("Chưa có tài khoản này. Để mở tài khoản mới, hãy ghi họ và tên.")
            self.add_error("full_name", text)
        if self.holder is not None and said.get("full_name"):
            text = _("Tên này đã có tài khoản. Hãy để trống họ và tên, hoặc đặt tên khác.")
            self.add_error("username", text)
        return said


class PartnerForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    name = forms.CharField(
        label=_("Tên sở, ngân hàng, nhà mạng…"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    from_day = DayField(label=_("Phối hợp từ ngày"), initial=clock.today)

    def read(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"name": said["name"], "from_day": as_day(said["from_day"])}
