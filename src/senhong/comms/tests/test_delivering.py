"""Each is told once, on the channels she has chosen, in her language."""

import pytest
from django.utils.translation import gettext as _
from pytest_django import Settings

from senhong.accounts.services import deactivate
from senhong.audit.models import Event
from senhong.audit.services import happened
from senhong.audit.tests.queue import work_the_queue
from senhong.comms.connectors.push.tests.service import Browser as ABrowser
from senhong.comms.errors import (
    EmailLinkUnusable,
    PushKeysUnusable,
    PushServiceUnknown,
    TooManyAddresses,
)
from senhong.comms.models import Channel, Delivery, DeliveryState, PushSubscription
from senhong.comms.queries import get_message, inbox, is_push_service, settings_of, unseen_number
from senhong.comms.queries.reaching import email_token
from senhong.comms.services import (
    Browser,
    Said,
    choose_messages,
    confirm_email,
    deliver,
    end_push,
    see_all_messages,
    see_message,
    see_occasion,
    take_push,
)
from senhong.comms.tests.make import reminded, told, with_email, with_phone
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, NotFound
from senhong.core.ids import uuid7
from senhong.org.queries import SYSTEM, actor_of
from senhong.org.tests.make import a_grant, a_unit, a_user
from senhong.people.tests.make import a_team

pytestmark = pytest.mark.django_db
PHONE = {"endpoint": "https://fcm.googleapis.com/send/1", **ABrowser().keys}


