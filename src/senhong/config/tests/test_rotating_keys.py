from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from senhong.accounts.models import KeepKey
from senhong.accounts.tests.make import a_device, a_user
from senhong.config import env
from senhong.config.queries import encrypted_columns
from senhong.config.services import encrypt_anew
from senhong.core.actor import Actor
from senhong.core.encryption import key_of, new_key
from senhong.core.errors import Forbidden
from senhong.org.queries import SYSTEM

pytestmark = pytest.mark.django_db

KEEP_KEYS = next(column for column in encrypted_columns() if column.model is KeepKey)


@pytest.fixture(autouse=True)
def declares_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that only a test knows are none of ours."""
    monkeypatch.setattr(env, "DECLARED", [])


@pytest.fixture
def keys(settings: Settings) -> list[str]:
    settings.FIELD_KEYS = [new_key()]
    kept: list[str] = settings.FIELD_KEYS
    return kept


def rotated(*words: str) -> str:
    out = StringIO()
    call_command("rotate_keys", *words, stdout=out)
    return out.getvalue()


def kept_secrets() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_keepkey ORDER BY id")
        return [secret for (secret,) in cursor.fetchall()]


def test_everything_is_encrypted_anew_and_reads_as_before(keys: list[str]) -> None:
    said = [a_device(a_user(f"an-{number}")).keep_key for number in range(7)]
    keys.insert(0, new_key())

    with pytest.raises(CommandError, match="7 texts"):
        rotated()
    out = rotated("--apply")

    assert "KeepKey.secret: 7 encrypted anew" in out
    keys.pop()  # nothing needs the old key any more
    assert [key.secret for key in KeepKey.objects.order_by("pk")] == said
    assert {text.split(".")[1] for text in kept_secrets()} == {key_of(keys[0]).id}


def test_looking_changes_nothing(keys: list[str]) -> None:
    a_device(a_user())
    keys.insert(0, new_key())
    before = kept_secrets()

    with pytest.raises(CommandError):
        rotated()

    assert kept_secrets() == before


def test_it_goes_on_where_it_was_stopped(keys: list[str]) -> None:
    for number in range(5):
        a_device(a_user(f"an-{number}"))
    keys.insert(0, new_key())

    done = [encrypt_anew(SYSTEM, KEEP_KEYS, limit=2) for _ in range(4)]

    assert done == [2, 2, 1, 0]
    assert "everything lies under the newest key" in rotated()


def test_without_the_old_key_it_says_which_one_is_missing(keys: list[str]) -> None:
    a_device(a_user())
    gone, keys[0] = key_of(keys[0]).id, new_key()

    with pytest.raises(CommandError, match=gone):
        rotated("--apply")


def test_only_the_machine_itself_may(keys: list[str]) -> None:
    with pytest.raises(Forbidden):
        encrypt_anew(Actor(1), KEEP_KEYS)


def test_a_new_key_is_printed_and_is_one() -> None:
    assert len(key_of(rotated("--new").strip()).id) == 8


def test_what_is_encrypted_cannot_be_searched(keys: list[str]) -> None:
    with pytest.raises(FieldError):
        KeepKey.objects.filter(secret="abc").exists()


def test_the_keys_are_made_once_and_kept_where_only_their_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "field-keys"

    first, again = (env.field_keys("NO_SUCH_KEYS", file, "…") for _ in range(2))

    assert first == again
    assert file.stat().st_mode & 0o077 == 0


def test_a_key_that_is_none_stops_the_start_without_being_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OUR_KEYS", f"{new_key()} geheim")

    with pytest.raises(ImproperlyConfigured, match="number 2") as said:
        env.field_keys("OUR_KEYS", tmp_path / "x", "…")

    assert "geheim" not in str(said.value)
