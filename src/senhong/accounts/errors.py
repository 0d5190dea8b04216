from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class UsernameTaken(DomainError):
    """Two people never share a user name."""

    username: str
    code = "username-taken"
    message = _("Tên đăng nhập {username} đã có người dùng. Hãy chọn tên khác.")


@dataclass(eq=False, kw_only=True)
class UsernameNotAllowed(DomainError):
    """A user name can be typed on any keyboard."""

    username: str
    code = "username-not-allowed"
    status = 422
    message = _(
        "Tên đăng nhập “{username}” chưa dùng được. "
        "Hãy dùng chữ không dấu, chữ số, dấu chấm, gạch nối; "
        "tối đa 50 ký tự, không có khoảng trắng."
    )


@dataclass(eq=False, kw_only=True)
class WeakPassword(DomainError):
    """A password must not be easy to guess."""

    reasons: str  # what is wrong with it, in sentences; never the password
    code = "weak-password"
    status = 422
    message = _("Mật khẩu này dễ đoán: {reasons} Hãy đặt mật khẩu khác.")


@dataclass(eq=False, kw_only=True)
class AccountInactive(DomainError):
    """A closed account gets neither a password nor a token."""

    username: str
    code = "account-inactive"
    message = _("Tài khoản {username} đã khóa. Hãy mở lại tài khoản trước.")


@dataclass(eq=False, kw_only=True)
class TokenAlreadyShown(DomainError):
    """A token is shown once, when it is issued."""

    name: str
    code = "token-already-shown"
    message = _(
        "Mã “{name}” đã được cấp và chỉ hiện một lần. "
        "Nếu chưa kịp chép, hãy thu hồi mã ấy rồi cấp mã khác."
    )


@dataclass(eq=False, kw_only=True)
class PasswordMustChange(DomainError):
    """A one-time password opens only the page where one's own is set."""

    code = "password-must-change"
    status = 403
    message = _("Mật khẩu này chỉ dùng một lần. Hãy đặt mật khẩu của riêng bạn trước.")


@dataclass(eq=False, kw_only=True)
class CsrfMissing(DomainError):
    """A signed-in browser proves with its CSRF token that our own page asks."""

    code = "csrf-missing"
    status = 403
    message = _(
        "Thiếu mã chống giả mạo. Hãy gửi giá trị của cookie csrftoken trong tiêu đề X-CSRFToken, "
        "hoặc dùng mã truy cập (Authorization: Bearer)."
    )


@dataclass(eq=False, kw_only=True)
class AlreadyNamed(DomainError):
    """Who has a user name keeps it."""

    username: str
    code = "already-named"
    message = _("Tài khoản này đã có tên đăng nhập {username}. Hãy đặt lại mật khẩu nếu quên.")


@dataclass(eq=False, kw_only=True)
class LinkSpent(DomainError):
    """A one-time link signs in one phone."""

    code = "link-spent"
    status = 422
    message = _(
        "Liên kết này không dùng được nữa: mỗi liên kết chỉ mở một máy, một lần. "
        "Hãy nhờ tổ trưởng cho liên kết khác."
    )


@dataclass(eq=False, kw_only=True)
class LinkExpired(DomainError):
    """A one-time link opens for ten minutes."""

    code = "link-expired"
    status = 422
    message = _("Liên kết này đã quá 10 phút. Hãy lấy liên kết khác rồi mở ngay.")


@dataclass(eq=False, kw_only=True)
class TooManyTries(DomainError):
    """From one address not everything is asked at once."""

    code = "too-many-tries"
    status = 429
    message = _("Đang có quá nhiều lượt gửi từ cùng một nơi. Hãy đợi một phút rồi thử lại.")