@pytest.fixture(autouse=True)
def a_place_for_letters(settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:1"


def channels_of(occasion: str = "test:1") -> list[tuple[str, str]]:
    rows = Delivery.objects.filter(occasion=occasion).order_by("channel")
    return list(rows.values_list("channel", "state"))


def test_everybody_is_told_in_the_app_and_where_she_chose() -> None:
    plain, all_ = a_user(), with_phone(with_email(a_user()), PHONE)

    told(plain, all_)

    assert channels_of() == [
        ("email", "waiting"), ("in-app", "sent"), ("in-app", "sent"), ("push", "waiting"),
    ]  # fmt: skip
    assert [each.subject for each in inbox(actor_of(all_.pk)).items] == ["Ngày mai"]  # type: ignore[union-attr]
    assert Event.objects.filter(name="delivery.made").count() == 2


def test_nobody_is_told_the_same_twice_even_on_a_channel_chosen_later() -> None:
    user = a_user()
    told(user)
    with_email(user)

    again = told(user)

    assert again == []
    assert channels_of() == [("in-app", "sent")]
    assert len(told(user, occasion="test:2")) == 1


def test_who_may_not_sign_in_any_more_is_not_told() -> None:
    user = a_user()
    deactivate(SYSTEM, user)

    assert told(user) == []


def test_each_is_told_in_her_language() -> None:
    vietnamese, english = a_user(), a_user()
    choose_messages(actor_of(english.pk), by_email=False, language="en")

    deliver(
        SYSTEM, [vietnamese.pk, english.pk], occasion="test:1",
        say=lambda: Said(_("Đổi mật khẩu"), "…"),
    )  # fmt: skip

    said = dict(Delivery.objects.values_list("user", "subject"))
    assert said[vietnamese.pk] == "Đổi mật khẩu"
    assert said[english.pk] != "Đổi mật khẩu"


def test_what_was_seen_is_not_sent_elsewhere_any_more() -> None:
    user = with_phone(with_email(a_user()), PHONE)
    [message] = told(user)
    actor = actor_of(user.pk)

    for _time in range(2):
        see_message(actor, message)

    assert {state for _channel, state in channels_of()} == {DeliveryState.SEEN}
    assert not Delivery.objects.exclude(next_try_at=None).exists()
    assert unseen_number(actor) == 0
    assert Event.objects.filter(name="delivery.seen").count() == 1


def test_what_was_done_is_seen_and_so_is_everything_at_once() -> None:
    user = a_user()
    actor = actor_of(user.pk)
    for number in range(3):
        told(user, occasion=f"test:{number}")

    see_occasion(actor, "test:1")
    left = unseen_number(actor)
    see_all_messages(actor)

    assert (left, unseen_number(actor)) == (2, 0)


def test_a_message_is_for_one_person() -> None:
    user, other = a_user(), a_user()
    [message] = told(user)

    with pytest.raises(NotFound):
        get_message(actor_of(other.pk), message.pk)
    for stranger in (actor_of(other.pk), Actor(None)):
        with pytest.raises(Forbidden):
            see_message(stranger, message)


def test_one_inbox_holds_messages_and_reminders_newest_first() -> None:
    commune, user = a_unit(), a_user()
    a_grant(user, commune)
    actor = actor_of(user.pk)
    told(user, occasion="test:1")
    reminded(commune)
    told(user, occasion="test:2")

    first = inbox(actor, limit=2)
    rest = inbox(actor, after=first.next, limit=2)

    kinds = [type(each).__name__ for each in (*first.items, *rest.items)]
    assert kinds == ["Delivery", "Reminder", "Delivery"]
    assert rest.next is None
    assert unseen_number(actor) == 3


def test_an_address_is_used_once_it_is_known_to_be_hers() -> None:
    user, other = a_user(), a_user()
    actor = actor_of(user.pk)
    choose_messages(actor, by_email=True, email="an@example.com")
    told(user, occasion="test:1")

    token = email_token(user.pk, "an@example.com")
    with pytest.raises(Forbidden):
        confirm_email(actor_of(other.pk), token)
    confirm_email(actor, token)
    told(user, occasion="test:2")
    choose_messages(actor, by_email=True, email="khac@example.com")
    told(user, occasion="test:3")

    asked = Delivery.objects.filter(occasion__startswith="email.asked:")
    assert asked.count() == 2
    assert asked[0].link.startswith("/messages/email/")
    assert [Channel.EMAIL in dict(channels_of(f"test:{n}")) for n in (1, 2, 3)] == [
        False, True, False,
    ]  # fmt: skip
    for wrong in (token, "khong-phai", email_token(user.pk, "la@example.com")):
        with pytest.raises(EmailLinkUnusable):
            confirm_email(actor, wrong)


def test_strangers_are_not_written_to_again_and_again() -> None:
    actor = actor_of(a_user().pk)
    for number in (1, 1, 2, 3):
        choose_messages(actor, by_email=True, email=f"{number}@example.com")

    with pytest.raises(TooManyAddresses):
        choose_messages(actor, by_email=True, email="4@example.com")

    assert Delivery.objects.count() == 3


def test_a_phone_takes_notes_for_who_uses_it_now() -> None:
    first, second = a_user(), a_user()
    for user in (first, first, second):
        with_phone(user, PHONE)

    told(first, second)

    assert PushSubscription.objects.get().user == second
    assert Event.objects.filter(name="push.begun").count() == 2
    assert Delivery.objects.get(channel=Channel.PUSH).user == second
    end_push(actor_of(first.pk), endpoint=PHONE["endpoint"])
    assert PushSubscription.objects.count() == 1
    for _time in range(2):
        end_push(actor_of(second.pk), endpoint=PHONE["endpoint"])
    assert PushSubscription.objects.count() == 0
    assert Event.objects.filter(name="push.ended").count() == 1


def test_notes_go_to_push_services_only() -> None:
    actor = actor_of(a_user().pk)

    for elsewhere in (
        "http://fcm.googleapis.com/send/1", "https://127.0.0.1/", "https://fcm.googleapis.com.evil.vn/",
        "https://evil.vn/#.push.apple.com", "https://a@fcm.googleapis.com/", "https://fcm.googleapis.com:8/",
        "khong", "https://[", "",
    ):  # fmt: skip
        assert not is_push_service(elsewhere)
        with pytest.raises(PushServiceUnknown):
            take_push(actor, Browser(**PHONE | {"endpoint": elsewhere}))
    assert is_push_service("https://web.push.apple.com/QOX")
    with pytest.raises(PushKeysUnusable):
        take_push(actor, Browser(**PHONE | {"auth": "AA"}))
    with pytest.raises(Forbidden):
        take_push(Actor(None), Browser(**PHONE))


def test_who_had_two_accounts_keeps_what_either_was_told() -> None:
    kept, given_up = a_user(), with_phone(with_email(a_user()), PHONE)
    told(kept, given_up, occasion="test:1")
    told(given_up, occasion="test:2")

    happened(SYSTEM, "account.united", kept, kept=kept.pk, given_up=given_up.pk)

    actor = actor_of(kept.pk)
    assert unseen_number(actor) == 2
    assert kept.pk == PushSubscription.objects.get().user_id
    assert settings_of(kept.pk).email == "an@example.com"


def test_a_phone_that_was_signed_out_takes_no_notes() -> None:
    user, device = a_user(), uuid7()
    take_push(actor_of(user.pk), Browser(**PHONE), device=device)

    happened(SYSTEM, "device.signed-out", PushSubscription(id=device), user_id=user.pk)
    work_the_queue()

    assert not PushSubscription.objects.exists()


def test_a_newcomer_is_told_that_she_is_in_the_team() -> None:
    user, team = a_user(), a_team()

    happened(SYSTEM, "newcomer.confirmed", user, team_id=team.pk, user_id=user.pk)
    work_the_queue()

    assert [each.link for each in Delivery.objects.filter(user=user)] == ["/field/"]
