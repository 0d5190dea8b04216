from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from senhong.ledger import queries
from senhong.ledger.queries import SourceSeen
from senhong.ledger.tests.make import an_indicator, client_at, posted
from senhong.org.models import Role, Unit
from senhong.org.services import found_installation, restructure
from senhong.org.tests.make import (
    SYSTEM,
    a_change,
    a_new_unit,
    a_province,
    a_user,
)

pytestmark = pytest.mark.django_db

MARCH = "from=2023-03-01&to=2023-03-31"


@pytest.fixture
def province() -> Unit:
    return a_province("Tỉnh A", huyen_a=["Xã 1"])


@pytest.mark.parametrize("by", ["indicator", "unit", "day", "week", "month", "quarter", "year"])
def test_every_number_leads_to_what_is_behind_it(province: Unit, by: str) -> None:
    district = Unit.objects.get(province=province, level="district")
    posted(SYSTEM, district, an_indicator("test.flow"), 15964)
    client = client_at(province)

    page = client.get(f"/figures/?unit={province.key}&{MARCH}&indicator=test.flow&by={by}")

    text = page.content.decode()
    assert page.status_code == 200
    assert "15.964</a>" in text
    assert "Đếm khi ghi." in text


def test_the_last_number_leads_to_the_postings(province: Unit) -> None:
    commune = Unit.objects.get(province=province, level="commune")
    district = Unit.objects.get(province=province, level="district")
    posted(SYSTEM, commune, an_indicator("test.flow"), 5)
    client = client_at(province)
    asked = f"{MARCH}&indicator=test.flow&by=unit"

    top = client.get(f"/figures/?unit={province.key}&{asked}").content.decode()
    middle = client.get(f"/figures/?unit={district.key}&{asked}").content.decode()
    postings = client.get(f"/figures/postings/?unit={commune.key}&{asked}").content.decode()

    assert f"/figures/?unit={district.key}" in top
    assert f"/figures/postings/?unit={commune.key}" in middle
    assert "Xã 1" in postings
    assert "không xem được" in postings


