"""Twenty press at once, with real commits: one gets the seat, the others wait in turn."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from pytest_django import DjangoDbBlocker

from senhong.activities.models import Activity, Participant, ParticipantState
from senhong.activities.services import cancel_sign_up, sign_up
from senhong.activities.tests.make import DAYS_BEFORE, Volunteer, a_volunteer, an_activity
from senhong.core.ids import uuid7
from senhong.ledger.tests.database import a_copy_of_the_database

PEOPLE = 20
AT_ONCE = 10  # as many connections as the pool of PostgreSQL holds


@pytest.fixture
def crowd(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[tuple[Activity, list[Volunteer]]]:
    with (
        django_db_blocker.unblock(),
        a_copy_of_the_database(tmp_path),
        time_machine.travel(DAYS_BEFORE),
    ):
        activity = an_activity(seats=1)
        yield activity, [a_volunteer(activity.lead_team) for _ in range(PEOPLE)]


def together(activity: Activity, crowd: list[Volunteer]) -> list[str]:
    """Everybody signs up, as many at once as there are connections."""
    gate = Barrier(AT_ONCE)

    def press(one: Volunteer) -> str:
        try:
            gate.wait(timeout=20)
            return sign_up(one.actor, uuid7(), activity).state
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(press, crowd))


def test_twenty_at_once_for_one_seat(crowd: tuple[Activity, list[Volunteer]]) -> None:
    activity, people = crowd

    states = together(activity, people)

    assert states.count(ParticipantState.SIGNED_UP) == 1
    assert states.count(ParticipantState.WAITING) == PEOPLE - 1
    assert Participant.objects.seated().count() == 1


def test_twenty_who_cancel_at_once_give_each_seat_on_once(
    crowd: tuple[Activity, list[Volunteer]],
) -> None:
    activity, people = crowd
    parts = [sign_up(one.actor, uuid7(), activity) for one in people]
    half = list(zip(people, parts, strict=True))[: PEOPLE // 2]

    def go(pair: tuple[Volunteer, Participant]) -> None:
        try:
            cancel_sign_up(pair[0].actor, pair[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(go, half))

    assert Participant.objects.seated().get().pk == parts[PEOPLE // 2].pk
    assert Participant.objects.filter(state=ParticipantState.WAITING).count() == PEOPLE // 2 - 1
