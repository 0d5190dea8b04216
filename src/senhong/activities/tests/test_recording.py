from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from senhong.activities.errors import (
    ActivityCancelled,
    GivenBeforeActivity,
    GivenInFuture,
    GroupTooSmall,
    HelpNotCounted,
    NoService,
    OtherGroup,
    PeopleOutOfRange,
    PersonalNumber,
    ServiceNotOffered,
    TeamNotInActivity,
    TeamNotStanding,
    TooManyHelps,
)
from senhong.activities.facts import HelpOutcome
from senhong.activities.models import Help, Helped
from senhong.activities.services import (
    cancel_activity,
    record_help,
    record_helps,
    withdraw_help,
)
from senhong.activities.tests.make import (
    MORNING,
    a_cancelled_activity,
    a_closed_activity,
    an_activity,
    figures_of,
    given_help,
    help_given,
    totals_of,
)
from senhong.audit.models import Event
from senhong.core import clock
from senhong.core.errors import DomainError, Forbidden, IdReused, NotFound
from senhong.ledger.models import Posting
from senhong.ledger.queries import wrong_totals
from senhong.org.services import restructure
from senhong.org.tests.make import SYSTEM, a_change, a_new_unit, a_unit, a_user, an_actor
from senhong.people.tests.make import a_team

pytestmark = pytest.mark.django_db


def test_help_counts_at_once_for_the_unit_of_the_team() -> None:
    activity = an_activity()

    help_given(activity=activity, services=("vneid", "email-account"), people=3)

    unit = activity.lead_team.unit
    due = {"help.vneid": 3, "help.email-account": 3, "citizen-turns": 3, "platform-turns": 3}
    assert figures_of(unit) == due == totals_of(unit)
    assert wrong_totals() == []


def test_without_a_platform_there_are_no_platform_turns() -> None:
    activity = an_activity()

    help_given(activity=activity, services=("administrative-procedure",), people=2)

    due = {"help.administrative-procedure": 2, "citizen-turns": 2}
    assert figures_of(activity.lead_team.unit) == due


@pytest.mark.parametrize(
    "helped", [Helped.HOUSEHOLD_BUSINESSES, Helped.ENTERPRISES, Helped.ORGANISATIONS]
)
def test_businesses_and_organisations_count_instead_of_citizens(helped: Helped) -> None:
    activity = an_activity()

    help_given(activity=activity, services=("cashless-payment",), people=2, helped=helped)

    due = {"help.cashless-payment": 2, "organisations-helped": 2}
    assert figures_of(activity.lead_team.unit) == due


def test_a_further_team_counts_for_its_own_unit() -> None:
    lead = a_team()
    other = a_team(a_unit("Xã B", lead.unit.province))
    activity = an_activity(lead, teams=(other,))

    help_given(activity=activity, team_id=other.pk)

    assert figures_of(lead.unit) == {}
    assert figures_of(other.unit)["citizen-turns"] == 1


def test_further_services_to_the_same_people_count_nobody_twice() -> None:
    activity = an_activity()
    first = help_given(activity=activity, services=("email-account",), people=5)

    for _ in range(2):
        help_given(activity=activity, services=("vneid",), people=3, same_people_as=first.id)

    due = {"help.email-account": 5, "help.vneid": 6, "citizen-turns": 5, "platform-turns": 3}
    assert figures_of(activity.lead_team.unit) == due
    assert wrong_totals() == []


def test_further_services_may_come_in_the_same_batch() -> None:
    activity = an_activity()
    first = given_help(activity, services=("email-account",), people=5)
    further = given_help(activity, services=("vneid",), people=2, same_people_as=first.id)

    answers = record_helps(SYSTEM, [first, further])

    assert {answer.outcome for answer in answers} == {HelpOutcome.RECORDED}
    due = {"help.email-account": 5, "help.vneid": 2, "citizen-turns": 5, "platform-turns": 2}
    assert figures_of(activity.lead_team.unit) == due


def test_after_a_merger_help_counts_for_the_new_unit_and_before_for_the_old() -> None:
    team = a_team()
    new = a_new_unit("Xã Mới", team.unit.province)
    restructure(
        SYSTEM, a_change(20250701, ends=[team.unit], begins=[new], edges=[(team.unit, new)])
    )
    before = an_activity(team)
    later = MORNING.replace(year=2025, month=9)
    after = an_activity(team, starts_at=later, place_unit=team.unit.province)

    old = help_given(activity=before)
    now = help_given(activity=after)

    assert old.unit_id == team.unit_id
    assert now.unit.key == new.key


def test_sending_twice_records_once() -> None:
    given = given_help(an_activity(), people=4)
    first = record_help(SYSTEM, given)

    again = record_help(SYSTEM, given)

    assert again == first
    assert Posting.objects.filter(source_id=first.id).count() == 3
    assert Event.objects.filter(name="help.recorded").count() == 1


def test_sending_again_is_no_mistake_when_the_rules_have_changed_since() -> None:
    activity = an_activity()
    given = given_help(activity, given_on=None)
    first = record_help(SYSTEM, given)
    cancel_activity(SYSTEM, activity, reason="Mưa bão")

    assert record_help(SYSTEM, given) == first


def test_other_facts_under_a_known_id_are_a_conflict() -> None:
    activity = an_activity()
    given = given_help(activity, people=4)
    record_help(SYSTEM, given)

    with pytest.raises(IdReused):
        record_help(SYSTEM, given_help(activity, id=given.id, people=5))

    assert Help.objects.get().people == 4


