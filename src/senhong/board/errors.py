from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from senhong.core.errors import DomainError


@dataclass(eq=False, kw_only=True)
class ReadingDayNotAllowed(DomainError):
    """The demo clock stands on a day that has been."""

    first_on: date
    last_on: date
    code = "reading-day-not-allowed"
    status = 422
    message = _("Hãy chọn một ngày từ {first_on} đến {last_on}.")
