from datetime import date

import pytest

from senhong.activities.errors import (
    GivenInFuture,
    GroupTooSmall,
    HelpNotCounted,
    PersonalNumber,
    ReasonMissing,
)
from senhong.activities.facts import HelpFacts
from senhong.activities.models import Help, HelpState
from senhong.activities.services import cancel_activity, correct_help, withdraw_help
from senhong.activities.tests.make import an_activity, figures_of, help_given
from senhong.audit.models import Event
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.ledger.models import Posting
from senhong.ledger.queries import wrong_totals
from senhong.org.tests.make import SYSTEM, a_unit, a_user, an_actor
from senhong.people.tests.make import a_team

pytestmark = pytest.mark.django_db


def facts_of(help: Help, **other: object) -> HelpFacts:
    same: dict[str, object] = {
        "team_id": help.team_id,
        "services": tuple(help.services),
        "people": help.people,
        "helped": help.helped,
        "given_on": help.given_on,
    }
    return HelpFacts(**same | other)  # type: ignore[arg-type]  # checked by use


def corrected(help: Help, actor: Actor = SYSTEM, **other: object) -> Help:
    return correct_help(actor, uuid7(), help, facts_of(help, **other), reason="Ghi nhầm")


def test_a_correction_stands_in_the_place_of_what_it_corrects() -> None:
    help = help_given(people=5)

    new = corrected(help, people=2, services=("email-account",))

    help.refresh_from_db()
    assert (help.state, new.state, new.corrects) == (HelpState.CORRECTED, HelpState.COUNTED, help)
    due = {"help.email-account": 2, "citizen-turns": 2}
    assert figures_of(help.unit) == due
    assert wrong_totals() == []


def test_a_correction_may_move_help_to_another_team_and_day() -> None:
    lead = a_team()
    other = a_team(a_unit("Xã B", lead.unit.province))
    activity = an_activity(lead, teams=(other,))
    help = help_given(activity=activity)

    corrected(help, team_id=other.pk, given_on=date(2023, 3, 16))

    assert figures_of(lead.unit) == {}
    assert figures_of(other.unit)["citizen-turns"] == 1
    days = set(Posting.objects.filter(unit=other.unit).values_list("day", flat=True))
    assert days == {20230316}


def test_correcting_twice_with_one_id_corrects_once() -> None:
    help = help_given(people=5)
    id, facts = uuid7(), facts_of(help, people=2)

    first = correct_help(SYSTEM, id, help, facts, reason="Ghi nhầm")
    again = correct_help(SYSTEM, id, help, facts, reason="Ghi nhầm")

    assert first == again
    assert Event.objects.filter(name="help.corrected").count() == 1
    with pytest.raises(IdReused):
        correct_help(SYSTEM, id, help, facts_of(help, people=3), reason="Ghi nhầm")


def test_the_first_of_a_group_may_be_corrected_below_the_further_help() -> None:
    activity = an_activity()
    first = help_given(activity=activity, people=5)
    help_given(activity=activity, people=3, services=("email-account",), same_people_as=first.id)

    corrected(first, people=1)

    due = {"help.vneid": 1, "help.email-account": 3, "citizen-turns": 3, "platform-turns": 1}
    assert figures_of(first.unit) == due


def test_when_the_first_is_withdrawn_the_further_help_counts_the_people() -> None:
    activity = an_activity()
    first = help_given(activity=activity, people=5)
    help_given(activity=activity, people=3, services=("email-account",), same_people_as=first.id)

    withdraw_help(SYSTEM, first, reason="Ghi nhầm")

    assert figures_of(first.unit) == {"help.email-account": 3, "citizen-turns": 3}
    assert wrong_totals() == []


def test_withdrawing_twice_takes_back_once() -> None:
    help = help_given(people=5)

    withdraw_help(SYSTEM, help, reason="Ghi nhầm")
    again = withdraw_help(SYSTEM, help, reason="Ghi nhầm")

    assert again.state == HelpState.WITHDRAWN
    assert figures_of(help.unit) == {}
    assert Event.objects.filter(name="help.withdrawn").count() == 1


def test_what_does_not_count_is_not_corrected() -> None:
    help = help_given()
    withdraw_help(SYSTEM, help, reason="Ghi nhầm")

    with pytest.raises(HelpNotCounted, match="Đã rút"):
        corrected(help, people=2)


def test_a_correction_meets_the_rules_of_recording() -> None:
    activity = an_activity()
    help = help_given(activity=activity, people=2)
    further = help_given(activity=activity, people=2, same_people_as=help.id)

    with pytest.raises(GivenInFuture):
        corrected(help, given_on=date(2999, 1, 1))
    with pytest.raises(PersonalNumber):
        corrected(help, note="0912345678")
    with pytest.raises(GroupTooSmall):
        corrected(further, people=3)
    with pytest.raises(ReasonMissing):
        correct_help(SYSTEM, uuid7(), help, facts_of(help, people=1))


def test_help_of_a_cancelled_activity_may_be_withdrawn_without_counting_twice() -> None:
    activity = an_activity()
    help = help_given(activity=activity)
    cancel_activity(SYSTEM, activity, reason="Mưa bão")

    withdraw_help(SYSTEM, help, reason="Ghi nhầm")

    assert figures_of(help.unit) == {}
    assert wrong_totals() == []


def test_who_recorded_may_correct_on_the_same_day() -> None:
    activity = an_activity()
    team = activity.lead_team
    an = an_actor("help.record", at=team, user=a_user("an"))
    other = an_actor("help.record", at=team, user=a_user("binh"))
    help = help_given(an, activity)

    with pytest.raises(Forbidden):
        corrected(help, other, people=2)
    new = corrected(help, an, people=2)
    Help.objects.update(recorded_at="2023-03-15T01:00:00Z")
    new.refresh_from_db()
    with pytest.raises(Forbidden):
        withdraw_help(an, new, reason="Ghi nhầm")
    withdraw_help(an_actor("help.correct", at=team), new, reason="Ghi nhầm")
