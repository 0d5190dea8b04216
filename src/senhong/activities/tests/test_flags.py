"""What looks odd about a help, and what a reviewer sees."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from senhong.activities import queries
from senhong.activities.queries import ReviewAsked, Which
from senhong.activities.services import accept_helps
from senhong.activities.tests.make import MORNING, an_activity, help_given, those_present
from senhong.org.tests.make import SYSTEM, a_user, an_actor
from senhong.people.tests.make import a_member, a_membership

pytestmark = pytest.mark.django_db

MARCH = ReviewAsked.until(date(2023, 3, 20))


def lines_of(**facts: Any) -> set[str]:
    """The codes of the flags of one help with these facts."""
    help_given(**facts)
    (line,) = queries.review_of(SYSTEM, MARCH).lines
    return {flag.code for flag in line.flags}


def test_a_tally_over_fifty_is_flagged() -> None:
    assert lines_of(people=51, services=("other",)) == {"large-tally"}


def test_an_ordinary_help_is_not_flagged() -> None:
    activity = an_activity(lat=10.3, lon=105.76)
    assert lines_of(activity=activity, given_at=MORNING, point=(10.3, 105.77), people=40) == set()


def test_more_than_a_plausible_rate_is_flagged_unless_more_were_there() -> None:
    activity = an_activity()
    team = activity.lead_team
    for _ in range(2):
        help_given(activity=activity, people=40)  # 80 in 3 hours, 15 an hour are plausible

    flagged = {f.code for line in queries.review_of(SYSTEM, MARCH).lines for f in line.flags}
    members = [a_member(team.unit) for _ in range(2)]
    for member in members:
        a_membership(team, member)
    those_present(activity, team, members)
    calm = [line.flags for line in queries.review_of(SYSTEM, MARCH).lines]

    assert flagged == {"too-quick"}
    assert calm == [[], []]


def test_outside_the_time_of_the_activity_is_flagged() -> None:
    assert lines_of(given_at=MORNING - timedelta(hours=2, minutes=1)) == {"other-time"}


def test_far_from_the_place_is_flagged() -> None:
    activity = an_activity(lat=10.30, lon=105.76)
    assert lines_of(activity=activity, point=(10.36, 105.76)) == {"far-away"}


def test_flagged_helps_come_first_and_what_was_seen_is_left_out() -> None:
    activity = an_activity()
    plain, odd, seen = (
        help_given(activity=activity, services=("other",), people=n) for n in (1, 60, 2)
    )
    accept_helps(SYSTEM, [seen])

    found = queries.review_of(SYSTEM, MARCH).lines
    whole = queries.review_of(SYSTEM, ReviewAsked(which=Which.ALL, **_days()))

    assert [line.help for line in found] == [odd, plain]
    assert len(whole.lines) == 3


def _days() -> dict[str, Any]:
    return {"first": date(2023, 3, 1), "last": date(2023, 3, 31)}


def test_a_reviewer_sees_only_her_teams() -> None:
    help, other = help_given(), help_given()
    lead = an_actor("help.review", at=help.team, user=a_user())

    found = queries.review_of(lead, MARCH).lines
    named = queries.reviewed_by_id(lead, MARCH, [help.pk, other.pk])

    assert [line.help for line in found] == [help]
    assert named == [help]


@pytest.mark.parametrize("number", [1, 30])
def test_a_review_takes_a_constant_number_of_queries(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    activity = an_activity()
    for _ in range(number):
        help_given(activity=activity)

    with django_assert_max_num_queries(8):
        found = queries.review_of(SYSTEM, MARCH)

    assert len(found.lines) == number
