import pytest
from pytest_django import Settings

from senhong.core.encryption import decrypt, encrypt, key_of, new_key
from senhong.core.errors import EncryptedTextBroken, EncryptionKeyMissing

ABOUT = "people.newcomer.phone"


@pytest.fixture
def keys(settings: Settings) -> list[str]:
    settings.FIELD_KEYS = [new_key()]
    kept: list[str] = settings.FIELD_KEYS
    return kept


def test_what_was_encrypted_is_read_again(keys: list[str]) -> None:
    kept = encrypt("Sen Hồng 0912", ABOUT)

    assert "0912" not in kept
    assert decrypt(kept, ABOUT) == "Sen Hồng 0912"


def test_the_same_text_is_never_kept_the_same_way(keys: list[str]) -> None:
    assert encrypt("0912", ABOUT) != encrypt("0912", ABOUT)


def test_an_older_key_still_reads(keys: list[str]) -> None:
    kept = encrypt("0912", ABOUT)
    keys.insert(0, new_key())

    assert decrypt(kept, ABOUT) == "0912"
    assert encrypt("0912", ABOUT).split(".")[1] == key_of(keys[0]).id


def test_a_key_that_is_gone_is_named(keys: list[str]) -> None:
    kept = encrypt("0912", ABOUT)
    gone, keys[0] = key_of(keys[0]).id, new_key()

    with pytest.raises(EncryptionKeyMissing) as said:
        decrypt(kept, ABOUT)

    assert gone in str(said.value)
    assert "FIELD_KEYS" in str(said.value)


@pytest.mark.parametrize("kept", ["", "0912", "1.x", "2.ab.cd", "1..AAAA"])
def test_what_is_no_encrypted_text_says_where(kept: str, keys: list[str]) -> None:
    with pytest.raises((EncryptedTextBroken, EncryptionKeyMissing)):
        decrypt(kept, ABOUT)


@pytest.mark.parametrize("part", ["AAAA", "%%%", "A"])
def test_a_text_that_was_changed_opens_nothing(part: str, keys: list[str]) -> None:
    kept = encrypt("0912", ABOUT)
    mark = kept.rsplit(".", 1)[0]

    with pytest.raises(EncryptedTextBroken):
        decrypt(f"{mark}.{part}", ABOUT)


def test_a_text_opens_only_in_its_own_column(keys: list[str]) -> None:
    kept = encrypt("0912", ABOUT)

    with pytest.raises(EncryptedTextBroken):
        decrypt(kept, "people.newcomer.full_name")


@pytest.mark.parametrize("written", ["", "abc", "x" * 44, "á" * 44])
def test_what_is_no_key_is_refused(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # any
        key_of(written)
