"""Two phones race for one link, with real commits: one wins."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from senhong.accounts.errors import LinkSpent
from senhong.accounts.models import Device
from senhong.accounts.services import add_device_by_link
from senhong.accounts.tests.make import a_link, a_user
from senhong.core.ids import uuid7
from senhong.ledger.tests.database import a_copy_of_the_database

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
