"""The days that a page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from senhong.core.days import as_date, as_day
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
