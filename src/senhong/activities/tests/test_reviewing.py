from datetime import date, datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from senhong.activities import queries
from senhong.activities.errors import HelpNotCounted, OwnHelp, PersonalNumber, ReturnWordsMissing
from senhong.activities.facts import HelpFacts, HelpOutcome
from senhong.activities.models import Activity, CountingRule, Help, HelpState, ReturnReason
from senhong.activities.queries import ReviewAsked
from senhong.activities.services import (
    accept_helps,
    accept_helps_of_newcomer,
    correct_help,
    record_help,
    record_helps,
    return_helps,
    return_helps_of_newcomer,
    set_counting_rule,
    withdraw_help,
)
from senhong.activities.tests.make import (
    MORNING,
    an_activity,
    figures_of,
    given_help,
    help_given,
)
from senhong.audit.models import Event
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden
from senhong.core.ids import uuid7
from senhong.ledger.models import Posting
from senhong.ledger.queries import wrong_totals
from senhong.org.models import Unit
from senhong.org.tests.make import SYSTEM, a_province, a_unit, a_user, an_actor
from senhong.people.tests.make import a_team

pytestmark = pytest.mark.django_db

RECORDS = ("activity.view", "help.record")
PROPOSES = ("activity.view", "help.propose")
MARCH = ReviewAsked.until(date(2023, 3, 20))


def after_acceptance(unit: Unit) -> Unit:
    set_counting_rule(SYSTEM, unit, after_acceptance=True)
    return unit


def a_waiting_help(activity: Activity | None = None, **facts: Any) -> Help:
    activity = activity or an_activity()
    newcomer = an_actor(*PROPOSES, at=activity.lead_team, user=a_user())
    return help_given(newcomer, activity, **facts)


def returned(help: Help, actor: Actor = SYSTEM, words: str = "") -> Help:
    return_helps(actor, [help], reason=ReturnReason.TOO_MANY, words=words)
    help.refresh_from_db()
    return help


def test_what_somebody_only_proposes_waits_and_posts_nothing() -> None:
    help = a_waiting_help(people=5)

    assert help.state == HelpState.WAITING
    assert not Posting.objects.exists()


def test_where_help_counts_after_acceptance_everybodys_waits() -> None:
    team = a_team()
    after_acceptance(team.unit)

    help = help_given(activity=an_activity(team), people=5)

    assert help.state == HelpState.WAITING
    assert figures_of(team.unit) == {}


def test_the_nearest_unit_upwards_with_a_rule_decides() -> None:
    province = after_acceptance(a_province())
    lenient, strict = a_team(a_unit("Xã A", province)), a_team(a_unit("Xã B", province))
    set_counting_rule(SYSTEM, lenient.unit, after_acceptance=False)

    states = [help_given(activity=an_activity(team)).state for team in (lenient, strict)]
    set_counting_rule(SYSTEM, lenient.unit, after_acceptance=None)
    states.append(help_given(activity=an_activity(lenient)).state)

    assert states == [HelpState.COUNTED, HelpState.WAITING, HelpState.WAITING]


def test_saying_the_same_rule_again_changes_nothing_and_only_who_may_sets_it() -> None:
    unit = after_acceptance(a_unit())

    after_acceptance(unit)

    assert Event.objects.filter(name="counting-rule.set").count() == 1
    assert CountingRule.objects.get().after_acceptance
    with pytest.raises(Forbidden):
        set_counting_rule(an_actor("help.review", at=unit), unit, after_acceptance=False)


def test_accepting_counts_what_waits() -> None:
    help = a_waiting_help(people=5, services=("vneid", "email-account"))

    accept_helps(SYSTEM, [help])
    again = accept_helps(SYSTEM, [help])

    help.refresh_from_db()
    due = {"help.vneid": 5, "help.email-account": 5, "citizen-turns": 5, "platform-turns": 5}
    assert figures_of(help.unit) == due
    assert (help.state, again) == (HelpState.COUNTED, [])
    assert help.reviewed_at is not None
    assert Event.objects.filter(name="help.accepted").count() == 1
    assert wrong_totals() == []


def test_returning_reverses_what_was_counted() -> None:
    activity = an_activity()
    first = help_given(activity=activity, people=5)
    further = help_given(
        activity=activity, people=3, services=("email-account",), same_people_as=first.id
    )

    returned(first, words="Ghi 50 người một lần, em tách theo dịch vụ giúp anh.")

    first.refresh_from_db()
    assert (first.state, first.review_reason) == (HelpState.RETURNED, ReturnReason.TOO_MANY)
    assert figures_of(further.unit) == {"help.email-account": 3, "citizen-turns": 3}
    assert wrong_totals() == []


