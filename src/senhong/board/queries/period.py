"""The days that a page shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from senhong.core.days import as_date, as_day
from senhong.ledger.models import Indicator
from senhong.ledger.queries import Ask
from senhong.org.models import Unit
from senhong.plans.models import Target


class Span(StrEnum):
    """How much of the time before the day that is read."""

    PLAN = "plan"  # since the unit's current targets began, or the year
    BEGUN = "begun"  # since the oldest of the current plans began
    MONTH = "month"
    WEEK = "week"  # seven days


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included; the last is the day that is read."""

    first: int
    last: int
    span: Span
    on: int | None = None  # the day on whose map every figure is read; None: each day on its own

    def ask(self, unit: Unit, indicator: Indicator, first: int | None = None) -> Ask:
        """What the ledger is asked for a unit; from ``first`` on, if it is said."""
        return Ask(unit, indicator, first or self.first, self.last, self.on)

    def on_todays_map(self, changes: Sequence[int]) -> "Period":
        """Every figure on the map of the day that is read; the same where it never changed."""
        return replace(self, on=self.last) if changes else self


@dataclass(frozen=True, kw_only=True)
class View:
    """How the reader looks at the page."""

    reading_on: date
    span: Span = Span.PLAN
    trend: str = ""
    on_today: bool = False  # every day on the map of the day that is read

    @property
    def day(self) -> int:
        return as_day(self.reading_on)


def period_of(span: Span, day: int, targets: Sequence[Target], begun: int | None = None) -> Period:
    """The days of a span that ends on ``day``; ``begun``: when the oldest plan began. No query."""
    if span is Span.WEEK:
        return Period(as_day(as_date(day) - timedelta(days=6)), day, span)
    if span is Span.MONTH:
        return Period(day // 100 * 100 + 1, day, span)
    year = day // 10000 * 10000 + 101
    starts = [target.from_day for target in targets if target.is_current(day)]
    # A programme of many years does not make the page one of many years.
    recent = [first for first in starts if first > year - 10000]
    first = min(recent, default=year)
    return Period(min(first, begun or first) if span is Span.BEGUN else first, day, span)
