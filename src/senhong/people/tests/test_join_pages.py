"""Into a team by its word: pages that a stranger's phone shows, also inside Zalo."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.accounts.models import SignInLink, User
from senhong.core.ids import uuid7
from senhong.org.tests.make import SYSTEM, a_user
from senhong.people.models import Member, Membership, MembershipRole, Newcomer, Team
from senhong.people.services import confirm_newcomers, make_join_code, refuse_newcomers
from senhong.people.tests.make import a_code, a_member, a_membership, a_newcomer, a_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_day")]

ZALO = "Mozilla/5.0 (Linux; Android 9; wv) AppleWebKit/537.36 Chrome/120.0 Mobile Zalo android/12"
CHROME = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Zalo iOS/450"


@pytest.fixture
def on_a_day() -> Iterator[object]:
    cache.clear()
    with time_machine.travel("2026-03-20T12:00:00+07:00", tick=False) as traveller:
        yield traveller


def said(**more: str) -> dict[str, str]:
    return {"once": str(uuid7()), "full_name": "Lê Thị Hoa", "phone": "", **more}


def a_leader_at_a_browser(team: Team) -> Client:
    user = a_user()
    a_membership(team, user=user, role=MembershipRole.LEADER)
    client = Client()
    client.force_login(user)
    return client


def secret_in(page: str) -> str:
    found = re.search(r"/field/open/([\w-]+)/", page)
    assert found, page
    return found[1]


def test_a_stranger_gives_her_name_and_is_signed_in_with_a_link_to_the_app() -> None:
    code, client = a_code(), Client()

    form = client.get(f"/join/{code.word}/").content.decode()
    answer = client.post(f"/join/{code.word}/", said())

    assert form.count('type="hidden"') >= 2
    assert "mã hóa" in form
    assert "90 ngày" in form
    assert answer.status_code == 201
    newcomer = Newcomer.objects.get()
    assert client.get(f"/teams/{code.team.pk}/").status_code == 200
    assert client.get("/api/v1/field/me").json() == {
        "user_id": newcomer.user_id,
        "full_name": "Lê Thị Hoa",
        "device_id": None,
        "newcomer": True,
        "teams": [
            {
                "id": str(code.team.pk),
                "name": code.team.name,
                "unit": code.team.unit.title,
                "role": "newcomer",
            }
        ],
    }


@pytest.mark.parametrize(
    ("browser", "says"),
    [
        (ZALO, "intent://testserver/field/open/"),
        (CHROME, 'href="http://testserver/field/open/'),
        (IPHONE, "Mở bằng trình duyệt"),
    ],
)
def test_the_way_to_the_app_is_the_one_that_this_browser_can_go(browser: str, says: str) -> None:
    code = a_code()

    page = Client(headers={"User-Agent": browser}).post(f"/join/{code.word}/", said())

    assert says in page.content.decode()


def test_nothing_is_typed_twice_the_link_signs_the_phone_in() -> None:
    code = a_code()
    page = Client().post(f"/join/{code.word}/", said()).content.decode()
    secret = secret_in(page)

    inside = Client(headers={"User-Agent": ZALO}).get(f"/field/open/{secret}/")
    opened = Client(headers={"User-Agent": CHROME}).get(f"/field/open/{secret}/")
    issued = Client().post(
        "/api/v1/field/devices",
        {"id": str(uuid7()), "name": "Chrome", "link": secret},
        content_type="application/json",
    )
    me = Client(headers={"Authorization": f"Bearer {issued.json()['token']}"}).get(
        "/api/v1/field/me"
    )

    assert f"intent://testserver/field/open/{secret}/#Intent" in inside.content.decode()
    assert f'href="http://testserver/field/#link={secret}"' in opened.content.decode()
    assert opened["Referrer-Policy"] == "no-referrer"
    assert SignInLink.objects.get().used_device_id is not None
    assert me.json()["full_name"] == "Lê Thị Hoa"
    assert me.json()["device_id"] == issued.json()["id"]
    assert "không dùng được nữa" in Client().get(f"/field/open/{secret}/").content.decode()


def test_the_same_form_sent_twice_is_one_newcomer_and_signs_in_again() -> None:
    code, form = a_code(), said()
    Client().post(f"/join/{code.word}/", form)
    client = Client()

    again = client.post(f"/join/{code.word}/", form)

    assert again.status_code == 201
    assert Newcomer.objects.count() == User.objects.count() == 1
    assert client.get("/accounts/devices/").status_code == 200


@pytest.mark.parametrize("decide", [confirm_newcomers, refuse_newcomers])
def test_an_old_form_signs_nobody_in_once_it_was_decided(decide: object) -> None:
    code, form = a_code(), said()
    Client().post(f"/join/{code.word}/", form)
    chosen = {Newcomer.objects.select_related("team__unit", "user").get(): None}
    decide(SYSTEM, chosen)  # type: ignore[operator]  # both take the newcomers
    client = Client()

    again = client.post(f"/join/{code.word}/", form)

    assert again.status_code == 303
    assert "_auth_user_id" not in client.session


def test_what_the_leader_sees_of_a_newcomer_signs_nobody_in_as_her() -> None:
    code = a_code()
    Client().post(f"/join/{code.word}/", said())
    newcomer = Newcomer.objects.get()
    client = Client()

    client.post(f"/join/{code.word}/", said(once=str(newcomer.pk)))

    assert client.session["_auth_user_id"] != str(newcomer.user_id)


def test_mistakes_are_said_at_the_fields() -> None:
    code = a_code()

    page = Client().post(f"/join/{code.word}/", said(full_name="An 2", phone="12"))

    assert page.status_code == 422
    assert "Hãy ghi tên bằng chữ" in page.content.decode()
    assert "Số điện thoại chưa đúng" in page.content.decode()
    assert not Newcomer.objects.exists()


def test_a_wrong_word_asks_again_and_who_guesses_must_wait() -> None:
    statuses = [Client().get("/join/khongco/").status_code for _ in range(22)]

    assert statuses[:20] == [404] * 20
    assert statuses[20:] == [429, 429]


def test_who_types_the_word_is_led_to_the_team() -> None:
    code = a_code()

    typed = Client().get("/join/", {"word": f"{code.word[:4]} - {code.word[4:].upper()}"})

    assert typed["Location"] == f"/join/{code.word}/"


def test_many_askings_from_one_address_must_wait() -> None:
    code = a_code()

    statuses = {Client().post(f"/join/{code.word}/", said()).status_code for _ in range(61)}

    assert statuses == {201, 429}
    assert Newcomer.objects.count() == 60


def test_who_is_signed_in_asks_with_one_button() -> None:
    code = a_code()
    user = a_user(full_name="Trần Chi")
    client = Client()
    client.force_login(user)

    page = client.get(f"/join/{code.word}/").content.decode()
    asked = client.post(f"/join/{code.word}/", {"id": uuid7()})
    waits = client.get(f"/join/{code.word}/").content.decode()

    assert 'name="full_name"' not in page
    assert "Trần Chi" in page
    assert asked.status_code == 201
    assert Newcomer.objects.get().user == user
    assert "đang chờ tổ trưởng" in waits


def test_the_leader_shows_the_word_and_renews_it() -> None:
    team = a_team()
    client = a_leader_at_a_browser(team)
    page = f"/people/teams/{team.pk}/code/"

    empty = client.get(page).content.decode()
    client.post(page, {"id": uuid7()})
    shown = client.get(page).content.decode()
    client.post(f"{page}end/")

    assert "Tổ chưa có mã" in empty
    word = team.join_codes.get().word
    assert f"{word[:4]}-{word[4:]}" in shown
    assert "<svg" in shown
    assert "Tổ chưa có mã" in client.get(page).content.decode()


def test_the_leader_confirms_in_one_list_and_says_who_is_there_already() -> None:
    team = a_team()
    member = a_member(team.unit, full_name="Trần Sen")
    newcomer, other = a_newcomer(team), a_newcomer(team, full_name="Bùi Lan")
    client = a_leader_at_a_browser(team)

    listed = client.get("/people/newcomers/").content.decode()
    chosen = {
        "newcomer": [newcomer.pk, other.pk],
        f"same-{newcomer.pk}": member.pk,
        "decision": "confirm",
    }
    done = client.post("/people/newcomers/decide/", chosen, follow=True).content.decode()

    assert "Trần Thị Sen" in listed
    assert "Phải, là Trần Sen" in listed
    assert "Đã nhận 2 người" in done
    assert Member.objects.get(pk=member.pk).user == newcomer.user
    assert Membership.objects.filter(team=team).count() == 3


def test_the_leader_refuses() -> None:
    team = a_team()
    newcomer = a_newcomer(team)
    client = a_leader_at_a_browser(team)

    client.post("/people/newcomers/decide/", {"newcomer": newcomer.pk, "decision": "refuse"})

    assert Newcomer.objects.get().state == "refused"


def test_a_forged_choice_of_a_member_is_not_found() -> None:
    team = a_team()
    newcomer = a_newcomer(team)
    stranger = a_member(team.unit, full_name="Bùi Lan")
    client = a_leader_at_a_browser(team)

    answer = client.post(
        "/people/newcomers/decide/",
        {"newcomer": newcomer.pk, f"same-{newcomer.pk}": stranger.pk},
    )

    assert answer.status_code == 404
    assert Newcomer.objects.get().state == "waiting"


def test_the_list_costs_the_same_however_long_it_is() -> None:
    counts = []
    for number in (1, 30):
        team = a_team()
        a_member(team.unit, full_name="Trần Sen")
        client = a_leader_at_a_browser(team)
        for _ in range(number):
            a_newcomer(team)
        client.get("/people/newcomers/")
        with CaptureQueriesContext(connection) as seen:
            page = client.get("/people/newcomers/").content.decode()
        counts.append(len(seen))
        assert page.count('name="newcomer"') == number

    assert counts[0] == counts[1] <= 12


def test_a_stranger_page_takes_few_queries() -> None:
    make_join_code(SYSTEM, uuid7(), a_team())
    code = a_code()

    with CaptureQueriesContext(connection) as seen:
        Client().get(f"/join/{code.word}/")

    assert len(seen) <= 5