def test_a_returned_help_may_still_be_accepted() -> None:
    help = returned(help_given(people=5))

    accept_helps(SYSTEM, [help])

    help.refresh_from_db()
    assert (help.state, help.review_reason) == (HelpState.COUNTED, "")
    assert figures_of(help.unit)["citizen-turns"] == 5


def test_a_returned_help_comes_back_from_its_recorder_on_a_later_day() -> None:
    activity = an_activity()
    an = an_actor(*RECORDS, at=activity.lead_team, user=a_user("an"))
    help = returned(help_given(an, activity, people=50))
    Help.objects.update(recorded_at="2023-03-15T01:00:00Z")
    help.refresh_from_db()
    id, facts = uuid7(), HelpFacts(team_id=help.team_id, services=("vneid",), people=5)

    new = correct_help(an, id, help, facts)
    help.refresh_from_db()
    again = correct_help(an, id, help, facts)

    assert new == again
    assert (help.state, new.state) == (HelpState.CORRECTED, HelpState.COUNTED)
    assert new.reviewed_at is None
    assert figures_of(help.unit)["citizen-turns"] == 5


def test_where_help_counts_after_acceptance_a_correction_waits_again() -> None:
    team = a_team()
    activity = an_activity(team)
    help = help_given(activity=activity, people=5)
    after_acceptance(team.unit)

    facts = HelpFacts(team_id=team.pk, services=("vneid",), people=4)
    new = correct_help(SYSTEM, uuid7(), help, facts, reason="Nhầm")

    assert new.state == HelpState.WAITING
    assert figures_of(team.unit) == {}


def test_a_newcomer_puts_her_own_right_and_it_waits_again() -> None:
    activity = an_activity()
    newcomer = an_actor(*PROPOSES, at=activity.lead_team, user=a_user())
    help = help_given(newcomer, activity, people=5)

    facts = HelpFacts(team_id=help.team_id, services=("vneid",), people=4)
    new = correct_help(newcomer, uuid7(), help, facts, reason="Nhầm")

    assert new.state == HelpState.WAITING
    assert withdraw_help(newcomer, new, reason="Nhầm").state == HelpState.WITHDRAWN


def test_further_help_to_people_whose_first_help_waits_waits_with_it() -> None:
    activity = an_activity()
    newcomer = an_actor(*PROPOSES, at=activity.lead_team, user=a_user())
    first = help_given(newcomer, activity, people=5)
    further = help_given(
        newcomer, activity, people=5, services=("email-account",), same_people_as=first.id
    )

    accept_helps(SYSTEM, [further])
    accept_helps(SYSTEM, [first])

    due = {"help.vneid": 5, "help.email-account": 5, "citizen-turns": 5, "platform-turns": 5}
    assert figures_of(first.unit) == due
    assert wrong_totals() == []


def test_nobody_accepts_what_she_recorded_herself_and_waits() -> None:
    team = a_team(after_acceptance(a_unit()))
    lead = an_actor(*RECORDS, "help.review", at=team, user=a_user())
    help = help_given(lead, an_activity(team))

    with pytest.raises(OwnHelp):
        accept_helps(lead, [help])
    accept_helps(an_actor("help.review", at=team.unit, user=a_user()), [help])

    assert Help.objects.get().state == HelpState.COUNTED


def test_only_who_may_reviews() -> None:
    help = help_given()
    volunteer = an_actor(*RECORDS, at=help.team, user=a_user())

    with pytest.raises(Forbidden):
        accept_helps(volunteer, [help])
    with pytest.raises(Forbidden):
        returned(help, volunteer)


def test_another_reason_is_said_in_words_without_numbers_of_persons() -> None:
    help = help_given()

    with pytest.raises(ReturnWordsMissing):
        return_helps(SYSTEM, [help], reason=ReturnReason.OTHER, words=" ")
    with pytest.raises(PersonalNumber):
        return_helps(SYSTEM, [help], reason=ReturnReason.OTHER, words="gọi 0912 345 678")


