from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from senhong.core import days

dates = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(dates)
def test_a_date_survives_being_a_number(value: date) -> None:
    assert days.as_date(days.as_day(value)) == value


@given(dates, dates)
def test_numbers_come_in_the_order_of_dates(one: date, other: date) -> None:
    assert (one < other) == (days.as_day(one) < days.as_day(other))


@given(dates)
def test_the_day_before_the_day_after_is_the_day(value: date) -> None:
    day = days.as_day(value)
    assert days.day_before(days.day_after(day)) == day


def test_months_end_on_their_last_day_and_follow_each_other() -> None:
    assert days.last_day_of(202402) == 20240229
    assert list(days.each_month(202211, 202302)) == [202211, 202212, 202301, 202302]


def test_days_are_counted_with_both_ends() -> None:
    assert list(days.each_day(20230228, 20230302)) == [20230228, 20230301, 20230302]
    assert days.days_between(20230101, 20230320) == 79
    assert days.days_between(20230321, 20230320) == 0
