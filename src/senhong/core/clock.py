"""The one place that reads the time."""

from datetime import date, datetime

from django.utils import timezone


def today() -> date:
    """Today in the province (``settings.TIME_ZONE``), not in UTC."""
    return timezone.localdate()


def now() -> datetime:
    """This instant, in UTC."""
    return timezone.now()


def date_of(instant: datetime) -> date:
    """The day in the province on which an instant falls."""
    return timezone.localdate(instant)
