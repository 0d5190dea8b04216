from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class UnreadableText(DomainError):
    """Text that people write holds no NUL character."""

    code = "unreadable-text"
    status = 400
    message = _("Dữ liệu gửi lên có ký tự không đọc được. Hãy gõ lại rồi gửi.")


@dataclass(eq=False, kw_only=True)
class UnreadableJson(DomainError):
    """What a program sends is JSON in UTF-8."""

    code = "unreadable-json"
    status = 400
    message = _("Không đọc được JSON gửi lên. Hãy kiểm tra dấu ngoặc, dấu phẩy và mã UTF-8.")


@dataclass(eq=False, kw_only=True)
class UnreadableRequest(DomainError):
    """A request keeps to the limits and forms of the protocol."""

    code = "unreadable-request"
    status = 400
    message = _("Máy chủ không đọc được yêu cầu này. Hãy đi lại từ trang đầu, gửi ít hơn mỗi lần.")


@dataclass(eq=False, kw_only=True)
class MethodNotAllowed(DomainError):
    """An address knows only some methods; the header Allow names them."""

    code = "method-not-allowed"
    status = 405
    message = _(
        "Địa chỉ này không mở trực tiếp được. Hãy đi từ trang đầu rồi bấm nút; "
        "chương trình thì xem tiêu đề Allow."
    )


@dataclass(eq=False, kw_only=True)
class FormExpired(DomainError):
    """A form is sent from our own page, by the browser and the sign-in that opened it."""

    code = "form-expired"
    status = 403
    message = _("Trang này mở đã lâu, hoặc bạn vừa đăng nhập lại. Hãy quay lại, tải lại rồi gửi.")


@dataclass(eq=False, kw_only=True)
class Broken(DomainError):
    """Something broke at the server; what was acknowledged is kept."""

    code = "broken"
    status = 500
    message = _("Có sự cố ở phía máy chủ. Hãy gửi lại sau ít phút, với cùng mã id.")