def test_a_posting_leads_to_its_source(province: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    flow = an_indicator("test.flow")
    posted(SYSTEM, province, flow, 5, source_id=UUID(int=7))
    seen = SourceSeen("Ra quân chợ Cao Lãnh", "/activities/7/")
    monkeypatch.setitem(queries.SOURCES, "test", lambda actor, ids: dict.fromkeys(ids, seen))

    page = client_at(province).get(
        f"/figures/postings/?unit={province.key}&{MARCH}&indicator=test.flow"
    )

    assert '<a href="/activities/7/"' in page.content.decode()


def test_the_map_can_be_switched_where_it_changed(
    province: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Unit.objects.get(province=province, level="commune")
    client = client_at(province)
    monkeypatch.setattr("senhong.core.clock.today", lambda: date(2024, 6, 1))
    url = f"/figures/?unit={province.key}&{MARCH}"
    before = client.get(url).content.decode()
    new = a_new_unit("Xã 9", province)
    restructure(SYSTEM, a_change(20240101, ends=[old], begins=[new], edges=[(old, new)]))

    after = client.get(url).content.decode()
    ended = client.get(f"/figures/?unit={old.key}&from=2023-03-01&to=2024-03-31").content.decode()

    later = a_change(20250101, begins=[a_new_unit("Xã 10", province)])
    restructure(SYSTEM, later)
    unchanged = client.get(f"/figures/?unit={province.key}&from=2024-02-01&to=2024-02-29")
    assert "Bản đồ hôm nay" not in before
    assert "Bản đồ hôm nay" in after
    assert "map=2024-06-01" in after
    assert "Bản đồ hôm nay" not in unchanged.content.decode()
    assert "hoạt động đến hết 31/12/2023; từ đó số liệu thuộc về Xã 9" in ended
    assert f"unit={new.key}" in ended


@pytest.mark.parametrize("page", ["/figures/", "/figures/postings/"])
def test_a_unit_that_does_not_stand_leads_to_those_that_do(province: Unit, page: str) -> None:
    old, new = Unit.objects.get(province=province, level="commune"), a_new_unit("Xã 9", province)
    restructure(SYSTEM, a_change(20240101, ends=[old], begins=[new], edges=[(old, new)]))
    asked = f"{page}?unit={old.key}&indicator=sorties"
    client = client_at(province)

    for which in ("&from=2024-03-01&to=2024-03-31", f"&{MARCH}&map=2024-03-01"):
        answer = client.get(asked + which)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert f'href="/figures/?unit={new.key}&amp;indicator=sorties&amp;from=202' in text
        assert client.get(f"/figures/?unit={new.key}{which}").status_code == 200
    ended = client.get(f"{asked}&from=2024-03-01&to=2024-03-31&map=2023-12-01").content.decode()
    assert f"unit={new.key}" in ended
    assert "map=of-day" in ended


def test_a_predecessor_says_until_when_it_stood(province: Unit) -> None:
    old, new = Unit.objects.get(province=province, level="commune"), a_new_unit("Xã 1", province)
    posted(SYSTEM, old, an_indicator("test.flow"), 3)
    restructure(SYSTEM, a_change(20240101, ends=[old], begins=[new], edges=[(old, new)]))

    text = client_at(province).get(f"/figures/?unit={new.key}&{MARCH}&by=unit&indicator=test.flow")

    assert "đến 31/12/2023" in text.content.decode()


def test_the_page_begins_with_what_its_reader_may_see(province: Unit) -> None:
    commune = Unit.objects.get(province=province, level="commune")

    assert "<h1>Xã 1</h1>" in client_at(commune, Role.SECRETARY).get("/figures/").content.decode()
    found_installation(SYSTEM, province=province)
    assert "<h1>Tỉnh A</h1>" in client_at(province).get("/figures/").content.decode()
    nobody = Client()
    nobody.force_login(a_user())
    assert nobody.get("/figures/").status_code == 404


def test_a_partner_sees_figures_but_no_postings(province: Unit) -> None:
    posted(SYSTEM, province, an_indicator("test.flow"), 5)
    client = client_at(province, Role.PARTNER)
    asked = f"?unit={province.key}&{MARCH}&indicator=test.flow"

    page = client.get(f"/figures/{asked}&by=unit").content.decode()

    assert "/figures/postings/" not in page
    assert client.get(f"/figures/postings/{asked}").status_code == 403


def test_what_cannot_be_asked_is_said(province: Unit) -> None:
    client = client_at(province)

    assert client.get("/figures/?from=x").status_code == 422
    assert client.get(f"/figures/?unit={province.key}&map=x").status_code == 422
    assert client.get(f"/figures/?unit={province.key}&to=1999-01-01").status_code == 422
    assert client.get("/figures/?unit=P0").status_code == 404
    assert client.get(f"/figures/postings/?unit={province.key}").status_code == 404
    assert (
        client.get(f"/figures/postings/?unit={province.key}&indicator=sorties&after=x").status_code
        == 404
    )
    assert Client().get("/figures/").status_code == 302


def test_units_are_found_by_name_for_the_same_question(province: Unit) -> None:
    page = client_at(province).get(f"/figures/?unit={province.key}&{MARCH}&q=xa 1")

    assert "Xã 1" in page.content.decode()


WORDS = {
    "code": "san-pham-len-san",
    "name": "Sản phẩm lên sàn",
    "group": "economy",
    "unit_of_measure": "sản phẩm",
    "definition": "Sản phẩm được đăng bán.",
    "counting_rule": "Đếm khi đăng.",
}


class TestIndicators:
    def test_are_listed_with_their_rules(self, province: Unit) -> None:
        text = client_at(province).get("/indicators/").content.decode()

        assert "Lượt ra quân" in text
        assert "Cách đếm:" in text
        assert "Thêm chỉ tiêu" in text

    def test_are_added_in_one_form_and_sent_twice_added_once(self, province: Unit) -> None:
        client = client_at(province)

        asked = client.get("/indicators/new/")
        assert asked.status_code == 200
        assert "chưa có ghi nhận thì chỉ tiêu đọc là 0" in asked.content.decode()
        for _ in range(2):
            answer = client.post("/indicators/new/", WORDS)
            assert (answer.status_code, answer["Location"]) == (
                303, "/indicators/#san-pham-len-san",
            )  # fmt: skip
        assert "Sản phẩm được đăng bán." in client.get("/indicators/").content.decode()

    def test_are_reworded_but_keep_their_code(self, province: Unit) -> None:
        client = client_at(province)
        client.post("/indicators/new/", WORDS)

        page = client.get("/indicators/san-pham-len-san/edit/")
        answer = client.post(
            "/indicators/san-pham-len-san/edit/", WORDS | {"code": "x", "name": "Tên mới"}
        )

        assert "Sản phẩm được đăng bán." in page.content.decode()
        assert answer.status_code == 303
        assert queries.get_indicator("san-pham-len-san").name == "Tên mới"

    @pytest.mark.parametrize("bent", [{"code": "Có dấu"}, {"name": ""}, {"group": "x"}])
    def test_with_mistakes_come_back(self, province: Unit, bent: dict[str, Any]) -> None:
        answer = client_at(province).post("/indicators/new/", WORDS | bent)

        assert answer.status_code == 422

    def test_are_edited_by_the_office_alone(self, province: Unit) -> None:
        client = client_at(province, Role.SECRETARY)

        assert "Thêm chỉ tiêu" not in client.get("/indicators/").content.decode()
        assert client.get("/indicators/new/").status_code == 403
        assert client.post("/indicators/new/", WORDS).status_code == 403
        assert client.get("/indicators/sorties/edit/").status_code == 403
