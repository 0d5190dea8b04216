"""The first page of a unit: what it says, to whom, and at what cost."""

import re
from datetime import date

import pytest
from django.test import Client

from senhong.board.queries import tree_on
from senhong.board.tests.make import MARCH_20, a_demo, helped, signed_in, text_of
from senhong.ledger.tests.make import an_indicator, posted
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import found_units, restructure
from senhong.org.tests.make import NewUnit, a_change, a_new_unit, a_province, a_unit
from senhong.people.tests.make import a_team
from senhong.plans.tests.make import a_plan, a_target

pytestmark = pytest.mark.django_db


def test_the_page_says_figure_target_pace_and_forecast() -> None:
    province = a_province()
    a_demo(province)
    target = a_target(province, "platform-turns", 50_000)
    posted(SYSTEM, province, target.indicator, 11_208, day=20230320)

    text = text_of(signed_in(province), f"/units/{province.key}/")

    for said in ("11.208", "50.000", "Đúng nhịp", "10.822", "51.800", "20/03/2023"):
        assert said in text
    assert f"/targets/{target.pk}/" in text


def test_a_posting_is_in_the_next_page() -> None:
    province = a_province()
    a_demo(province)
    commune = a_unit("Xã A", a_unit("Huyện A", province))
    client = signed_in(province)
    assert "7.531" not in text_of(client, f"/units/{province.key}/")

    helped(commune, 7_531)

    assert "7.531" in text_of(client, f"/units/{province.key}/")


def test_what_was_recorded_at_the_unit_itself_leads_on_too() -> None:
    province = a_province()
    a_demo(province)
    helped(a_unit("Xã A", province), 5)
    helped(province, 7)

    text = text_of(signed_in(province), f"/units/{province.key}/")

    own = text.partition("Ghi ở Tỉnh")[2].partition("</tr>")[0]
    assert re.search(rf'href="/figures/\?unit={province.key}[^"]*by=unit[^"]*">7</a>', own)


def a_crossing() -> Unit:
    """A province read on 2025-08-15 whose district was abolished on 2025-07-01."""
    province = a_province()
    a_demo(province, date(2025, 8, 15))
    district = a_unit("Huyện Cũ", province)
    old = a_unit("Xã Cũ", district)
    helped(old, 40, day=20250615)
    new = a_new_unit("Xã Mới", province)
    restructure(
        SYSTEM,
        a_change(20250701, ends=[district, old], begins=[new], edges=[(old, new)]),
    )
    helped(Unit.objects.get(key=new.key), 2, day=20250801)
    return province


def test_a_team_whose_commune_ended_is_below_where_that_landed() -> None:
    province = a_crossing()
    team = a_team(Unit.objects.get(search_key="xa cu"), name="Tổ Cũ")
    own = a_team(province, name="Tổ tỉnh")

    text = text_of(signed_in(province), f"/units/{province.key}/")

    listed = text.partition('id="teams"')[2].partition("</section>")[0]
    assert str(own.pk) in listed
    assert str(team.pk) not in listed
    assert "Và 1 tổ ở các đơn vị bên dưới." in listed


def test_the_switch_reads_the_map_of_the_day_or_todays() -> None:
    province = a_crossing()
    client = signed_in(province)

    of_day = text_of(client, f"/units/{province.key}/")
    today = text_of(client, f"/units/{province.key}/?map=today")

    assert "Bản đồ của ngày" in of_day
    assert "Huyện Cũ" in of_day
    assert "Huyện Cũ" not in today
    assert ">42</a>" in today
    assert ">40</a>" in of_day


