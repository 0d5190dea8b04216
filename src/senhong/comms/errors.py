from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class NobodyToRemind(DomainError):
    """A reminder goes to at least one unit."""

    code = "nobody-to-remind"
    status = 422
    message = _("Chưa chọn đơn vị nào. Hãy đánh dấu ít nhất một đơn vị để nhắc.")


@dataclass(eq=False, kw_only=True)
class ReminderWithoutWords(DomainError):
    """A reminder says what it asks for."""

    code = "reminder-without-words"
    status = 422
    message = _("Lời nhắc còn trống. Hãy viết một câu để đơn vị biết cần làm gì.")


@dataclass(eq=False, kw_only=True)
class PushServiceUnknown(DomainError):
    """Notes to phones go to the push services of browsers and nowhere else."""

    code = "push-service-unknown"
    status = 422
    message = _(
        "Dịch vụ thông báo của trình duyệt này chưa được hỗ trợ. Hãy dùng Chrome, Firefox hoặc "
        "Safari."
    )


@dataclass(eq=False, kw_only=True)
class PushKeysUnusable(DomainError):
    """A browser that takes notes says how to write to it: its key, and a secret."""

    code = "push-keys-unusable"
    status = 422
    message = _("Trình duyệt gửi khóa không dùng được. Hãy tắt rồi bật lại thông báo.")


@dataclass(eq=False, kw_only=True)
class EmailLinkUnusable(DomainError):
    """The link in the letter holds for a week, and for the address that is still chosen."""

    code = "email-link-unusable"
    status = 422
    message = _("Liên kết này không còn dùng được. Hãy nhập lại địa chỉ thư ở trang Cách nhận tin.")


@dataclass(eq=False, kw_only=True)
class TooManyAddresses(DomainError):
    """Nobody has letters sent to many addresses in a day."""

    code = "too-many-addresses"
    message = _("Hôm nay bạn đã đổi địa chỉ thư nhiều lần. Hãy thử lại vào ngày mai.")
