"""With real commits: of phones that race for one link one wins, and a form sent twice is one."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from senhong.accounts.errors import LinkSpent
from senhong.accounts.models import Device, User
from senhong.accounts.services import add_device_by_link
from senhong.accounts.tests.make import a_link, a_user
from senhong.core.actor import Actor
from senhong.core.ids import uuid7
from senhong.ledger.tests.database import a_copy_of_the_database
from senhong.people.services import Asking, ask_to_join
from senhong.people.tests.make import a_code

PHONES = 4
ROUNDS = 5


@pytest.fixture
def real_commits(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[None]:
    with django_db_blocker.unblock(), a_copy_of_the_database(tmp_path):
        yield


def opens(secret: str) -> bool:
    try:
        add_device_by_link(uuid7(), secret=secret, name="Chrome")
    except LinkSpent:
        return False
    finally:
        connection.close()
    return True


@pytest.mark.usefixtures("real_commits")
def test_of_phones_that_race_for_one_link_one_wins() -> None:
    user = a_user()

    for _ in range(ROUNDS):
        secret = a_link(user)
        with ThreadPoolExecutor(PHONES) as phones:
            won = list(phones.map(opens, [secret] * PHONES))
        assert sorted(won) == [False] * (PHONES - 1) + [True]

    assert Device.objects.count() == ROUNDS


@pytest.mark.usefixtures("real_commits")
def test_the_same_form_sent_at_once_is_one_newcomer_with_one_account() -> None:
    code, id = a_code(), uuid7()
    before = User.objects.count()

    def ask(_number: int) -> UUID:
        try:
            asking = Asking(full_name="Lê Thị Hoa", phone="0912345678")
            return ask_to_join(Actor(None), id, code, asking).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(PHONES) as phones:
        asked = set(phones.map(ask, range(PHONES)))

    assert asked == {id}
    assert User.objects.count() == before + 1
