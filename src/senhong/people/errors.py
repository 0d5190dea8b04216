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


@dataclass(eq=False, kw_only=True)
class DistinctionTooLong(DomainError):
    """What tells namesakes apart is a word or two, never a number of a person."""

    code = "distinction-too-long"
    status = 422
    message = _(
        "Mục phân biệt chỉ ghi ngắn, ví dụ: ấp 3, tên thường gọi. "
        "Không ghi số điện thoại hay số giấy tờ."
    )


@dataclass(eq=False, kw_only=True)
class BackBeforeLeaving(DomainError):
    """Who comes back comes after she left."""

    left_on: date
    code = "back-before-leaving"
    status = 422
    message = _("Người này thôi từ {left_on}. Hãy chọn ngày trở lại từ ngày ấy về sau.")


@dataclass(eq=False, kw_only=True)
class MoveAhead(DomainError):
    """A move between units is written down when it has happened."""

    on: date
    code = "move-ahead"
    status = 422
    message = _("{on} chưa tới. Hãy ghi chuyển đơn vị khi người ấy đã chuyển.")


@dataclass(eq=False, kw_only=True)
class SamePerson(DomainError):
    """Two entries are merged, not one with itself."""

    code = "same-person"
    status = 422
    message = _("Đây là một mục, không phải hai. Hãy chọn mục kia.")


@dataclass(eq=False, kw_only=True)
class AlreadyMerged(DomainError):
    """An entry is merged once, into one that stands."""

    code = "already-merged"
    message = _("Mục này đã được gộp trước đó. Hãy tải lại danh sách.")


@dataclass(eq=False, kw_only=True)
class TwoAccounts(DomainError):
    """One person keeps one account."""

    code = "two-accounts"
    message = _("Cả hai mục đều có tài khoản. Hãy chọn tài khoản để giữ; tài khoản kia sẽ bị khóa.")


@dataclass(eq=False, kw_only=True)
class ImportRefused(DomainError):
    """A list of members is taken in whole or not at all."""

    rows: int
    code = "import-refused"
    status = 422
    message = _("Còn {rows} dòng chưa đúng, nên chưa ghi gì. Hãy sửa trong tệp Excel rồi gửi lại.")


@dataclass(eq=False, kw_only=True)
class ImportTooLong(DomainError):
    """A list of members is as long as a unit has members."""

    most: int
    code = "import-too-long"
    status = 422
    message = _("Danh sách dài hơn {most} người. Hãy tách theo từng đơn vị rồi gửi từng tệp.")


@dataclass(eq=False, kw_only=True)
class ImportChanged(DomainError):
    """A list is confirmed as it was shown."""

    code = "import-changed"
    message = _("Danh sách đã xem không còn dùng được. Hãy gửi lại tệp và xem lại trước khi ghi.")


@dataclass(eq=False, kw_only=True)
class NotAPhone(DomainError):
    """A phone number is one that can be called from Việt Nam."""

    code = "not-a-phone"
    status = 422
    message = _("Số điện thoại chưa đúng. Hãy gõ lại, hoặc để trống.")


@dataclass(eq=False, kw_only=True)
class JoinCodeUnknown(DomainError):
    """Only the word that a team uses now leads to it."""

    code = "join-code-unknown"
    status = 404
    message = _(
        "Mã vào tổ này không dùng được, hoặc đã được đổi. Hãy hỏi lại tổ trưởng mã đang dùng."
    )


@dataclass(eq=False, kw_only=True)
class TooManyWait(DomainError):
    """A team's list of newcomers stays short enough to be read."""

    team: str
    code = "too-many-wait"
    message = _(
        "“{team}” đang có nhiều người chờ xác nhận. Hãy nhắc tổ trưởng xác nhận bớt, rồi gửi lại."
    )


@dataclass(eq=False, kw_only=True)
class AlreadyDecided(DomainError):
    """A newcomer is confirmed or refused once."""

    code = "already-decided"
    message = _("Có người đã quyết định về người này rồi. Hãy tải lại danh sách.")


@dataclass(eq=False, kw_only=True)
class NotHerself(DomainError):
    """A newcomer is taken for a member of the team's own unit, who may do no more than you."""

    code = "not-herself"
    status = 403
    message = _(
        "Bạn không ghép được người mới với thành viên này. Hãy xác nhận như người mới, rồi nhờ "
        "bí thư gộp hai mục."
    )
