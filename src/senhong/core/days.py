"""Days and months as whole numbers: 2023-03-20 is 20230320, its month 202303.

The ledger keeps days so because the same arithmetic (``day // 100`` is the month) and the
same SQL then hold on both databases. Intervals are half open: ``from_day <= day < to_day``.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

FIRST_DAY = 10101  # "the beginning is not known here"
LAST_DAY = 99991231  # "still stands"


def as_day(value: date) -> int:
    return value.year * 10000 + value.month * 100 + value.day


def day_written(text: str) -> date:
    """The day that "2023-03-20" says.

    ValueError for any other spelling, also 20230320, and for the day that means "still stands".
    """
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    day = date.fromisoformat(text)
    if as_day(day) == LAST_DAY:
        raise ValueError(text)
    return day


def as_date(day: int) -> date:
    return date(day // 10000, day // 100 % 100, day % 100)


def day_after(day: int) -> int:
    return as_day(as_date(day) + timedelta(days=1))


@lru_cache(maxsize=4096)  # a board of a thousand targets asks six thousand times, of few days
def day_before(day: int) -> int:
    return as_day(as_date(day) - timedelta(days=1))


def last_day_of(month: int) -> int:
    """The last day of a month: 202302 → 20230228."""
    return month * 100 + monthrange(month // 100, month % 100)[1]


def month_after(month: int) -> int:
    return month + 1 if month % 100 < 12 else month + 89


def each_day(first: int, last: int) -> Iterator[int]:
    """Every day from ``first`` to ``last``, both included."""
    for number in range(as_date(first).toordinal(), as_date(last).toordinal() + 1):
        yield as_day(date.fromordinal(number))


def each_month(first: int, last: int) -> Iterator[int]:
    """Every month from ``first`` to ``last``, both included."""
    while first <= last:
        yield first
        first = month_after(first)


def days_between(first: int, last: int) -> int:
    """How many days from ``first`` to ``last``, both included; 0 when the end is before."""
    return max(0, (as_date(last) - as_date(first)).days + 1)
