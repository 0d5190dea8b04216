"""Where people begin, and how the demo clock moves them."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from senhong.board.tests.make import a_demo, signed_in
from senhong.core.clock import today
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import restructure
from senhong.org.tests.make import a_change, a_new_unit, a_province, a_unit, a_user
from senhong.people.tests.make import a_membership, a_team

pytestmark = pytest.mark.django_db


def a_merger() -> tuple[Unit, Unit]:
    """Two provinces that became one on 2025-07-01: the one that gave the name, and the new one."""
    old, other = a_province("Tỉnh Sen"), a_province("Tỉnh Súng")
    new = a_new_unit("Tỉnh Sen", None, level="province")
    change = a_change(20250701, ends=[old, other], begins=[new], edges=[(old, new), (other, new)])
    restructure(SYSTEM, change)
    old.refresh_from_db()
    return old, Unit.objects.get(key=new.key)


def test_nobody_is_led_to_the_sign_in_and_to_the_start_before_there_is_anything() -> None:
    assert Client().get("/").headers["Location"] == "/start/"

    a_demo(a_province())

    page = Client().get("/")
    assert (page.status_code, page.headers["Location"]) == (303, "/accounts/login/")


def test_a_role_given_before_the_merger_begins_where_the_map_of_the_day_says() -> None:
    old, new = a_merger()
    a_demo(old)
    client = signed_in(old)

    assert client.get("/").headers["Location"] == f"/units/{old.key}/"
    client.post("/reading-date/", {"reading_on": "today"})
    assert client.get("/").headers["Location"] == f"/units/{new.key}/"


def test_a_role_given_after_the_merger_reads_the_old_province_of_the_same_name() -> None:
    old, new = a_merger()
    a_demo(new)

    assert signed_in(new).get("/").headers["Location"] == f"/units/{old.key}/"


def test_a_volunteer_begins_at_her_team() -> None:
    team = a_team()
    user = a_user()
    a_membership(team, user=user)
    client = Client()
    client.force_login(user)

    assert client.get("/").headers["Location"] == f"/teams/{team.pk}/"


def test_who_belongs_nowhere_is_told_what_to_do() -> None:
    client = Client()
    client.force_login(a_user())

    page = client.get("/")

    assert page.status_code == 200
    assert "Hãy nhờ bí thư hoặc tổ trưởng" in page.content.decode()


def test_the_demo_clock_moves_only_what_is_read() -> None:
    old, _new = a_merger()
    a_demo(old)
    client = signed_in(old)

    moved = client.post("/reading-date/", {"reading_on": "2023-06-01", "next": "/plans/"})

    assert (moved.status_code, moved.headers["Location"]) == (303, "/plans/")
    assert "01/06/2023" in client.get("/plans/").content.decode()
    assert today() != date(2023, 6, 1)


def test_who_stood_at_home_is_at_home_on_the_new_day() -> None:
    old, _new = a_merger()
    a_demo(old)
    client = signed_in(old)

    moved = client.post("/reading-date/", {"reading_on": "today", "next": f"/units/{old.key}/"})

    assert moved.headers["Location"] == "/"


@time_machine.travel("2026-11-23 12:00+07:00", tick=False)
def test_today_goes_on_with_the_real_clock() -> None:
    old, _new = a_merger()
    a_demo(old)
    client = signed_in(old)
    client.post("/reading-date/", {"reading_on": "2026-11-23"})

    with time_machine.travel("2026-11-24 12:00+07:00", tick=False):
        assert "24/11/2026" in client.get("/plans/").content.decode()


@pytest.mark.parametrize(
    "said", ["2099-01-01", "1999-01-01", "20230301", "2023-W09", "hôm qua", ""]
)
def test_a_day_that_cannot_be_read_is_refused_with_the_reason(said: str) -> None:
    old, _new = a_merger()
    a_demo(old)

    page = signed_in(old).post("/reading-date/", {"reading_on": said})

    assert page.status_code == 422
    assert "Hãy chọn một ngày từ" in page.content.decode()


def test_outside_a_demo_there_is_no_such_clock() -> None:
    province = a_province()

    page = signed_in(province).post("/reading-date/", {"reading_on": "2023-03-20"})

    assert page.status_code == 404


def test_the_clock_never_leads_to_another_site() -> None:
    old, _new = a_merger()
    a_demo(old)

    page = signed_in(old, Role.AUDITOR).post(
        "/reading-date/", {"reading_on": "2023-06-01", "next": "https://elsewhere.example/"}
    )

    assert page.headers["Location"] == "/"


def test_a_page_of_a_unit_that_became_one_other_goes_on_there() -> None:
    old, new = a_merger()
    a_demo(old)
    client = signed_in(old)
    client.post("/reading-date/", {"reading_on": "today"})

    assert client.get(f"/units/{old.key}/").headers["Location"] == f"/units/{new.key}/"


def test_a_page_of_a_unit_made_of_several_offers_them() -> None:
    old, new = a_merger()
    a_demo(old)

    page = signed_in(new).get(f"/units/{new.key}/")

    assert page.status_code == 200
    assert f"/units/{old.key}/" in page.content.decode()
    assert "Hình thành từ" in page.content.decode()


def test_a_commune_begins_at_its_own_page() -> None:
    province = a_province()
    a_demo(province)
    commune = a_unit("Xã A", province)

    client = signed_in(commune, Role.SECRETARY)

    assert client.get("/").headers["Location"] == f"/units/{commune.key}/"
