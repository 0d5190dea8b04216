"""Notes to phones, to a push service that reads and checks them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django import Settings

from senhong.comms.connector import Letter, NotSent
from senhong.comms.connectors.push import MOST_WORDS, PushConnector
from senhong.comms.connectors.push.keys import are_usable, public_key
from senhong.comms.connectors.push.tests.service import (
    P256,
    Browser,
    PushService,
    a_push_service,
    unbase64,
)
from senhong.core import clock
from senhong.core.ids import uuid7


@pytest.fixture
def service(settings: Settings) -> Iterator[PushService]:
    with a_push_service(settings) as service:
        yield service


def a_letter() -> Letter:
    return Letter(
        id=uuid7(), subject="Ngày mai: Ra quân", words="07:30, chợ Sa Đéc.",
        link="/activities/1/answer/", language="vi",
    )  # fmt: skip


def test_our_reader_reads_what_the_standard_shows() -> None:
    """Source: RFC 8291, section 5 and appendix A."""
    number = int.from_bytes(unbase64("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"))
    auth = unbase64("BTBZMqHH6r4Tts7J_aSIgg")
    sealed = unbase64(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYW"
        "AmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgS"
        "xsj_Qulcy4a-fN"
    )

    read = Browser(ec.derive_private_key(number, P256), auth).read(sealed)

    assert read == b"When I grow up, I want to be a watermelon"


def test_only_the_browser_reads_it_and_it_knows_who_sends(service: PushService) -> None:
    letter = a_letter()

    PushConnector().send(letter, service.subscribe())

    [(path, note)] = service.notes
    assert path == "/push/an"
    assert note == {
        "id": str(letter.id), "subject": letter.subject, "words": letter.words,
        "link": letter.link, "language": "vi",
    }  # fmt: skip
    assert service.senders[0]["key"] == public_key()


def test_long_words_are_cut_to_what_every_service_takes(service: PushService) -> None:
    PushConnector().send(replace(a_letter(), words="ữ" * 5000), service.subscribe())

    [(_path, note)] = service.notes
    assert len(note["words"]) == MOST_WORDS


@pytest.mark.parametrize(
    ("status", "code", "is_final", "is_gone"),
    [
        (404, "nobody-there", True, True),
        (410, "nobody-there", True, True),
        (413, "letter-refused", True, False),
        (429, "server-busy", False, False),
        (503, "server-busy", False, False),
        (302, "letter-refused", True, False),
    ],
)
def test_what_the_service_answers(
    service: PushService, status: int, code: str, is_final: bool, is_gone: bool
) -> None:
    address = service.subscribe()
    service.answers["/push/an"] = status

    with pytest.raises(NotSent) as refused:
        PushConnector().send(a_letter(), address)

    said = refused.value
    assert (said.code, said.is_final, said.is_gone) == (code, is_final, is_gone)
    assert len(service.senders) == 1  # a detour is not taken


def test_a_service_that_is_away_is_tried_later(settings: Settings) -> None:
    with a_push_service(settings) as service:
        address = service.subscribe()

    with pytest.raises(NotSent) as refused:
        PushConnector().send(a_letter(), address)

    assert (refused.value.code, refused.value.is_final) == ("server-away", False)


def test_it_is_not_kept_longer_than_it_is_of_use(service: PushService) -> None:
    late = replace(a_letter(), until=clock.now() - timedelta(hours=1))

    PushConnector().send(late, service.subscribe())

    assert len(service.notes) == 1


def test_keys_of_a_browser_are_looked_at() -> None:
    keys = Browser().keys

    assert are_usable(**keys)
    assert not are_usable(keys["p256dh"], "AAAA")
    assert not are_usable("A" * 87, keys["auth"])
    assert not are_usable("ớ", "?")
