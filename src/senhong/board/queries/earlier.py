"""A figure beside earlier ones: as many days just before, and the same days a year before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from senhong.core.days import as_date, as_day, days_between
from senhong.ledger.queries import Ask

_WEEK, _YEAR_OF_WEEKS = 7, 364  # days; so that Mondays stand beside Mondays


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure, and what it was earlier."""

    days: int
    figure: int
    before: int
    year_before: int


def earlier(ask: Ask) -> tuple[Ask, Ask]:
    """What is asked for the days just before, as many, and for the same days a year before."""
    a_year = replace(ask, first=_year_before(ask.first), last=_year_before(ask.last))
    return _moved(ask, -days_between(ask.first, ask.last)), a_year


def earlier_weeks(ask: Ask) -> tuple[Ask, Ask]:
    """The same weekdays a week before, and 52 weeks before."""
    return _moved(ask, -_WEEK), _moved(ask, -_YEAR_OF_WEEKS)


def beside(ask: Ask, then: tuple[Ask, Ask], known: Mapping[Ask, int]) -> Beside:
    """What was asked for beside what ``then`` asks. No query."""
    before, year = (known.get(each, 0) for each in then)
    return Beside(days_between(ask.first, ask.last), known.get(ask, 0), before, year)


def _moved(ask: Ask, days: int) -> Ask:
    first, last = (as_date(day) + timedelta(days=days) for day in (ask.first, ask.last))
    return replace(ask, first=as_day(first), last=as_day(last))


def _year_before(day: int) -> int:
    """The same day of the year before; for 29 February the 28th."""
    return day - 10001 if day % 10000 == 229 else day - 10000
