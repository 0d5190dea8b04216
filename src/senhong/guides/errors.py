from dataclasses import dataclass
from datetime import date

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
    """The code of a service stays as it is: figures are counted by it."""

    service: str
    code = "service-fixed"
    message = _(
        "Không đổi được mã của “{service}”, vì số liệu đếm theo mã ấy. Hãy ngừng hướng dẫn việc "
        "này và thêm một việc mới."
    )


@dataclass(eq=False, kw_only=True)
class PlatformChangeTooSoon(DomainError):
    """A service becomes a platform, or ceases to be one, tomorrow at the earliest: what has been
    counted stays."""

    service: str
    from_on: date
    code = "platform-change-too-soon"
    status = 422
    message = _(
        "Số liệu đến hết hôm nay đã đếm theo cách cũ, nên “{service}” chỉ đổi được từ ngày mai trở "
        "đi, không từ {from_on}. Hãy chọn ngày khác."
    )