def test_signs_of_life_are_read_on_the_map_of_the_other_figures() -> None:
    province = a_province()
    a_demo(province, date(2025, 8, 15))
    heir, ended = (a_unit(f"Xã {name}", province) for name in ("Lớn", "Nhỏ"))
    a_team(heir)
    helped(ended, 40, day=20250615)
    restructure(SYSTEM, a_change(20250701, ends=[ended], edges=[(ended, heir)]))
    client, url = signed_in(province), f"/units/{province.key}/"

    of_day, today = text_of(client, url), text_of(client, f"{url}?map=today")
    listed = text_of(client, f"{url}communes/?show=idle")
    listed_today = text_of(client, f"{url}communes/?show=silent&map=today")

    assert "1 xã, phường có tổ nhưng chưa có hoạt động" in of_day
    assert "1 xã, phường im lặng từ 7 ngày trở lên" in today
    assert "?about=silent&amp;map=today" in today
    assert "Xã Lớn" in listed.split("<tbody>")[1]
    assert re.search(r"map=2025-08-15[^>]*>40</a>", listed_today)


def test_teams_of_communes_that_ended_are_not_the_provinces_own() -> None:
    province = a_province()
    a_demo(province, date(2025, 8, 15))
    own = a_team(province, name="Tổ tham vấn")
    ended = a_unit("Xã Cũ", province)
    a_team(ended, name="Tổ xã cũ")
    new = a_new_unit("Xã Mới", province)
    restructure(SYSTEM, a_change(20250701, ends=[ended], begins=[new], edges=[(ended, new)]))

    text = text_of(signed_in(province), f"/units/{province.key}/")

    teams = text.split('id="teams"')[1].split("</section>")[0]
    assert f"/teams/{own.pk}/" in teams
    assert "Tổ xã cũ" not in teams
    assert "Và 1 tổ ở các đơn vị bên dưới." in teams


def test_without_a_change_there_is_no_switch() -> None:
    province = a_province()
    a_demo(province)

    assert "Bản đồ hôm nay" not in text_of(signed_in(province), f"/units/{province.key}/")


def test_a_secretary_sees_her_commune_and_no_other() -> None:
    province = a_province()
    a_demo(province)
    district = a_unit("Huyện A", province)
    hers, other = a_unit("Xã Sen", district), a_unit("Xã Súng", district)
    client = signed_in(hers, Role.SECRETARY)

    assert "Xã Sen" in text_of(client, f"/units/{hers.key}/")
    for hidden in (other, district, province):
        assert client.get(f"/units/{hidden.key}/").status_code == 404


def test_nobody_is_asked_to_sign_in() -> None:
    province = a_province()

    page = Client().get(f"/units/{province.key}/")

    assert page.status_code == 302
    assert page.headers["Location"].startswith("/accounts/login/")


def test_who_needs_support_comes_first() -> None:
    province = a_province()
    a_demo(province)
    plan = a_plan(province)
    good, behind, idle = (a_unit(f"Huyện {name}", province) for name in ("Tốt", "Chậm", "Vắng"))
    for unit in (good, behind, idle):
        a_target(unit, "sorties", 10, plan)
    posted(SYSTEM, good, an_indicator("sorties"), 9, day=20230301)
    posted(SYSTEM, behind, an_indicator("sorties"), 1, day=20230301)

    text = text_of(signed_in(province), f"/units/{province.key}/")

    rows = re.findall(r'<tr id="unit-([^"]+)"', text)
    assert rows == [idle.key, behind.key, good.key]
    assert "Chưa bắt đầu" in text
    assert "Chậm nhịp" in text


def test_communes_that_need_somebody_are_named() -> None:
    province = a_province()
    a_demo(province)
    district = a_unit("Huyện A", province)
    idle, silent, alive = (a_unit(f"Xã {name}", district) for name in ("Vắng", "Im", "Vui"))
    a_unit("Xã Không", district)
    for unit in (idle, silent, alive):
        a_team(unit)
    helped(silent, 3, day=20230301)
    helped(alive, 3, day=20230314)
    client = signed_in(province)

    text = text_of(client, f"/units/{province.key}/")

    assert "1 xã, phường có tổ nhưng chưa có hoạt động" in text
    assert "1 xã, phường im lặng từ 7 ngày trở lên" in text
    assert "1 xã, phường chưa có tổ" in text
    for show, name in (("idle", "Vắng"), ("silent", "Im"), ("teamless", "Không")):
        listed = text_of(client, f"/units/{province.key}/communes/?show={show}")
        names = re.findall(r'<th scope="row">\s*<a href="[^"]+">Xã (\w+)</a>', listed)
        assert names == [name]