def test_what_was_withdrawn_meanwhile_is_left_out() -> None:
    help, other = help_given(), help_given()
    withdraw_help(SYSTEM, help, reason="Nhầm")

    changed = return_helps(SYSTEM, [help, other], reason=ReturnReason.TWICE)

    assert changed == [other]
    with pytest.raises(HelpNotCounted):
        correct_help(SYSTEM, uuid7(), help, HelpFacts(team_id=help.team_id, services=("vneid",),
                     people=1), reason="Nhầm")  # fmt: skip


@pytest.mark.parametrize("number", [1, 20])
def test_reviewing_takes_a_constant_number_of_statements(
    number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    activity = an_activity()
    helps = _loaded([help_given(activity=activity) for _ in range(number)])
    waiting = _loaded([a_waiting_help(activity) for _ in range(number)])

    with django_assert_max_num_queries(16):
        return_helps(SYSTEM, helps, reason=ReturnReason.TWICE)
    with django_assert_max_num_queries(20):
        accept_helps(SYSTEM, waiting)

    assert figures_of(activity.lead_team.unit)["citizen-turns"] == number


def _loaded(helps: list[Help]) -> list[Help]:
    return queries.reviewed_by_id(SYSTEM, MARCH, [help.pk for help in helps])


def test_services_to_people_counted_elsewhere_make_no_turns() -> None:
    activity = an_activity()
    help = help_given(activity=activity, people=5, counted_before=True)
    help_given(activity=activity, people=5, services=("other",), same_people_as=help.id)

    assert figures_of(help.unit) == {"help.vneid": 5, "help.other": 5}


def test_what_the_phone_says_is_kept_and_its_place_only_coarsely() -> None:
    given = given_help(
        an_activity(), given_at=MORNING, point=(10.302958, 105.761234), counted_before=True
    )

    help = record_help(SYSTEM, given)
    (again,) = record_helps(SYSTEM, [given])

    help.refresh_from_db()
    assert (help.lat, help.lon, help.given_at) == (10.3, 105.76, MORNING)
    assert again.outcome == HelpOutcome.ALREADY_RECORDED


def test_a_leader_records_in_the_name_of_another() -> None:
    activity = an_activity()
    team, volunteer = activity.lead_team, a_user()
    lead = an_actor(*RECORDS, "help.correct", at=team, user=a_user())
    plain = an_actor(*RECORDS, at=team, user=a_user())

    (done,) = record_helps(lead, [given_help(activity)], recorded_by=volunteer.pk)
    (refused,) = record_helps(plain, [given_help(activity)], recorded_by=volunteer.pk)

    assert done.help is not None
    assert done.help.recorded_by == volunteer.pk
    assert isinstance(refused.error, Forbidden)


def test_when_a_newcomer_is_confirmed_what_she_proposed_counts() -> None:
    help = a_waiting_help(people=5)

    accept_helps_of_newcomer(
        SYSTEM, team_id=str(help.team_id), user_id=help.recorded_by or 0, newcomer=str(uuid7())
    )

    help.refresh_from_db()
    assert (help.state, help.reviewed_at) == (HelpState.COUNTED, None)
    assert figures_of(help.unit)["citizen-turns"] == 5


def test_unless_help_counts_after_acceptance() -> None:
    help = a_waiting_help()
    after_acceptance(help.team.unit)

    accept_helps_of_newcomer(SYSTEM, team_id=help.team_id, user_id=help.recorded_by or 0)

    help.refresh_from_db()
    assert help.state == HelpState.WAITING


def test_when_a_newcomer_is_refused_it_goes_back() -> None:
    help = a_waiting_help()

    return_helps_of_newcomer(SYSTEM, team_id=help.team_id, user_id=help.recorded_by or 0)

    help.refresh_from_db()
    assert (help.state, help.review_reason) == (HelpState.RETURNED, "newcomer-refused")


def test_what_came_back_is_what_the_phone_takes_along() -> None:
    activity = an_activity()
    an = an_actor(*RECORDS, at=activity.lead_team, user=a_user())
    help = help_given(an, activity, people=50, note="chợ đông")
    lead = an_actor("help.review", at=activity.lead_team, user=a_user(full_name="Lê Bông Sen"))
    returned(help, lead, "Tách theo dịch vụ giúp anh.")
    help_given(an, activity)

    (back,) = queries.returned_of(an.user_id or 0)

    assert back["id"] == str(help.pk)
    assert back["help"]["citizens"] == 50
    assert (back["code"], back["words"]) == ("too-many", "Tách theo dịch vụ giúp anh.")
    assert back["by_name"] == "Lê Bông Sen"
    assert datetime.fromisoformat(back["at"]).tzinfo is not None
