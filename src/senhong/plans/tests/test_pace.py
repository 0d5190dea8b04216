"""The arithmetic of pace, against the same rule said with fractions."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senhong.core.days import as_day
from senhong.ledger.models import Indicator, IndicatorNature
from senhong.plans.models import Target
from senhong.plans.queries import PaceState, Thresholds, pace

YEAR = (date(2023, 1, 1), date(2023, 12, 31))
ORDER = [PaceState.NOT_BEGUN, PaceState.BEHIND, PaceState.ON_PACE, PaceState.AHEAD, PaceState.REACHED]  # fmt: skip

days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
quantities = st.integers(1, 10**9)


def a_target_of(
    quantity: int, first: date, last: date, nature: IndicatorNature = IndicatorNature.FLOW
) -> Target:
    return Target(
        quantity=quantity,
        from_day=as_day(first),
        to_day=as_day(last + timedelta(days=1)),
        indicator=Indicator(code="x", nature=nature),
    )


@pytest.mark.parametrize(
    ("figure", "quantity", "expected", "forecast", "state"),
    [
        (183, 200, 43, 846, PaceState.AHEAD),
        (11_208, 50_000, 10_822, 51_784, PaceState.ON_PACE),
        (1, 4, 1, 5, PaceState.AHEAD),
        (200, 200, 43, 924, PaceState.REACHED),
        (38, 200, 43, 176, PaceState.BEHIND),
        (0, 200, 43, 0, PaceState.NOT_BEGUN),
    ],
)
def test_the_interviews_year_on_20_march(
    figure: int, quantity: int, expected: int, forecast: int, state: PaceState
) -> None:
    progress = pace(a_target_of(quantity, *YEAR), figure, date(2023, 3, 20), Thresholds())

    assert (progress.expected, progress.forecast, progress.state) == (expected, forecast, state)


def test_both_ends_of_a_period_count() -> None:
    target = a_target_of(365, *YEAR)

    assert pace(target, 1, date(2022, 12, 31), Thresholds()).expected == 0
    assert pace(target, 1, date(2023, 1, 1), Thresholds()).expected == 1
    assert pace(target, 1, date(2023, 12, 31), Thresholds()).expected == 365
    assert pace(target, 1, date(2024, 6, 1), Thresholds()).expected == 365


def test_before_its_period_a_target_has_not_begun_and_no_forecast() -> None:
    progress = pace(a_target_of(10, *YEAR), 0, date(2022, 12, 31), Thresholds())

    assert progress.state == PaceState.NOT_BEGUN
    assert progress.forecast is None


@pytest.mark.parametrize(
    ("figure", "state"),
    [
        (109, PaceState.ON_PACE), (110, PaceState.AHEAD),
        (90, PaceState.ON_PACE), (89, PaceState.BEHIND),
    ],
)  # fmt: skip
def test_a_threshold_belongs_to_the_better_state(figure: int, state: PaceState) -> None:
    target = a_target_of(1000, date(2023, 3, 1), date(2023, 3, 10))

    assert pace(target, figure, date(2023, 3, 1), Thresholds()).state == state


def test_thresholds_are_data() -> None:
    target = a_target_of(1000, date(2023, 3, 1), date(2023, 3, 10))

    strict = Thresholds(ahead_percent=150, on_pace_percent=100)

    assert pace(target, 99, date(2023, 3, 1), strict).state == PaceState.BEHIND
    assert pace(target, 149, date(2023, 3, 1), strict).state == PaceState.ON_PACE


def test_the_forecast_of_a_state_is_its_level() -> None:
    target = a_target_of(123, *YEAR, nature=IndicatorNature.STATE)

    assert pace(target, 100, date(2023, 3, 20), Thresholds()).forecast == 100


@given(days, st.integers(0, 800), st.integers(-50, 900), quantities, st.integers(0, 2 * 10**9))
def test_states_follow_the_rule_said_with_fractions(
    first: date, length: int, read_after: int, quantity: int, figure: int
) -> None:
    last, read = first + timedelta(days=length), first + timedelta(days=read_after)
    progress = pace(a_target_of(quantity, first, last), figure, read, Thresholds())

    share = Fraction(max(0, min(read_after, length) + 1), length + 1)
    due = quantity * share
    if read_after < 0 or figure == 0:
        state = PaceState.NOT_BEGUN
    elif figure >= quantity:
        state = PaceState.REACHED
    elif figure >= due * Fraction(11, 10):
        state = PaceState.AHEAD
    else:
        state = PaceState.ON_PACE if figure >= due * Fraction(9, 10) else PaceState.BEHIND
    assert progress.state == state
    assert abs(progress.expected - due) <= Fraction(1, 2)
    if share:
        assert progress.forecast is not None
        assert abs(progress.forecast - figure / share) <= Fraction(1, 2)


@given(st.integers(0, 364), quantities, st.integers(0, 10**9), st.integers(0, 10**9))
def test_more_is_never_worse(day: int, quantity: int, figure: int, more: int) -> None:
    target, read = a_target_of(quantity, *YEAR), YEAR[0] + timedelta(days=day)

    less = pace(target, figure, read, Thresholds())
    greater = pace(target, figure + more, read, Thresholds())

    assert ORDER.index(greater.state) >= ORDER.index(less.state)
    assert (greater.forecast or 0) >= (less.forecast or 0)


@given(st.integers(0, 363), quantities, st.integers(1, 10**9))
def test_a_day_without_more_is_never_better(day: int, quantity: int, figure: int) -> None:
    target = a_target_of(quantity, *YEAR)

    today = pace(target, figure, YEAR[0] + timedelta(days=day), Thresholds())
    tomorrow = pace(target, figure, YEAR[0] + timedelta(days=day + 1), Thresholds())

    assert ORDER.index(tomorrow.state) <= ORDER.index(today.state)
    assert tomorrow.expected >= today.expected
