from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from senhong.accounts.sessions import SessionStore
from senhong.accounts.tests.make import PASSWORD, a_user
from senhong.core import clock

pytestmark = pytest.mark.django_db

HOME = "/accounts/tokens/"


@pytest.fixture
def client() -> Client:
    a_user("an", password=PASSWORD)
    client = Client()
    assert client.login(username="an", password=PASSWORD)
    return client


def test_who_signed_in_stays_signed_in(client: Client) -> None:
    assert client.get(HOME).status_code == 200


def test_a_session_that_is_over_is_nobodys(client: Client) -> None:
    later = clock.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE + 1)
    with time_machine.travel(later, tick=False):
        assert client.get(HOME).status_code == 302


def test_an_account_that_was_closed_ends_its_sessions(client: Client) -> None:
    user = client.session["_auth_user_id"]
    type(a_user("binh")).objects.filter(pk=user).update(is_active=False)

    assert client.get(HOME).status_code == 302


def test_a_key_that_somebody_brings_along_is_never_taken() -> None:
    store = SessionStore("x" * 32)
    store["word"] = "kept"
    store.save()

    assert store.session_key != "x" * 32
