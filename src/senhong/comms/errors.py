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
