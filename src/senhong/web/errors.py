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


@dataclass(eq=False, kw_only=True)
class WorkbookUnreadable(DomainError):
    """A table comes in a workbook of today's Excel (.xlsx)."""

    code = "workbook-unreadable"
    status = 422
    message = _(
        "Không đọc được tệp này như một bảng Excel. Hãy mở bằng Excel, "
        "lưu lại thành tệp .xlsx rồi gửi."
    )


@dataclass(eq=False, kw_only=True)
class WorkbookOld(DomainError):
    """A workbook is neither of an Excel before 2007 nor locked with a password."""

    code = "workbook-old"
    status = 422
    message = _(
        "Tệp này là Excel đời cũ (.xls) hoặc có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu, "
        "chọn Lưu thành, kiểu .xlsx, rồi gửi tệp mới."
    )


@dataclass(eq=False, kw_only=True)
class WorkbookTooLarge(DomainError):
    """A workbook is read while somebody waits, so it has a largest size."""

    most_mb: float
    most_rows: int
    code = "workbook-too-large"
    status = 422
    message = _(
        "Tệp quá lớn: nhiều nhất {most_mb} MB và {most_rows} dòng. "
        "Hãy bỏ hình ảnh, trang thừa hoặc tách thành nhiều tệp."
    )


@dataclass(eq=False, kw_only=True)
class WorkbookColumnsMissing(DomainError):
    """A table has the columns that it is read by."""

    columns: str  # their names, as they are asked for
    code = "workbook-columns-missing"
    status = 422
    message = _(
        "Không thấy cột {columns} trong 15 dòng đầu. Hãy đặt tên cột đúng như vậy, "
        "hoặc tải tệp mẫu về điền."
    )
