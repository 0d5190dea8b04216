"""Errors that the person who acted can understand and act on."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from senhong.core import clock


@dataclass(eq=False, kw_only=True)
class DomainError(Exception):
    """A rule of the movement was not met.

    ``code`` is part of the public API: clients branch on it, so it never changes.
    ``message`` is shown to people; it may name any field of the error.
    """

    code: ClassVar[str]
    status: ClassVar[int] = 409
    message: ClassVar[str | Promise]

    @property
    def params(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __str__(self) -> str:
        shown = {name: localize(clock.as_said(value)) for name, value in self.params.items()}
        return str(self.message).format_map(shown)


@dataclass(eq=False, kw_only=True)
class NotFound(DomainError):
    """There is no such thing, or the actor may not know that there is."""

    what: str | Promise
    code = "not-found"
    status = 404
    message = _("Không tìm thấy {what}.")


@dataclass(eq=False, kw_only=True)
class Forbidden(DomainError):
    """The actor may see the thing but may not do this to it."""

    verb: str
    code = "forbidden"
    status = 403
    message = _("Bạn không có quyền làm việc này. Nếu cần, hãy hỏi văn phòng cấp trên của bạn.")


@dataclass(eq=False, kw_only=True)
class IdReused(DomainError):
    """An id made by the client names one act for ever; other facts need another id."""

    id: str
    code = "id-reused"
    message = _("Mã {id} đã dùng cho một lượt ghi khác. Hãy tải lại trang rồi ghi lại.")


@dataclass(eq=False, kw_only=True)
class EncryptionKeyMissing(DomainError):
    """What was encrypted is read with the key under which it was kept."""

    key: str  # its id, which tells nothing of the key
    code = "encryption-key-missing"
    status = 500
    message = _(
        "Máy chủ thiếu khóa mã hóa {key}, nên chưa đọc được dữ liệu riêng. "
        "Hãy báo người quản trị đưa khóa ấy trở lại FIELD_KEYS."
    )


@dataclass(eq=False, kw_only=True)
class EncryptedTextBroken(DomainError):
    """What was encrypted is read as it was kept, where it was kept."""

    about: str  # model and column
    code = "encrypted-text-broken"
    status = 500
    message = _("Dữ liệu mã hóa ở {about} bị hỏng. Hãy báo người quản trị khôi phục từ bản lưu.")


@dataclass(eq=False, kw_only=True)
class UnknownCursor(DomainError):
    """A list goes on after something that is in it."""

    after: str
    code = "unknown-cursor"
    status = 422
    message = _("Không biết chỗ xem tiếp này: {after}. Hãy xem lại danh sách từ đầu.")
