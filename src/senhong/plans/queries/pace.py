"""How far a target is, how far it should be, and where it is heading.

The arithmetic is exact (whole numbers, no floating point decides a state):

- *elapsed* is the number of days of the period up to and including the day that is read;
- *expected* is linear: quantity × elapsed ÷ days of the period;
- *forecast* is figure ÷ elapsed share for what adds up over time; a state (teams standing) does
  not add up, so its forecast is the level that was read;
- *reached*: the figure is the quantity or more. *Not begun*: the period has not begun, or the
  figure is still 0, however late it is: a bar without length must not be called slow. *Ahead* and
  *on pace*: the figure is at least ``ahead_percent`` or ``on_pace_percent`` of what is expected.
  Everything else is *behind*.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from senhong.core.days import as_day, days_between
from senhong.plans.models import Target


class PaceState(StrEnum):
    """How a target stands on the day that is read."""

    REACHED = "reached"
    AHEAD = "ahead"
    ON_PACE = "on-pace"
    BEHIND = "behind"
    NOT_BEGUN = "not-begun"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Percent of what is expected from which a target is ahead, or on pace."""

    ahead_percent: int = 110
    on_pace_percent: int = 90


@dataclass(frozen=True, slots=True)
class Progress:
    """A target on the day that is read."""

    target: Target
    figure: int
    expected: int  # by the day that is read, rounded half up
    forecast: int | None  # at the end of the period; None before it begins
    share_percent: float  # figure ÷ quantity, one decimal
    expected_percent: float  # elapsed share of the period, one decimal
    state: PaceState
    days_left: int  # of the period, after the day that is read

    @property
    def is_over(self) -> bool:
        return self.expected_percent >= 100

    @property
    def missing(self) -> int:
        """How much is still to be reached."""
        return max(0, self.target.quantity - self.figure)


def pace(target: Target, figure: int, reading_on: date, rule: Thresholds) -> Progress:
    """The progress of a target whose figure is known. No query."""
    days = days_between(target.from_day, target.last_day)
    elapsed = min(days, days_between(target.from_day, as_day(reading_on)))
    return Progress(
        target=target,
        figure=figure,
        expected=_rounded(target.quantity * elapsed, days),
        forecast=_forecast(target, figure, elapsed, days),
        share_percent=round(figure * 100 / target.quantity, 1),
        expected_percent=round(elapsed * 100 / days, 1),
        state=_state(figure, target.quantity, (elapsed, days), rule),
        days_left=days - elapsed,
    )


def _state(figure: int, quantity: int, spent: tuple[int, int], rule: Thresholds) -> PaceState:
    elapsed, days = spent
    if elapsed == 0 or figure <= 0:
        return PaceState.NOT_BEGUN
    if figure >= quantity:
        return PaceState.REACHED
    scaled, due = figure * days * 100, quantity * elapsed  # figure ÷ expected, without a fraction
    if scaled >= due * rule.ahead_percent:
        return PaceState.AHEAD
    return PaceState.ON_PACE if scaled >= due * rule.on_pace_percent else PaceState.BEHIND


def _forecast(target: Target, figure: int, elapsed: int, days: int) -> int | None:
    if elapsed == 0:
        return None
    return figure if target.indicator.is_state else _rounded(figure * days, elapsed)


def _rounded(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)
