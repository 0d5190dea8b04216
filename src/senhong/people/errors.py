from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class NotAName(DomainError):
    """A member or a team is called by a name, not by a number."""

    code = "not-a-name"
    status = 422
    message = _("Hãy ghi tên bằng chữ, đầy đủ dấu; không ghi số điện thoại hay số giấy tờ.")


@dataclass(eq=False, kw_only=True)
class UnitNotStanding(DomainError):
    """A team is formed by a unit that stands on that day."""

    unit: str
    on: date
    code = "unit-not-standing"
    status = 422
    message = _(
        "{unit} không có trên bản đồ đơn vị ngày {on}. Hãy chọn ngày khác hoặc đơn vị khác."
    )


@dataclass(eq=False, kw_only=True)
class EndsBeforeItBegins(DomainError):
    """What ends has lasted at least a day."""

    begins_on: date
    code = "ends-before-it-begins"
    status = 422
    message = _("Ngày thôi phải sau ngày bắt đầu ({begins_on}). Hãy chọn ngày muộn hơn.")


@dataclass(eq=False, kw_only=True)
class OutsideTeamDays(DomainError):
    """Who joins a team joins while it stands."""

    team: str
    on: date
    code = "outside-team-days"
    status = 422
    message = _("“{team}” chưa lập hoặc đã giải thể vào ngày {on}. Hãy chọn ngày khác.")


@dataclass(eq=False, kw_only=True)
class AlreadyInTeam(DomainError):
    """A member is in a team once at a time."""

    team: str
    code = "already-in-team"
    message = _("Người này đã ở trong “{team}” vào thời gian đó. Hãy cho thôi trước, rồi ghi lại.")


@dataclass(eq=False, kw_only=True)
class MemberHasLeft(DomainError):
    """Who has left takes part again only after coming back."""

    left_on: date
    code = "member-has-left"
    message = _("Người này đã thôi tham gia từ {left_on}. Hãy ghi tham gia lại trước.")


@dataclass(eq=False, kw_only=True)
class AccountAlreadyLinked(DomainError):
    """One person, one member, one account."""

    code = "account-already-linked"
    message = _("Thành viên hoặc tài khoản này đã gắn với người khác. Hãy kiểm tra lại tên.")


@dataclass(eq=False, kw_only=True)
class NoAccount(DomainError):
    """Only who has an account gets a password."""

    code = "no-account"
    message = _("Thành viên này chưa có tài khoản. Hãy mở tài khoản trước.")


@dataclass(eq=False, kw_only=True)
class MayDoMoreThanYou(DomainError):
    """Nobody opens the account of somebody who may do more than she."""

    code = "may-do-more-than-you"
    status = 403
    message = _(
        "Người này giữ quyền mà bạn không giữ. Hãy nhờ văn phòng cấp trên đặt lại mật khẩu."
    )
