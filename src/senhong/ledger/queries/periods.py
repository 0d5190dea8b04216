"""Periods: how a figure is broken down in time, and how ranges of days meet the totals."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from senhong.core.days import as_date, as_day, day_after, days_between, last_day_of, month_after
from senhong.ledger.errors import PeriodReversed, PeriodTooLong, TooManyFigures

MOST_YEARS = 40  # of a period that is broken down in time
MOST_FIGURES = 20_000  # in one answer


class By(StrEnum):
    """How a figure is broken down."""

    INDICATOR = "indicator"  # not at all: one row for each indicator
    UNIT = "unit"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def is_time(self) -> bool:
        return self not in {By.INDICATOR, By.UNIT}


def _week(day: date) -> str:
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


_LABELS: dict[By, Callable[[date], str]] = {
    By.DAY: date.isoformat,
    By.WEEK: _week,
    By.MONTH: lambda day: f"{day:%Y-%m}",
    By.QUARTER: lambda day: f"{day:%Y}-Q{(day.month + 2) // 3}",
    By.YEAR: lambda day: f"{day:%Y}",
}


def _sunday(day: int) -> int:
    found = as_date(day)
    return as_day(found + timedelta(days=6 - found.weekday()))


def _end_of_quarter(day: int) -> int:
    year, month = day // 10000, day // 100 % 100
    return last_day_of(year * 100 + (month + 2) // 3 * 3)


# The last day of the day, week, month… in which a day lies.
_ENDS: dict[By, Callable[[int], int]] = {
    By.DAY: lambda day: day,
    By.WEEK: _sunday,
    By.MONTH: lambda day: last_day_of(day // 100),
    By.QUARTER: _end_of_quarter,
    By.YEAR: lambda day: day // 10000 * 10000 + 1231,
}


@dataclass(frozen=True, slots=True)
class Bucket:
    """One day, week, month… as far as it lies in the period."""

    label: str  # "2023-03-20", "2023-W11", "2023-03", "2023-Q1", "2023"
    first: int
    last: int


def buckets(by: By, first: int, last: int) -> list[Bucket]:
    """The period in pieces, in order. Raises PeriodReversed, PeriodTooLong."""
    must_be_a_period(first, last)
    if days_between(first, last) > MOST_YEARS * 366:
        raise PeriodTooLong(years=MOST_YEARS)
    found: list[Bucket] = []
    while first <= last:
        end = min(last, _ENDS[by](first))
        found.append(Bucket(label_of(by, first), first, end))
        first = day_after(end)
    return found


_COARSER: dict[By, Promise] = {
    By.UNIT: _("ít chỉ tiêu hơn"),
    By.DAY: _("kỳ ngắn hơn, ít chỉ tiêu hơn hoặc chia theo tháng"),
    By.WEEK: _("kỳ ngắn hơn, ít chỉ tiêu hơn hoặc chia theo tháng"),
    By.MONTH: _("kỳ ngắn hơn, ít chỉ tiêu hơn hoặc chia theo năm"),
    By.QUARTER: _("kỳ ngắn hơn, ít chỉ tiêu hơn hoặc chia theo năm"),
    By.YEAR: _("kỳ ngắn hơn hoặc ít chỉ tiêu hơn"),
}


def must_be_few(figures: int, by: By) -> None:
    """Raise TooManyFigures, with what would make them fewer."""
    if figures > MOST_FIGURES:
        raise TooManyFigures(limit=MOST_FIGURES, advice=_COARSER[by])


def must_be_a_period(first: int, last: int) -> None:
    if last < first:
        raise PeriodReversed(first=as_date(first), last=as_date(last))


@lru_cache(maxsize=4096)  # a year by day × 30 indicators asks for the same few labels
def label_of(by: By, period: int) -> str:
    """The bucket to which a total's day, or month, belongs."""
    return _LABELS[by](as_date(period if period > 999999 else period * 100 + 1))


def cut(lo: int, hi: int) -> list[tuple[int, int]]:
    """Days ``lo`` to ``hi`` as ranges of whole months (6 digits) and of ragged days (8 digits).

    ``hi`` may be one below the first of a month: 20250100 ends with 2024-12-31.
    """
    first = lo // 100 if lo % 100 == 1 else month_after(lo // 100)
    after = month_after(hi // 100) if hi >= last_day_of(hi // 100) else hi // 100
    if first >= after:
        return [(lo, hi)]
    ranges = [(first, after - 1)]
    if lo < first * 100:
        ranges.append((lo, first * 100))
    if hi > after * 100:
        ranges.append((after * 100, hi))
    return ranges
