"""Who is refused, and when phone numbers are forgotten."""

from datetime import date, timedelta

import pytest
import time_machine

from senhong.audit.models import Event
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden
from senhong.core.ids import uuid7
from senhong.org.queries import actor_of
from senhong.org.tests.make import SYSTEM, a_user
from senhong.people import jobs
from senhong.people.errors import (
    AlreadyDecided,
)
from senhong.people.models import (
    Member,
    Newcomer,
)
from senhong.people.services import (
    ask_to_join,
    confirm_newcomers,
    leave_movement,
    refuse_newcomers,
)
from senhong.people.services import joining as joining_services
from senhong.people.tests.make import a_code, a_leader, a_newcomer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_day")]

PHONE = "0912 345 678"


@pytest.fixture
def on_a_day() -> object:
    with time_machine.travel("2026-03-20T12:00:00+07:00", tick=False) as traveller:
        yield traveller


def again(newcomer: Newcomer) -> Newcomer:
    return Newcomer.objects.select_related("team__unit", "user", "member").get(pk=newcomer.pk)


def test_who_is_refused_is_forgotten_at_once_and_may_do_nothing() -> None:
    newcomer = a_newcomer(phone=PHONE)

    for _twice in range(2):
        refuse_newcomers(a_leader(newcomer.team), [newcomer])

    assert again(newcomer).phone is None
    assert actor_of(newcomer.user_id).grants == frozenset()
    assert Event.objects.filter(name="newcomer.refused").count() == 1


def test_what_was_decided_is_not_decided_otherwise() -> None:
    newcomer = a_newcomer()
    leader = a_leader(newcomer.team)
    refuse_newcomers(leader, [newcomer])

    with pytest.raises(AlreadyDecided):
        confirm_newcomers(leader, {newcomer: None})


def test_who_was_refused_may_ask_again() -> None:
    code = a_code()
    user = a_user()
    refuse_newcomers(SYSTEM, [ask_to_join(Actor(user.pk), uuid7(), code)])

    ask_to_join(Actor(user.pk), uuid7(), code)

    assert Newcomer.objects.waiting().count() == 1


def phones_after(days: int) -> int:
    with time_machine.travel(clock.now() + timedelta(days=days)):
        jobs.forget_phones.call()
    return Newcomer.objects.filter(phone__isnull=False).count()


def test_a_phone_is_forgotten_ninety_days_after_leaving() -> None:
    newcomer = a_newcomer(phone=PHONE)
    confirm_newcomers(SYSTEM, {newcomer: None})
    member = Member.objects.get()
    leave_movement(SYSTEM, member, on=date(2026, 3, 30))

    assert [phones_after(days) for days in (0, 99, 100)] == [1, 1, 0]


def test_a_phone_of_who_stays_is_kept() -> None:
    confirm_newcomers(SYSTEM, {a_newcomer(phone=PHONE): None})

    assert phones_after(1000) == 1


def test_a_phone_of_who_is_never_decided_is_forgotten_too() -> None:
    a_newcomer(phone=PHONE)

    assert [phones_after(days) for days in (90, 91)] == [1, 0]


def test_only_the_machine_itself_forgets() -> None:
    with pytest.raises(Forbidden):
        joining_services.forget_phones(Actor(a_user().pk))
