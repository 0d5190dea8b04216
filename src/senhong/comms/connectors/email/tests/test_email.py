"""Letters over SMTP, to a server that speaks it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from senhong.comms.connector import Letter, NotSent
from senhong.comms.connectors.email import EmailConnector
from senhong.comms.connectors.email.tests.server import MailServer, a_free_port, a_mail_server
from senhong.core.ids import uuid7

TO = {"email": "an@example.com"}


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with a_mail_server(settings) as server:
        yield server


def a_letter(language: str = "vi") -> Letter:
    return Letter(
        id=uuid7(), subject="Ngày mai: Ra quân\nở chợ", words="07:30, chợ Sa Đéc.",
        link="/activities/1/answer/", language=language,
    )  # fmt: skip


def test_a_letter_arrives_whole(server: MailServer) -> None:
    letter = a_letter()

    EmailConnector().send(letter, TO)

    [got] = server.letters
    text = got.get_content()
    assert (got["To"], got["Subject"]) == ("an@example.com", "Ngày mai: Ra quân ở chợ")
    assert got["Message-ID"].startswith(f"<{letter.id}@")
    assert got["Auto-Submitted"] == "auto-generated"
    assert "07:30, chợ Sa Đéc." in text
    assert "https://senhong.example/activities/1/answer/" in text
    assert "https://senhong.example/messages/settings/" in text


def test_a_round_of_letters_is_one_connection_and_the_next_another(server: MailServer) -> None:
    connector = EmailConnector()

    for _number in range(3):
        connector.send(a_letter(), TO)
    connector.close()
    connector.send(a_letter(), TO)
    connector.close()

    assert len(server.letters) == 4


@pytest.mark.parametrize(
    ("said", "code", "is_final"),
    [
        ("550 no such user", "address-refused", True),
        ("450 mailbox busy", "server-busy", False),
    ],
)
def test_what_a_server_says_of_an_address(
    server: MailServer, said: str, code: str, is_final: bool
) -> None:
    server.refusals["an@example.com"] = said

    with pytest.raises(NotSent) as refused:
        EmailConnector().send(a_letter(), TO)

    assert (refused.value.code, refused.value.is_final) == (code, is_final)


@pytest.mark.parametrize(
    ("said", "code", "is_final"),
    [("554 spam", "letter-refused", True), ("451 later", "server-busy", False)],
)
def test_what_a_server_says_of_a_letter(
    server: MailServer, said: str, code: str, is_final: bool
) -> None:
    server.answer = said
    connector = EmailConnector()

    with pytest.raises(NotSent) as refused:
        connector.send(a_letter(), TO)

    assert (refused.value.code, refused.value.is_final) == (code, is_final)
    server.answer = "250 OK"
    connector.send(a_letter(), TO)
    assert len(server.letters) == 1


def test_a_server_that_is_away_is_tried_later(server: MailServer, settings: Settings) -> None:
    settings.EMAIL_PORT = a_free_port()

    with pytest.raises(NotSent) as refused:
        EmailConnector().send(a_letter(), TO)

    assert (refused.value.code, refused.value.is_final) == ("server-away", False)


def test_a_server_that_wants_no_sign_in_but_gets_one_is_told_apart(
    server: MailServer, settings: Settings
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "an", "secret"

    with pytest.raises(NotSent) as refused:
        EmailConnector().send(a_letter(), TO)

    assert not refused.value.is_final
    assert "secret" not in str(refused.value)
