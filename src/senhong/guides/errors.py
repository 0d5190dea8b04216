from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class ServiceCodeTaken(DomainError):
    """A code names one service for ever."""

    service: str
    code = "service-code-taken"
    message = _("Mã “{service}” đã dùng cho một việc khác. Hãy chọn mã khác.")


@dataclass(eq=False, kw_only=True)
class ServiceFixed(DomainError):
    """Code and being a platform stay as they are: figures were counted by them."""

    service: str
    code = "service-fixed"
    message = _(
        "Không đổi được mã, hay việc “{service}” có là nền tảng số hay không, vì số liệu đã tính "
        "theo đó. Hãy ngừng hướng dẫn việc này và thêm một việc mới."
    )
