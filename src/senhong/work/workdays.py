"""Days on which people work: the country's holidays, and what a province says otherwise.

Weekdays and public holidays come from the ``holidays`` library, the Lunar New Year break with
them. The government fixes each year's break and swaps days by decision: such days are rows of
the province (``models.DayRule``) and win over the library.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from types import MappingProxyType

import holidays

_COUNTRY = "VN"
_FREE_WEEKDAYS = frozenset({5, 6})  # Saturday, Sunday
_ONE = timedelta(days=1)
DAY_S = 86_400


@cache
def national_holidays(year: int) -> Mapping[date, str]:
    """The country's public holidays of the year, by day, called in Vietnamese."""
    return dict(holidays.country_holidays(_COUNTRY, years=year, language="vi").items())


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are working days; ``own`` are the days that a province says otherwise."""

    own: Mapping[date, bool] = field(default_factory=lambda: MappingProxyType({}))

    def is_working(self, day: date) -> bool:
        said = self.own.get(day)
        if said is not None:
            return said
        return day.weekday() not in _FREE_WEEKDAYS and day not in national_holidays(day.year)

    def on_or_after(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_working(day):
            day += _ONE
        return day

    def on_or_before(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.is_working(day):
            day -= _ONE
        return day

    def add(self, day: date, number: int) -> date:
        """So many working days later. None later is the day itself, working or not."""
        if number == 0:
            return day
        day = self.on_or_after(day)
        for _step in range(number):
            day = self.on_or_after(day + _ONE)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days from the first day to the last, both included."""
        days = (last - first).days + 1
        return sum(self.is_working(first + _ONE * number) for number in range(days))

    def seconds_between(self, first: datetime, last: datetime, zone: tzinfo) -> int:
        """How much time of working days lies between two instants; each has 24 hours.

        By the clock on the wall in the zone, in whole seconds, a begun one counted whole.
        """
        begins, ends = wall(first, zone), wall(last, zone)
        total, day = 0.0, begins.date()
        while day <= ends.date():
            if self.is_working(day):
                opens = datetime.combine(day, time())
                total += max(0.0, (min(ends, opens + _ONE) - max(begins, opens)).total_seconds())
            day += _ONE
        return -int(-total // 1)

    def moved(self, at: datetime, by_s: int, zone: tzinfo) -> datetime:
        """The same hour so many working days later: the seconds rounded up to whole days."""
        return on_wall(self.add(wall(at, zone).date(), -(-by_s // DAY_S)), at, zone)


def wall(at: datetime, zone: tzinfo) -> datetime:
    """What the clock on the wall shows, without its zone."""
    return at.astimezone(zone).replace(tzinfo=None)


def on_wall(day: date, like: datetime, zone: tzinfo) -> datetime:
    """That day at the hour that ``like`` has on the wall."""
    return due_on(day, wall(like, zone).time(), zone)


def due_on(day: date, hour: time, zone: tzinfo) -> datetime:
    """The instant at which that day's clock on the wall shows the hour."""
    return datetime.combine(day, hour, zone).astimezone(zone)
