"""How long, and when, one continuous session may be."""

from datetime import UTC, datetime, timedelta

from senhong.activities.errors import ActivityTooLong, EndsBeforeStart, HoursOutOfRange

YEARS = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
MOST_DAYS = 31


def check_hours(starts_at: datetime, ends_at: datetime) -> None:
    """One session, in years for which both databases and every calendar have a day.

    Raises EndsBeforeStart, ActivityTooLong, HoursOutOfRange.
    """
    if not (YEARS[0] <= starts_at < YEARS[1] and YEARS[0] <= ends_at < YEARS[1]):
        raise HoursOutOfRange()
    if ends_at <= starts_at:
        raise EndsBeforeStart()
    if ends_at - starts_at > timedelta(days=MOST_DAYS):
        raise ActivityTooLong(most_days=MOST_DAYS)
