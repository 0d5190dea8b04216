"""Rules of RFC 5545: which are taken, and on which days work comes."""

from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senhong.work.errors import RuleUnreadable
from senhong.work.repeating import checked_rule, months_after, next_occurrence, occurrences

JANUARY = date(2026, 1, 31)


def first(number: int, rule: str, since: date = JANUARY) -> list[str]:
    return [day.isoformat() for day in islice(occurrences(rule, since, None), number)]


def test_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert first(4, "FREQ=MONTHLY") == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


def test_every_quarter() -> None:
    assert first(3, "FREQ=MONTHLY;INTERVAL=3", date(2026, 1, 5)) == [
        "2026-01-05", "2026-04-05", "2026-07-05",
    ]  # fmt: skip


def test_every_monday_and_thursday() -> None:
    assert first(3, "FREQ=WEEKLY;BYDAY=MO,TH", date(2026, 3, 2)) == [
        "2026-03-02", "2026-03-05", "2026-03-09",
    ]  # fmt: skip


def test_it_ends_on_its_last_day() -> None:
    days = list(occurrences("FREQ=DAILY", date(2026, 3, 1), date(2026, 3, 3)))

    assert len(days) == 3
    assert next_occurrence("FREQ=DAILY", date(2026, 3, 1), date(2026, 3, 3), days[-1]) is None


@pytest.mark.parametrize(
    "text",
    ["", "FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=1", "FREQ=DAILY;COUNT=3", "x" * 999,
     "FREQ=MONTHLY;BYDAY=QQ", "FREQ=WEEKLY;INTERVAL=abc"],
)  # fmt: skip
def test_other_rules_are_refused(text: str) -> None:
    with pytest.raises(RuleUnreadable):
        checked_rule(text)


def test_a_rule_is_kept_plain() -> None:
    assert checked_rule(" RRULE:FREQ=WEEKLY;BYDAY=MO ") == "FREQ=WEEKLY;BYDAY=MO"


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), number=st.integers(0, 48))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(
    day: date, number: int
) -> None:
    later = months_after(day, number)

    assert (later.year * 12 + later.month) == (day.year * 12 + day.month) + number
    assert later.day == day.day or later.day in {28, 29, 30}