def test_help_may_be_recorded_after_the_activity_was_closed() -> None:
    activity = a_closed_activity()

    help_given(activity=activity)

    assert figures_of(activity.lead_team.unit)["citizen-turns"] == 1


def test_without_a_day_help_was_given_today_but_not_after_the_activity() -> None:
    past = help_given(given_on=None)
    now = clock.now()
    current = an_activity(starts_at=now - timedelta(hours=1))

    assert past.given_on == date(2023, 3, 15)
    assert help_given(activity=current, given_on=None).given_on == clock.today()


Refusal = tuple[dict[str, Any], type[DomainError]]
REFUSALS: list[Refusal] = [
    ({"people": 0}, PeopleOutOfRange),
    ({"people": 1001}, PeopleOutOfRange),
    ({"services": ()}, NoService),
    ({"services": ("horoscopes",)}, ServiceNotOffered),
    ({"given_on": date(2999, 1, 1)}, GivenInFuture),
    ({"given_on": date(2023, 3, 14)}, GivenBeforeActivity),
    ({"note": "Căn cước 087203001234"}, PersonalNumber),
    ({"note": "gọi 0912 345 678"}, PersonalNumber),
    ({"team_id": uuid4()}, TeamNotInActivity),
    ({"activity_id": uuid4()}, NotFound),
    ({"same_people_as": uuid4()}, NotFound),
]


@pytest.mark.parametrize(("facts", "error"), REFUSALS)
def test_what_cannot_be_is_refused(facts: dict[str, Any], error: type[DomainError]) -> None:
    activity = an_activity()

    with pytest.raises(error) as caught:
        record_help(SYSTEM, given_help(activity, **facts))

    assert str(caught.value)
    assert not Help.objects.exists()
    assert not Posting.objects.exists()


def test_nothing_is_recorded_in_a_cancelled_activity() -> None:
    with pytest.raises(ActivityCancelled, match="đã hủy"):
        help_given(activity=a_cancelled_activity())


def test_a_team_that_did_not_stand_gives_no_help() -> None:
    team = a_team(from_day=20230301)
    activity = an_activity(team)
    type(team).objects.filter(pk=team.pk).update(to_day=20230315)

    with pytest.raises(TeamNotStanding):
        help_given(activity=activity)


def test_a_further_help_has_no_more_people_than_the_first() -> None:
    activity = an_activity()
    first = help_given(activity=activity, people=2)

    with pytest.raises(GroupTooSmall, match="2 người"):
        help_given(activity=activity, people=3, same_people_as=first.id)


def test_a_further_help_is_in_the_same_activity_and_for_the_same_kind_of_people() -> None:
    activity = an_activity()
    first = help_given(activity=activity)
    elsewhere = an_activity(activity.lead_team)

    with pytest.raises(OtherGroup):
        help_given(activity=elsewhere, same_people_as=first.id)
    with pytest.raises(OtherGroup):
        help_given(activity=activity, same_people_as=first.id, helped=Helped.ENTERPRISES)


def test_a_further_help_to_nobody_is_refused() -> None:
    activity = an_activity()
    first = withdraw_help(SYSTEM, help_given(activity=activity), reason="Ghi nhầm")

    with pytest.raises(HelpNotCounted):
        help_given(activity=activity, same_people_as=first.id)


def test_who_may_record() -> None:
    activity = an_activity()
    team = activity.lead_team
    neighbour = a_unit("Xã B", team.unit.province)

    help_given(an_actor("help.record", at=team), activity)
    help_given(an_actor("help.record", at=f"{team.unit.province_id}/"), activity)
    with pytest.raises(Forbidden):
        help_given(an_actor("activity.view", at=team.unit), activity)
    with pytest.raises(NotFound):
        help_given(an_actor("help.record", at=neighbour), activity)


def test_each_help_of_a_batch_is_judged_on_its_own() -> None:
    activity = an_activity()
    good, bad = given_help(activity), given_help(activity, people=0)
    known = given_help(activity, people=2)
    record_help(SYSTEM, known)
    bent = given_help(activity, id=known.id, people=3)

    answers = record_helps(SYSTEM, [bad, good, known, good, bent])

    assert [answer.outcome for answer in answers] == [
        HelpOutcome.RETURNED,
        HelpOutcome.RECORDED,
        HelpOutcome.ALREADY_RECORDED,
        HelpOutcome.ALREADY_RECORDED,
        HelpOutcome.CONFLICT,
    ]
    assert isinstance(answers[0].error, PeopleOutOfRange)
    assert figures_of(activity.lead_team.unit)["citizen-turns"] == 3


def test_a_batch_is_limited() -> None:
    activity = an_activity()

    with pytest.raises(TooManyHelps):
        record_helps(SYSTEM, [given_help(activity)] * 201)


@pytest.mark.parametrize("number", [1, 60])
def test_a_batch_takes_a_constant_number_of_statements(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    activity = an_activity()
    first = help_given(activity=activity, people=9)
    batch = [given_help(activity) for _ in range(number)]
    further = [given_help(activity, same_people_as=first.id) for _ in range(number)]

    with django_assert_max_num_queries(12):  # savepoints included
        record_helps(SYSTEM, batch)
    with django_assert_max_num_queries(22):
        record_helps(SYSTEM, further)


def test_who_recorded_stands_in_the_row() -> None:
    activity = an_activity()
    user = a_user("an")

    help = help_given(an_actor("help.record", at=activity.lead_team, user=user), activity)

    assert Help.objects.get(pk=help.pk).recorded_by == user.pk
