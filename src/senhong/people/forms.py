from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from senhong.accounts.models import User
from senhong.accounts.queries import find_user
from senhong.core import clock
from senhong.core.days import FIRST_DAY, LAST_DAY, as_date, as_day, day_after, day_before
from senhong.core.errors import DomainError
from senhong.core.ids import derived_id, uuid7
from senhong.org.models import Partner, Role, RoleGrant
from senhong.people.models import JoinCode, Member, MembershipRole, TeamKind
from senhong.people.names import checked_name, checked_phone
from senhong.people.services import Asking
from senhong.web.fields import DayField
from senhong.web.workbooks import ACCEPT

T = TypeVar("T")


def _said_by(check: Callable[[str], T], text: str) -> T:
    """What a rule makes of the text; a mistake is said at the field."""
    try:
        return check(text)
    except DomainError as mistake:
        raise forms.ValidationError(str(mistake)) from mistake


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
    distinction = forms.CharField(
        label=_("Phân biệt với người cùng tên"),
        max_length=50,
        required=False,
        help_text=_("Ví dụ: ấp 3, tên thường gọi. Không ghi số điện thoại hay số giấy tờ."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ReturnForm(forms.Form):
    """When somebody who had left takes part again."""

    on = DayField(label=_("Tham gia lại từ ngày"), initial=clock.today)


class MoveForm(forms.Form):
    """Where somebody takes part from now on."""

    unit = forms.ChoiceField(label=_("Chuyển sang"))
    on = DayField(label=_("Từ ngày"), initial=clock.today)
    leaves_teams = forms.BooleanField(
        label=_("Thôi ở các tổ của đơn vị cũ từ ngày ấy"), required=False, initial=True
    )

    def __init__(self, *args: Any, units: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("Hãy chọn")), *units.items()]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    """That two entries are one person; where both have accounts, which one stays."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    account = forms.TypedChoiceField(
        label=_("Giữ tài khoản nào? Tài khoản kia bị khóa, vai trò của nó chuyển sang."),
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, accounts: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.accounts = accounts
        if len(accounts) < 2:
            del self.fields["account"]
        else:
            choices = [(user.pk, user.username) for user in accounts]
            self.fields["account"].choices = choices  # type: ignore[attr-defined]

    @property
    def given_up(self) -> User | None:
        kept = self.cleaned_data.get("account")
        return next((user for user in self.accounts if kept and user.pk != kept), None)


class ListForm(forms.Form):
    """A list of members in a workbook."""

    file = forms.FileField(
        label=_("Tệp Excel"),
        help_text=_("Kiểu .xlsx, có cột Họ và tên. Tiêu đề, dòng tổng và cột khác cứ để nguyên."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )


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


class AskForm(forms.Form):
    """What a stranger says who asks to be in a team.

    ``once`` never leaves her browser: from it the id of her asking follows, and not the other
    way, so that only she can send the same form again.
    """

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    full_name = forms.CharField(
        label=_("Họ và tên"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=20,
        required=False,
        help_text=_(
            "Chỉ để tổ trưởng gọi cho bạn. Ghi số là bạn đồng ý cho Sen Hồng giữ số ấy: mã hóa, "
            "xóa sau 90 ngày kể từ khi bạn rời tổ, xóa ngay nếu tổ không nhận."
        ),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_full_name(self) -> str:
        return _said_by(checked_name, self.cleaned_data["full_name"])

    def clean_phone(self) -> str:
        return _said_by(checked_phone, self.cleaned_data["phone"]) or ""

    def read(self, code: JoinCode) -> tuple[UUID, JoinCode, Asking]:
        said = self.cleaned_data
        asking = Asking(full_name=said["full_name"], phone=said["phone"])
        return derived_id(said["once"], "newcomer"), code, asking


class OnceForm(forms.Form):
    """That something is wanted, once: to be in a team, a new word, a link."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class OtherAccountForm(forms.Form):
    """Which account somebody had before she came in by the word of a team."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    username = forms.CharField(
        label=_("Tên đăng nhập của tài khoản kia"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean_username(self) -> str:
        self.other = find_user(self.cleaned_data["username"])
        if self.other is None:
            raise forms.ValidationError(_("Không có tài khoản này. Hãy kiểm tra lại tên."))
        return self.other.username


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
    until = DayField(
        label=_("Đến hết ngày"),
        required=False,
        help_text=_("Để trống nếu chưa biết; khi cần thì thu lại."),
    )

    def __init__(
        self, *args: Any, roles: Sequence[Role], held: Sequence[RoleGrant], **options: Any
    ) -> None:
        """``held``: by whom at the unit already."""
        super().__init__(*args, **options)
        self.held = held
        self.holder: User | None = None  # None: a new account
        choices = [(role.value, role.label) for role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < clock.today():
            raise forms.ValidationError(_("Ngày này đã qua. Hãy chọn hôm nay hoặc một ngày sau."))
        return until

    @property
    def to_day(self) -> int:
        until = self.cleaned_data["until"]
        return LAST_DAY if until is None else day_after(as_day(until))

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
        if self.holder is not None and self._holds_it(self.holder, said):
            text = _("Người này đang giữ vai trò ấy ở đây. Muốn đổi ngày, hãy thôi giao trước.")
            self.add_error("role", text)
        return said

    def _holds_it(self, user: User, said: Mapping[str, Any]) -> bool:
        """By another act than this one: who sends twice gives once."""
        asked = (user.pk, said.get("role"))
        others = (grant for grant in self.held if grant.pk != said.get("id"))
        return any((grant.user_id, grant.role) == asked for grant in others)


def _period(said: Mapping[str, Any]) -> dict[str, int]:
    """From the first day, or ever since, to the last, or for good."""
    first, last = said["from_day"], said["last_on"]
    return {
        "from_day": FIRST_DAY if first is None else as_day(first),
        "to_day": LAST_DAY if last is None else day_after(as_day(last)),
    }


class _PeriodForm(forms.Form):
    """Two days, both included, of which the second may be left out."""

    last_on = DayField(
        label=_("Phối hợp đến hết ngày"),
        required=False,
        help_text=_("Để trống nếu còn phối hợp."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("from_day"), said.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
        return said


class PartnerForm(_PeriodForm):
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    name = forms.CharField(
        label=_("Tên sở, ngân hàng, nhà mạng…"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    from_day = DayField(label=_("Phối hợp từ ngày"), initial=clock.today)

    field_order = ["id", "name", "from_day", "last_on"]

    def read(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"], **_period(self.cleaned_data)}


class PartnerNameForm(_PeriodForm):
    """What a partner is called, and since when it takes part (unknown: since ever), until when.

    Where another carries on its work, the last day is the eve of that.
    """

    name = forms.CharField(
        label=_("Tên"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    from_day = DayField(label=_("Phối hợp từ ngày"), required=False)

    field_order = ["name", "from_day", "last_on"]

    def __init__(self, *args: Any, partner: Partner, **options: Any) -> None:
        first = None if partner.from_day == FIRST_DAY else as_date(partner.from_day)
        last = None if partner.to_day == LAST_DAY else as_date(day_before(partner.to_day))
        options["initial"] = {"name": partner.name, "from_day": first, "last_on": last}
        super().__init__(*args, **options)
        if partner.successor is not None:
            self.fields["last_on"].disabled = True
            self.fields["last_on"].help_text = _("Là ngày trước ngày nơi kế thừa bắt đầu.")

    def read(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"], **_period(self.cleaned_data)}


class SuccessorForm(forms.Form):
    """Who carries on a partner's work, from which day."""

    successor = forms.ChoiceField(label=_("Cơ quan kế thừa"))
    on = DayField(label=_("Kế thừa từ ngày"), initial=clock.today)

    def __init__(self, *args: Any, partners: Sequence[Partner], **options: Any) -> None:
        super().__init__(*args, **options)
        self.partners = {str(partner.pk): partner for partner in partners}
        choices = [(id, partner.name) for id, partner in self.partners.items()]
        self.fields["successor"].choices = [("", _("Hãy chọn")), *choices]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Partner:
        return self.partners[self.cleaned_data["successor"]]
