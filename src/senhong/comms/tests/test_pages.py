"""The pages of reminders, the bell, and the API."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.comms.models import Subject
from senhong.comms.tests.make import WORDS, reminded
from senhong.ledger.tests.make import client_at
from senhong.org.models import Role, Unit
from senhong.org.queries import actor_of
from senhong.org.tests.make import a_grant, a_province, a_unit, a_user

pytestmark = pytest.mark.django_db


def text_of(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    return str(page.content.decode())


def test_a_secretary_reads_marks_and_is_done() -> None:
    commune = a_unit()
    [reminder] = reminded(commune)
    client = client_at(commune, Role.SECRETARY)
    before = text_of(client, "/messages/")

    answer = client.post(f"/reminders/{reminder.pk}/seen/", follow=True)

    assert WORDS in before
    assert "1 tin chưa xem" in before
    assert f"/activities/?unit={commune.key}" in before
    assert answer.redirect_chain == [("/messages/", 303)]
    after = answer.content.decode()
    assert "Đã xem lúc" in after
    assert "tin chưa xem" not in after


def test_the_bell_rings_for_whom_it_is_meant() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    reminded(commune)

    assert "1 tin chưa xem" in text_of(client_at(commune, Role.SECRETARY), "/indicators/")
    office = text_of(client_at(province), "/indicators/")
    assert 'class="bell"' in office
    assert "chưa xem" not in office
    assert "chưa xem" not in text_of(client_at(commune, Role.PARTNER), "/indicators/")
    assert 'class="bell"' not in text_of(Client(), "/accounts/login/")


def test_the_bell_is_one_query_however_many_reminders_there_are() -> None:
    commune = a_unit()
    client = client_at(commune, Role.SECRETARY)
    counts = []
    for kinds in ([], list(Subject)):
        for kind in kinds:
            reminded(commune, kind=kind)
        with CaptureQueriesContext(connection) as seen:
            text_of(client, "/indicators/")
        counts.append(len([q for q in seen if "comms_reminder" in q["sql"]]))

    assert counts == [1, 1]


@pytest.mark.parametrize("path", ["/messages/", "/reminders/sent/"])
def test_lists_take_the_same_queries_however_long_they_are(path: str) -> None:
    counts = []
    for number in (1, 12):
        province = a_province()
        user = a_user()
        communes = [a_unit(f"Xã {each}", province) for each in range(number)]
        a_grant(user, province, Role.PROVINCE_OFFICE)
        for commune in communes:
            a_grant(user, commune, Role.SECRETARY)
            for kind in Subject:
                reminded(commune, actor=actor_of(user.pk), kind=kind)
        client = Client()
        client.force_login(user)
        with CaptureQueriesContext(connection) as seen:
            text_of(client, path)
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 12


def test_the_sender_reads_how_many_have_seen_it() -> None:
    province = a_province()
    communes = [a_unit(f"Xã {each}", province) for each in range(2)]
    user = a_user()
    a_grant(user, province, Role.PROVINCE_OFFICE)
    reminded(*communes, actor=actor_of(user.pk))
    client = Client()
    client.force_login(user)

    text = text_of(client, "/reminders/sent/")

    assert "0 trong 2 đơn vị đã xem" in text
    assert "Xã 1" in text


def test_words_are_shown_as_they_were_written() -> None:
    commune = a_unit()
    reminded(commune, words="<b>Gấp</b>\nMời xem.")

    text = text_of(client_at(commune, Role.SECRETARY), "/messages/")

    assert "&lt;b&gt;Gấp&lt;/b&gt;<br>Mời xem." in text


def seen(client: Client, id: object) -> tuple[int, dict[str, object]]:
    answer = client.post(f"/api/v1/reminders/{id}/seen", headers={"X-CSRFToken": "x"})
    return answer.status_code, answer.json()


def test_programs_list_and_mark() -> None:
    province: Unit = a_province()
    commune = a_unit("Xã A", province)
    [reminder] = reminded(commune)
    client = client_at(commune, Role.SECRETARY)

    listed = client.get("/api/v1/reminders").json()
    status, marked = seen(client, reminder.pk)

    [item] = listed["items"]
    assert (item["id"], item["unit"], item["subject"]) == (str(reminder.pk), commune.key, "silent")
    assert item["seen_at"] is None
    assert status == 200
    assert marked["seen_at"]
    assert seen(client_at(province), reminder.pk)[0] == 404
