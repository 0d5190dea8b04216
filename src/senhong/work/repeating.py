"""When work comes again: rules of RFC 5545 (RRULE), read by dateutil. No tables here."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from senhong.work.errors import RuleUnreadable

_MOST_CHARS = 300
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_LAST_DAYS = 28  # from the 29th on, a month may not have the day


def checked_rule(text: str) -> str:
    """The rule as it is kept. Only what comes daily or more rarely. Raises RuleUnreadable."""
    rule = text.strip().removeprefix("RRULE:").upper()
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    if len(rule) > _MOST_CHARS or parts.get("FREQ") not in _FREQUENCIES:
        raise RuleUnreadable
    if set(parts) & {"BYHOUR", "BYMINUTE", "BYSECOND", "UNTIL", "COUNT"}:
        raise RuleUnreadable
    try:
        next(iter(rrulestr(rule, dtstart=datetime(2024, 1, 1))), None)  # noqa: DTZ001  # days only
    except (ValueError, TypeError) as unreadable:
        raise RuleUnreadable from unreadable
    return rule


def occurrences(rule: str, first: date, last: date | None) -> Iterator[date]:
    """The days on which it comes, from the first to the last.

    What comes monthly on the 29th, 30th or 31st comes on the last day of a shorter month: people
    who say "on the 31st" mean the end of the month, while RFC 5545 would leave the month out.
    """
    days = (at.date() for at in rrulestr(_at_month_ends(rule, first), dtstart=_at(first)))
    return takewhile(lambda day: last is None or day <= last, days)


def next_occurrence(rule: str, first: date, last: date | None, after: date) -> date | None:
    """The first day after that one; None when it comes no more."""
    later = (day for day in occurrences(rule, first, last) if day > after)
    return next(islice(later, 1), None)


def months_after(day: date, number: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    later: date = day + relativedelta(months=number)
    return later


def shifted(at: datetime, days: int) -> datetime:
    """The same hour so many days later; Việt Nam's clocks are never changed."""
    return at + timedelta(days=days)


def _at_month_ends(rule: str, first: date) -> str:
    plain = not any(part in rule for part in ("BYDAY", "BYMONTHDAY", "BYSETPOS", "BYYEARDAY"))
    if "FREQ=MONTHLY" not in rule or not plain or first.day <= _LAST_DAYS:
        return rule
    days = ",".join(str(day) for day in range(28, first.day + 1))
    return f"{rule};BYMONTHDAY={days};BYSETPOS=-1"


def _at(day: date) -> datetime:
    return datetime.combine(day, time())
