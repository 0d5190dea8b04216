"""A leader's phone starts and closes a sortie; volunteers sign up by theirs, in any order."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
import time_machine

from senhong.activities.models import Activity, ActivityState, Participant, ParticipantState
from senhong.activities.services import cancel_activity, reopen_activity, start_activity
from senhong.activities.tests.make import MORNING, an_activity, figures_of
from senhong.audit.models import Event
from senhong.ledger.queries import wrong_totals
from senhong.org.tests.make import SYSTEM
from senhong.sync.models import KeptAct, KeptKind
from senhong.sync.tests.make import Crew, Phone, a_crew, a_sign_up, a_word, an_attendance

pytestmark = pytest.mark.django_db
BEFORE = "2023-03-14T08:00:00+07:00"
NOON = "2023-03-15T12:00:00+07:00"


def at(hour: int, day: int = 15) -> str:
    return f"2023-03-{day}T{hour:02}:00:00+07:00"


def state_of(activity: Activity) -> str:
    return Activity.objects.get(pk=activity.pk).state


def planned(crew: Crew, **facts: Any) -> Activity:
    return an_activity(crew.team, **facts)


def test_the_leader_starts_and_closes() -> None:
    crew = a_crew()
    sortie, phone = planned(crew), Phone(crew.leader)

    with time_machine.travel(NOON, tick=False):
        assert phone.results(a_word(sortie, "running", at=at(8))) == ["recorded"]
        assert state_of(sortie) == ActivityState.RUNNING
        close = a_word(sortie, "closed", at=at(11))
        assert phone.results(close) == ["recorded"]
        assert phone.results(close) == ["already-recorded"]
        assert phone.results(close | {"to": "running"}) == ["conflict"]

    assert state_of(sortie) == ActivityState.CLOSED
    assert figures_of(crew.unit)["sorties"] == 1


def test_what_is_so_already_is_recorded_without_a_second_event() -> None:
    crew = a_crew()
    phone = Phone(crew.leader)

    assert phone.results(a_word(crew.activity, "running")) == ["recorded"]

    assert Event.objects.filter(name="activity.started").count() == 1


def test_only_who_may_lead() -> None:
    crew = a_crew()

    [told] = Phone(crew.volunteer).send(a_word(crew.activity, "closed"))

    assert (told["result"], told["code"]) == ("returned", "forbidden")
    assert state_of(crew.activity) == ActivityState.RUNNING


def test_one_that_is_cancelled_is_returned_in_words() -> None:
    crew = a_crew()
    cancel_activity(SYSTEM, crew.activity, reason="Mưa bão")

    told = Phone(crew.leader).send(
        a_word(crew.activity, "running"), a_word(crew.activity, "closed", at=at(9))
    )

    assert {(each["result"], each["code"]) for each in told} == {("returned", "activity-cancelled")}
    assert "đã hủy" in told[0]["detail"]


def test_one_that_is_still_to_come_is_not_started() -> None:
    crew = a_crew()
    sortie = planned(crew)

    with time_machine.travel(BEFORE, tick=False):
        [told] = Phone(crew.leader).send(a_word(sortie, "running", at=BEFORE))

    assert (told["result"], told["code"]) == ("returned", "activity-not-begun")


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_any_order_leads_to_what_the_phone_said_last(order: tuple[int, ...]) -> None:
    crew = a_crew()
    sortie, phone = planned(crew), Phone(crew.leader)
    acts = [
        a_word(sortie, "running", at=at(8)),
        an_attendance(crew, activity=str(sortie.pk), at=at(9)),
        a_word(sortie, "closed", at=at(11)),
        an_attendance(crew, activity=str(sortie.pk), left=True, at=at(10)),
    ]

    with time_machine.travel(NOON, tick=False):
        assert [phone.results(acts[place]) for place in order] == [["recorded"]] * 4

    assert state_of(sortie) == ActivityState.CLOSED
    assert Participant.objects.get(activity=sortie).state == ParticipantState.LEFT
    assert figures_of(crew.unit) == {"activities": 1, "sorties": 1, "volunteer-turns": 1}
    assert wrong_totals() == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_closed_by_mistake_and_running_again(order: tuple[int, ...]) -> None:
    crew = a_crew()
    sortie, phone = planned(crew), Phone(crew.leader)
    acts = [
        a_word(sortie, "running", at=at(8)),
        a_word(sortie, "closed", at=at(9)),
        a_word(sortie, "running", at=at(10)),
    ]

    with time_machine.travel(NOON, tick=False):
        for place in order:
            phone.send(acts[place])

    assert state_of(sortie) == ActivityState.RUNNING
    assert figures_of(crew.unit) == {}


def test_what_the_office_decided_later_stands() -> None:
    crew = a_crew()
    phone = Phone(crew.leader)
    with time_machine.travel(NOON, tick=False):
        phone.send(a_word(crew.activity, "closed", at=at(11)))
        reopen_activity(SYSTEM, crew.activity, reason="Còn khách")

        assert phone.results(a_word(crew.activity, "closed", at=at(10))) == ["recorded"]

    assert state_of(crew.activity) == ActivityState.RUNNING


def test_an_overlap_is_returned_until_she_says_that_she_knows() -> None:
    crew = a_crew()
    one = planned(crew, name="Ra quân ở chợ")
    other = planned(crew, name="Trực bàn", starts_at=MORNING + timedelta(hours=1))
    phone = Phone(crew.volunteer)

    with time_machine.travel(BEFORE, tick=False):
        assert phone.results(a_sign_up(one, at=BEFORE)) == ["recorded"]
        twice = a_sign_up(other, at=BEFORE)
        [told] = phone.send(twice)
        assert phone.results(twice | {"anyway": True}) == ["recorded"]
        assert phone.results(twice | {"anyway": True}) == ["already-recorded"]

    assert (told["result"], told["code"]) == ("returned", "overlaps")
    assert "Ra quân ở chợ" in told["detail"]
    assert Participant.objects.count() == 2


def test_what_touches_within_an_hour_is_no_overlap() -> None:
    crew = a_crew()
    one = planned(crew)
    other = planned(crew, starts_at=MORNING + timedelta(hours=3, minutes=30))

    with time_machine.travel(BEFORE, tick=False):
        told = Phone(crew.volunteer).results(a_sign_up(one, at=BEFORE), a_sign_up(other, at=BEFORE))

    assert told == ["recorded", "recorded"]


@pytest.mark.parametrize(
    ("answer", "state"),
    [("cancel", ParticipantState.CANCELLED), ("confirm", ParticipantState.CONFIRMED)],
)
def test_what_comes_before_its_sign_up_waits_for_it(answer: str, state: str) -> None:
    crew = a_crew()
    sortie, phone = planned(crew), Phone(crew.volunteer)
    first, then = a_sign_up(sortie, at=at(8, 10)), a_sign_up(sortie, answer=answer, at=at(9, 10))

    with time_machine.travel(at(12, 10), tick=False):
        [held] = phone.send(then)
        assert KeptAct.objects.get().kind == KeptKind.WAITING
        assert phone.results(first) == ["recorded"]
        assert phone.results(then, first) == ["already-recorded", "already-recorded"]

    assert (held["result"], held["code"]) == ("held", "waits-for-sign-up")
    assert Participant.objects.get(activity=sortie).state == state
    assert not KeptAct.objects.open().exists()


def test_another_persons_sign_up_releases_nothing() -> None:
    crew = a_crew()
    sortie = planned(crew)

    with time_machine.travel(at(12, 10), tick=False):
        Phone(crew.volunteer).send(a_sign_up(sortie, answer="cancel", at=at(9, 10)))
        assert Phone(crew.leader).results(a_sign_up(sortie, at=at(8, 10))) == ["recorded"]

    assert KeptAct.objects.open().count() == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_signed_up_cancelled_and_signed_up_again_in_any_order(order: tuple[int, ...]) -> None:
    crew = a_crew()
    sortie, phone = planned(crew), Phone(crew.volunteer)
    acts = [
        a_sign_up(sortie, at=at(8, 10)),
        a_sign_up(sortie, answer="cancel", at=at(9, 10)),
        a_sign_up(sortie, at=at(10, 10)),
    ]

    with time_machine.travel(at(12, 10), tick=False):
        for place in order:
            phone.send(acts[place])
        assert phone.results(*acts) == ["already-recorded"] * 3

    assert Participant.objects.get(activity=sortie).state == ParticipantState.SIGNED_UP
    assert not KeptAct.objects.open().exists()


def test_starting_on_the_page_is_noted_with_its_time() -> None:
    crew = a_crew()
    sortie = planned(crew)

    with time_machine.travel(NOON, tick=False):
        start_activity(SYSTEM, sortie)
        assert Phone(crew.leader).results(a_word(sortie, "closed", at=at(11))) == ["recorded"]

    assert state_of(sortie) == ActivityState.RUNNING
