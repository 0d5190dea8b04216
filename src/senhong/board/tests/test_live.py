"""An open page: it learns within two seconds that a figure moved, and costs next to nothing."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.board.tests.make import a_demo, helped, signed_in, text_of
from senhong.core import clock
from senhong.org.models import Role, Unit
from senhong.org.tests.make import a_province, a_unit
from senhong.plans.tests.make import a_target

pytestmark = pytest.mark.django_db


def asked_by(client: Client, url: str) -> tuple[str, str, str]:
    """What the open page asks: the address of the word, the word, the address of the cards."""
    text = text_of(client, url)
    found = re.search(r'data-live="([^"]+)" data-pulse="([^"]+)" hx-get="([^"]+)"', text)
    assert found
    live, pulse, cards = map(html.unescape, found.groups())
    return live, pulse, cards


def word(client: Client, url: str, known: str = "") -> tuple[int, str]:
    answer = client.get(url, headers={"If-None-Match": f'"{known}"'})
    return answer.status_code, answer.content.decode()


def a_place() -> tuple[Unit, Unit]:
    province = a_province()
    a_demo(province)
    commune = a_unit("Xã A", a_unit("Huyện A", province))
    helped(commune, 5)
    return province, commune


@pytest.mark.parametrize("level", ["province", "district", "commune"])
def test_a_posting_changes_the_word_and_the_cards(level: str) -> None:
    province, commune = a_place()
    units = {"province": province, "commune": commune}
    unit = units.get(level) or Unit.objects.get(level="district")
    client = signed_in(province)
    live, pulse, cards = asked_by(client, f"/units/{unit.key}/")
    assert word(client, live, pulse) == (304, "")

    helped(commune, 1_230)

    status, moved = word(client, live, pulse)
    assert status == 200
    assert moved != pulse
    text = text_of(client, cards)
    assert "1.235" in text
    assert "<html" not in text
    assert f'data-pulse="{moved}"' in text


def test_what_moves_elsewhere_moves_nothing_here() -> None:
    province, commune = a_place()
    other = a_unit("Xã B", Unit.objects.get(level="district"))
    client = signed_in(province)
    live, pulse, _cards = asked_by(client, f"/units/{commune.key}/")

    helped(other, 7)

    assert word(client, live, pulse) == (304, "")


def test_asking_looks_up_who_signed_in_and_one_word() -> None:
    province, _commune = a_place()
    client = signed_in(province)
    live, pulse, _cards = asked_by(client, f"/units/{province.key}/")

    with CaptureQueriesContext(connection) as seen:
        word(client, live, pulse)

    assert len(seen) == 3  # session, user, pulse


def test_who_reads_the_same_shares_the_drawing() -> None:
    province, commune = a_place()
    a_target(commune, "sorties", 5)
    first, second = signed_in(province), signed_in(province)
    urls = [asked_by(client, f"/units/{commune.key}/")[2] for client in (first, second)]
    text_of(first, urls[0])

    with CaptureQueriesContext(connection) as seen:
        text = text_of(second, urls[1])

    assert "figure-card" in text
    assert len([query for query in seen if "ledger_" in query["sql"]]) <= 1  # the pulse


def test_after_a_while_and_for_others_it_is_asked_again_who_may() -> None:
    province, commune = a_place()
    client, stranger = signed_in(commune, Role.SECRETARY), signed_in(a_province("Tỉnh B"))
    live, pulse, cards = asked_by(client, f"/units/{commune.key}/")

    assert stranger.get(live).status_code == 404
    assert stranger.get(cards).status_code == 404
    assert Client().get(live).status_code == 302
    assert word(signed_in(province), live, pulse) == (200, "again")
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert word(client, live, pulse) == (200, "again")
        assert "figure-card" in text_of(client, cards)
