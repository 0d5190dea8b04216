from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class UnreadableText(DomainError):
    """Text that people write holds no NUL character."""

    code = "unreadable-text"
    status = 400
    message = _("Dữ liệu gửi lên có ký tự không đọc được. Hãy gõ lại rồi gửi.")
