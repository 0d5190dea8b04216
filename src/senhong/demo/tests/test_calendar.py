"""The interview's totals hold before anything is written."""

from collections.abc import Iterable
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from senhong.activities.models import ActivityKind
from senhong.demo.calendar import (
    PLAN_BEGINS,
    READING_DAY,
    YOUTH_MONTH,
    Session,
    sessions_before_new_map,
    sessions_on_new_map,
    shares_of,
)
from senhong.demo.services.stage import SEED

TEAMS = 135


def _between(sessions: Iterable[Session], first: date, last: date) -> list[Session]:
    return [session for session in sessions if first <= session.on <= last]


def test_the_years_totals_are_the_interviews() -> None:
    sessions = sessions_before_new_map(Random(SEED), TEAMS)

    since_plan = _between(sessions, PLAN_BEGINS, READING_DAY)
    youth_month = _between(sessions, YOUTH_MONTH, READING_DAY)
    sorties = [session for session in youth_month if session.kind == ActivityKind.SORTIE]

    assert 500 < len(since_plan) < 560
    assert 182 < len(sorties) < 195
    assert 2_000 < sum(session.present for session in youth_month) < 2_100
    assert 15_900 <= sum(session.citizens for session in youth_month) <= 15_999


def test_the_target_of_200_sorties_is_not_reached_on_the_reading_day() -> None:
    sessions = sessions_before_new_map(Random(SEED), TEAMS)

    this_year = _between(sessions, date(2023, 1, 1), READING_DAY)

    assert sum(session.kind == ActivityKind.SORTIE for session in this_year) < 200
    assert sum(session.team < 0 for session in this_year) == 1


def test_the_same_seed_gives_the_same_years() -> None:
    today = date(2026, 11, 23)
    one, other = Random(SEED), Random(SEED)

    assert sessions_before_new_map(one, TEAMS) == sessions_before_new_map(other, TEAMS)
    assert sessions_on_new_map(one, 102, today) == sessions_on_new_map(other, 102, today)


def test_nothing_is_held_after_today() -> None:
    today = date(2025, 9, 1)

    assert max(session.on for session in sessions_on_new_map(Random(SEED), 102, today)) < today


@given(st.integers(), st.integers(1, 60), st.integers(0, 3), st.integers(0, 5_000))
def test_shares_always_add_up(seed: int, parts: int, least: int, spare: int) -> None:
    whole = parts * least + spare

    shares = shares_of(Random(seed), whole, parts, least=least)

    assert sum(shares) == whole
    assert len(shares) == parts
    assert min(shares) >= least
