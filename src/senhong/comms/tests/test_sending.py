"""What is due goes out once; what does not is tried again, and at last given up."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from senhong.audit.models import Event
from senhong.comms.connectors.email.tests.server import MailServer, a_mail_server
from senhong.comms.connectors.push.tests.service import PushService, a_push_service
from senhong.comms.jobs import forget_old_deliveries, send_deliveries
from senhong.comms.models import Channel, Delivery, DeliveryState, PushSubscription
from senhong.comms.queries import due_deliveries, given_up_deliveries
from senhong.comms.services import (
    PAUSES,
    choose_messages,
    claim_delivery,
    note_failed,
    note_sent,
    retry_delivery,
    see_message,
)
from senhong.comms.tests.make import told, with_email, with_phone
from senhong.core import clock
from senhong.core.errors import Forbidden
from senhong.ledger.tests.database import a_copy_of_the_database
from senhong.org.models import Role
from senhong.org.queries import SYSTEM, actor_of
from senhong.org.services import found_installation
from senhong.org.tests.make import a_grant, a_province, a_unit, a_user

NOON = datetime(2026, 3, 20, 5, tzinfo=UTC)
WORKERS = 4
LETTERS = 12


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with a_mail_server(settings) as server:
        yield server


@pytest.fixture
def service(settings: Settings) -> Iterator[PushService]:
    with a_push_service(settings) as service:
        yield service


def the(channel: str = Channel.EMAIL) -> Delivery:
    return Delivery.objects.get(channel=channel)


@pytest.mark.django_db
def test_a_letter_goes_out_once(server: MailServer) -> None:
    told(with_email(a_user()), link="/activities/1/answer/")

    sent = [send_deliveries() for _round in range(2)]

    assert sent == [1, 0]
    [letter] = server.letters
    assert (letter["To"], letter["Subject"]) == ("an@example.com", "Ngày mai")
    assert (the().state, the().attempts, the().next_try_at) == (DeliveryState.SENT, 1, None)


@pytest.mark.django_db
def test_the_letter_that_asks_for_an_address_goes_out_too(server: MailServer) -> None:
    user = a_user()
    choose_messages(actor_of(user.pk), by_email=True, email="moi@example.com")

    send_deliveries()

    [letter] = server.letters
    assert letter["To"] == "moi@example.com"
    assert "/messages/email/" in letter.get_content()


@pytest.mark.django_db
def test_pauses_grow_until_it_is_given_up(server: MailServer) -> None:
    server.refusals["an@example.com"] = "450 busy"
    with time_machine.travel(NOON, tick=False) as machine:
        told(with_email(a_user()))
        for pause in PAUSES:
            send_deliveries()
            assert (the().state, the().next_try_at) == (DeliveryState.WAITING, clock.now() + pause)
            machine.shift(pause - timedelta(seconds=1))
            assert send_deliveries() == 0
            machine.shift(timedelta(seconds=1))
        send_deliveries()

    assert (the().state, the().error, the().attempts) == ("given-up", "server-busy", 6)
    assert the().next_try_at is None
    said = Event.objects.get(name="delivery.given-up")
    assert said.facts == {"channel": "email", "code": "server-busy"}


@pytest.mark.django_db
def test_what_can_never_arrive_is_given_up_at_once(server: MailServer) -> None:
    server.refusals["an@example.com"] = "550 no such user"
    told(with_email(a_user()))

    send_deliveries()

    assert (the().state, the().error) == ("given-up", "address-refused")


@pytest.mark.django_db
def test_what_is_late_is_not_sent(server: MailServer) -> None:
    told(with_email(a_user()), until=clock.now() - timedelta(seconds=1))

    send_deliveries()

    assert (server.letters, the().error) == ([], "too-late")


@pytest.mark.django_db
def test_who_took_the_channel_back_gets_nothing(server: MailServer) -> None:
    user = with_email(a_user())
    told(user)
    choose_messages(actor_of(user.pk), by_email=False, email="an@example.com")

    send_deliveries()

    assert (server.letters, the().error) == ([], "nobody-there")


@pytest.mark.django_db
def test_a_note_goes_to_every_phone_and_gone_ones_are_forgotten(service: PushService) -> None:
    user = a_user()
    for name in ("an", "cu"):
        with_phone(user, service.subscribe(name))
    service.answers["/push/cu"] = 410
    told(user)

    send_deliveries()

    assert the(Channel.PUSH).state == DeliveryState.SENT
    assert [path for path, _note in service.notes] == ["/push/an"]
    assert PushSubscription.objects.get().endpoint.endswith("/push/an")


@pytest.mark.django_db
def test_when_all_phones_are_gone_it_stands_in_the_app(service: PushService) -> None:
    user = with_phone(a_user(), service.subscribe())
    service.answers["/push/an"] = 404
    told(user)

    send_deliveries()

    assert (the(Channel.PUSH).state, the(Channel.PUSH).error) == ("given-up", "nobody-there")
    assert the(Channel.IN_APP).state == DeliveryState.SENT
    assert not PushSubscription.objects.exists()


@pytest.mark.django_db
def test_who_was_stopped_in_the_middle_is_taken_over_and_may_not_end_it() -> None:
    with time_machine.travel(NOON, tick=False) as machine:
        [message] = told(a_user())
        Delivery.objects.filter(pk=message.pk).update(
            channel=Channel.EMAIL, state=DeliveryState.WAITING, next_try_at=clock.now()
        )
        [first] = due_deliveries(clock.now(), limit=9)
        assert claim_delivery(SYSTEM, first)
        assert due_deliveries(clock.now(), limit=9) == []
        machine.shift(timedelta(minutes=11))
        [second] = due_deliveries(clock.now(), limit=9)
        assert claim_delivery(SYSTEM, second)

        note_failed(SYSTEM, first, "server-away", is_final=True)
        assert the().state == DeliveryState.SENDING
        note_sent(SYSTEM, second)

    assert (the().state, the().attempts) == (DeliveryState.SENT, 2)


@pytest.mark.django_db
def test_what_is_seen_while_it_is_sent_stays_seen(settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    user = with_email(a_user())
    [message] = told(user)
    [delivery] = due_deliveries(clock.now(), limit=9)
    claim_delivery(SYSTEM, delivery)

    see_message(actor_of(user.pk), message)
    note_failed(SYSTEM, delivery, "server-away")

    assert (the().state, the().next_try_at) == (DeliveryState.SEEN, None)


@pytest.mark.django_db
def test_the_office_sees_what_was_given_up_and_sends_it_anew(server: MailServer) -> None:
    province = a_province()
    found_installation(SYSTEM, province=province)
    commune = a_unit("Xã A", province)
    office, secretary = a_user(), a_user()
    a_grant(office, province, Role.PROVINCE_OFFICE)
    a_grant(secretary, commune, Role.SECRETARY)
    server.refusals["an@example.com"] = "550 no such user"
    told(with_email(a_user()))
    send_deliveries()
    server.refusals.clear()

    [delivery] = given_up_deliveries(actor_of(office.pk)).items
    for _time in range(2):
        retry_delivery(actor_of(office.pk), delivery)
    send_deliveries()

    assert len(server.letters) == 1
    assert given_up_deliveries(actor_of(office.pk)).items == []
    assert Event.objects.filter(name="delivery.retried").count() == 1
    with pytest.raises(Forbidden):
        given_up_deliveries(actor_of(secretary.pk))
    with pytest.raises(Forbidden):
        retry_delivery(actor_of(secretary.pk), delivery)


@pytest.mark.django_db
def test_what_was_told_more_than_a_year_ago_is_deleted() -> None:
    user = a_user()
    with time_machine.travel(NOON, tick=False) as machine:
        told(user, occasion="test:1")
        machine.shift(timedelta(days=300))
        told(user, occasion="test:2")
        machine.shift(timedelta(days=66))

        assert [forget_old_deliveries() for _day in range(2)] == [1, 0]

    assert Delivery.objects.get().occasion == "test:2"


@pytest.mark.django_db
def test_only_the_machine_sends() -> None:
    [message] = told(a_user())
    office = actor_of(a_user().pk)

    for act in (claim_delivery, note_sent):
        with pytest.raises(Forbidden):
            act(office, message)
    with pytest.raises(Forbidden):
        note_failed(office, message, "server-away")


@pytest.fixture
def letters_due(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path: Path,
    server: MailServer,
) -> Iterator[MailServer]:
    with django_db_blocker.unblock(), a_copy_of_the_database(tmp_path):
        told(*(with_email(a_user(), f"{number}@example.com") for number in range(LETTERS)))
        yield server


def test_of_many_workers_each_letter_is_sent_by_one(letters_due: MailServer) -> None:
    def work(_number: int) -> int:
        try:
            return send_deliveries()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        sent = list(pool.map(work, range(WORKERS)))

    assert sum(sent) == LETTERS
    got = sorted(letter["To"] for letter in letters_due.letters)
    assert got == sorted(f"{number}@example.com" for number in range(LETTERS))
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}
