"""Phones come to a token, act with it, and are signed out; links sign in one phone, once."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from senhong.accounts import services
from senhong.accounts.errors import AccountInactive, LinkExpired, LinkSpent
from senhong.accounts.models import Device, KeepKey, SignInLink
from senhong.accounts.queries import bearer_of, user_of_token
from senhong.accounts.tests.make import KEEPER, a_device, a_link, a_user
from senhong.audit.models import Event
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7

pytestmark = pytest.mark.django_db


def by_link(secret: str, id: UUID | None = None) -> services.IssuedDevice:
    return services.add_device_by_link(id or uuid7(), secret=secret, name="Chrome trên Android")


def test_a_phone_acts_for_the_person_of_the_link() -> None:
    user = a_user()

    issued = by_link(a_link(user))

    assert issued.token.startswith("sd_")
    assert user_of_token(issued.token) == user
    assert Device.objects.get().digest != issued.token


def test_a_second_phone_does_not_get_in_by_the_same_link() -> None:
    secret = a_link(a_user())
    by_link(secret)

    with pytest.raises(LinkSpent):
        by_link(secret)

    assert Device.objects.count() == 1


def test_the_phone_that_won_may_send_again_and_its_newest_token_counts() -> None:
    secret, id = a_link(a_user()), uuid7()
    first = by_link(secret, id)

    again = by_link(secret, id)

    assert Device.objects.count() == 1
    assert user_of_token(first.token) is None
    assert user_of_token(again.token) is not None
    assert again.keep_key == first.keep_key


def test_after_ten_minutes_a_link_opens_nothing() -> None:
    secret = a_link(a_user())

    with time_machine.travel(clock.now() + timedelta(minutes=10)), pytest.raises(LinkExpired):
        by_link(secret)


def test_an_unknown_secret_is_said_to_be_spent() -> None:
    with pytest.raises(LinkSpent):
        by_link("nichts")


def test_the_link_of_a_closed_account_opens_nothing() -> None:
    user = a_user()
    secret = a_link(user)
    services.deactivate(KEEPER, user)

    with pytest.raises(AccountInactive):
        by_link(secret)


def test_a_link_asked_for_again_replaces_its_secret() -> None:
    user, id = a_user(), uuid7()
    first = services.make_link(Actor(user.pk), id, user)

    second = services.make_link(Actor(user.pk), id, user)

    assert SignInLink.objects.count() == 1
    with pytest.raises(LinkSpent):
        by_link(first)
    by_link(second)


def test_nobody_makes_a_link_for_somebody_else_without_the_right() -> None:
    other = a_user("binh")

    with pytest.raises(Forbidden):
        services.make_link(Actor(a_user().pk), uuid7(), other)


def test_every_phone_of_a_person_gets_the_same_key_and_nobody_elses() -> None:
    user, other = a_user(), a_user("binh")

    keys = [a_device(owner).keep_key for owner in (user, user, other)]

    assert keys[0] == keys[1] != keys[2]
    assert {len(key) for key in keys} == {44}  # base64 of 32 bytes


def test_a_keep_key_is_not_readable_in_the_database() -> None:
    key = a_device(a_user()).keep_key

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_keepkey")
        [(kept,)] = cursor.fetchall()

    assert key not in kept
    assert KeepKey.objects.get().secret == key


def test_a_phone_that_was_signed_out_opens_nothing() -> None:
    user = a_user()
    issued = a_device(user)

    for _twice in range(2):
        services.end_device(Actor(user.pk), issued.device)

    assert user_of_token(issued.token) is None
    assert Event.objects.filter(name="device.signed-out").count() == 1


def test_a_phone_that_was_signed_out_does_not_come_back_under_its_id() -> None:
    user = a_user()
    device = a_device(user).device
    services.end_device(Actor(user.pk), device)

    with pytest.raises(IdReused):
        services.add_device(Actor(user.pk), device.pk, user=user, name="Chrome")


def test_closing_an_account_signs_its_phones_out() -> None:
    user = a_user()
    issued = a_device(user)

    services.deactivate(KEEPER, user)

    assert user_of_token(issued.token) is None
    assert Device.objects.get().revoked_at is not None


def test_a_token_is_looked_up_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = a_user()
    token = a_device(user).token
    for _ in range(20):
        a_device(user)

    with django_assert_num_queries(1):
        bearer = bearer_of(token)

    assert bearer is not None
    assert bearer.device is not None
    assert (bearer.user, bearer.is_long_unseen) == (user, False)


def test_when_a_phone_was_seen_is_noted_once_an_hour() -> None:
    issued = a_device(a_user())
    client = Client(headers={"Authorization": f"Bearer {issued.token}"})
    begun = issued.device.issued_at

    seen = []
    for minutes in (30, 61, 90, 130):
        with time_machine.travel(begun + timedelta(minutes=minutes), tick=False):
            client.get("/api/v1/services")
        seen.append((Device.objects.get().seen_at - begun).seconds // 60)

    assert seen == [0, 61, 61, 130]


def test_when_two_accounts_become_one_the_phones_and_both_keys_pass_on() -> None:
    kept, given_up = a_user(), a_user("gia-nhap-x")
    theirs = a_device(given_up)

    services.hand_on_sign_in(KEEPER, given_up, kept)

    issued = a_device(kept)
    assert user_of_token(theirs.token) == kept
    assert [(key.made_for, key.secret) for key in issued.earlier_keys] == [
        (given_up.pk, theirs.keep_key)
    ]
    assert issued.keep_key != theirs.keep_key