def test_a_partner_reads_figures_and_nothing_behind_them() -> None:
    province = a_province()
    a_demo(province)
    commune = a_unit("Xã A", a_unit("Huyện A", province))
    team = a_team(commune)
    helped(commune, 5)
    client = signed_in(province, Role.PARTNER)

    text = text_of(client, f"/units/{province.key}/")

    assert ">5</a>" in text
    for hidden in ("/figures/postings/", "/activities/", str(team.pk), "Cần bạn"):
        assert hidden not in text.split('id="main"')[1]
    assert client.get(f"/units/{province.key}/communes/").status_code == 403
    assert client.get(f"/teams/{team.pk}/").status_code == 404


def test_a_new_province_is_told_what_to_do_next() -> None:
    province = a_province()
    a_demo(province)

    text = text_of(signed_in(province), f"/units/{province.key}/")

    assert "Chưa có chỉ tiêu nào cho đơn vị này" in text
    assert "Chưa có tổ nào" in text


def test_a_unit_of_the_day_keeps_the_name_it_had() -> None:
    province = a_province()
    a_demo(province)
    district = a_unit("Huyện A", province)
    restructure(
        SYSTEM,
        a_change(20240101, alters=[(district, {"kind": "thành phố", "name": "Thành phố A"})]),
    )
    client = signed_in(province)

    assert "<h1>Huyện A</h1>" in text_of(client, f"/units/{district.key}/")
    client.post("/reading-date/", {"reading_on": "2024-06-01"})
    assert "<h1>Thành phố A</h1>" in text_of(client, f"/units/{district.key}/")


def test_the_period_can_be_the_month_or_seven_days() -> None:
    province = a_province()
    a_demo(province, MARCH_20)
    district = a_unit("Huyện A", province)
    helped(district, 1_111, day=20230110)
    helped(district, 2_222, day=20230302)
    helped(district, 3_333, day=20230318)
    client, url = signed_in(province), f"/units/{province.key}/"

    def table(query: str) -> str:
        return text_of(client, url + query).split('id="units-title"')[1]

    assert "6.666" in table("")
    assert "5.555" in table("?period=month")
    assert "3.333" in table("?period=week")
    assert "6.666" in table("?period=nonsense")


def test_from_the_beginning_goes_back_to_the_oldest_plan_that_still_runs() -> None:
    province = a_province()
    a_demo(province)
    a_plan(province, from_day=20220630, to_day=20270101)
    a_target(province, "sorties", 10)
    helped(a_unit("Huyện A", province), 7_531, day=20220715)
    client, url = signed_in(province), f"/units/{province.key}/"

    assert "7.531" in text_of(client, f"{url}?period=begun")
    assert "30/06/2022" in text_of(client, f"{url}?period=begun")
    assert "7.531" not in text_of(client, url)


def test_communes_called_the_same_say_what_they_hang_on() -> None:
    province = a_province("Tỉnh A", huyện_B=["Xã Tân", "Xã Mỹ"], huyện_C=["Xã Tân"])
    tree = tree_on(province, 20230101)
    assert tree

    names = tree.names(tree.communes(province.pk))

    assert sorted(names.values()) == ["Xã Mỹ", "Xã Tân, Huyện B", "Xã Tân, Huyện C"]


def test_a_town_and_a_commune_of_one_name_are_told_apart_by_their_kind() -> None:
    district = a_unit("Huyện B", a_province("Tỉnh A"))
    facts = [
        NewUnit(key=f"W{kind}", code="1", level="commune", kind=kind, name=f"Mỹ Thọ ({kind})",
                parent=district.key)
        for kind in ("xã", "thị trấn")
    ]  # fmt: skip
    found_units(SYSTEM, facts)
    tree = tree_on(district, 20230101)
    assert tree

    names = tree.names(tree.communes(district.pk), short=True)

    assert sorted(names.values()) == ["Thị trấn Mỹ Thọ", "Xã Mỹ Thọ"]
