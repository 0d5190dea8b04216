"""Exceptions first: who needs somebody, and one reminder to all of them."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from senhong.activities.tests.make import a_closed_activity
from senhong.board.tests.make import MARCH_20, a_demo, helped, signed_in, text_of
from senhong.comms.models import Reminder, Subject
from senhong.comms.tests.make import reminded
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import ClusterDrawn, draw_clusters
from senhong.org.tests.make import a_province, a_unit
from senhong.people.tests.make import a_team
from senhong.plans.tests.make import a_plan, a_target

pytestmark = pytest.mark.django_db


def a_day(day: int) -> datetime:
    return datetime(2023, 3, day, 7, 30, tzinfo=timezone.get_default_timezone())


def a_province_in_need() -> Unit:
    """Read on 2023-03-20. One commune for each need, and one without any."""
    province = a_province()
    a_demo(province)
    communes = {name: a_unit(f"Xã {name}", province) for name in ("Im", "Lặng", "Sen", "Trắng")}
    for name in ("Im", "Lặng", "Sen"):
        team = a_team(communes[name])
        if name == "Sen":
            a_closed_activity(team, starts_at=a_day(19))
    helped(communes["Im"], 3, day=20230310)
    plan = a_plan(province)
    for commune in communes.values():
        a_target(commune, "platform-turns", 1, plan, to_day=20230401)
    return province


def list_of(client: Client, province: Unit, about: str) -> str:
    text = text_of(client, f"/units/{province.key}/needs/?about={about}")
    return text.split("<main")[1].split("</main>")[0]


def test_each_need_says_how_many_who_and_since_when() -> None:
    province = a_province_in_need()
    client = signed_in(province)

    text = text_of(client, f"/units/{province.key}/")

    for said in (
        "4 đơn vị chậm chỉ tiêu",
        "1 xã, phường có tổ nhưng chưa có hoạt động nào trong kỳ",
        "1 xã, phường im lặng từ 7 ngày trở lên",
        "Im (10 ngày)",
        "1 xã, phường chưa có tổ thanh niên CĐS cộng đồng",
        "2 tổ chưa hoạt động từ 30 ngày trở lên",
        "Nhắc 4 xã",
    ):
        assert said in text
    assert "Xã Im" in list_of(client, province, "silent")
    assert "im lặng 10 ngày" in list_of(client, province, "silent")
    assert "Xã Lặng" in list_of(client, province, "idle")
    assert "Xã Trắng" in list_of(client, province, "teamless")
    assert "Xã Sen" not in list_of(client, province, "quiet-teams")
    assert "chưa có hoạt động nào" in list_of(client, province, "quiet-teams")


def test_a_team_is_quiet_after_thirty_days_and_not_before_it_is_as_old() -> None:
    province = a_province()
    a_demo(province)
    a_closed_activity(a_team(a_unit("Xã Cũ", province)), starts_at=a_day(1) - timedelta(days=12))
    a_closed_activity(a_team(a_unit("Xã Gần", province)), starts_at=a_day(1))
    a_team(a_unit("Xã Mới", province), from_day=20230301)

    text = list_of(signed_in(province), province, "quiet-teams")

    assert "1 tổ chưa hoạt động" in text
    assert "Xã Cũ" in text
    assert "lần cuối 17/02/2023" in text


def test_communes_that_are_behind_are_named_to_the_province_too() -> None:
    province = a_province()
    a_demo(province)
    district = a_unit("Huyện A", province)
    late, good = a_unit("Xã Chậm", district), a_unit("Xã Nhanh", district)
    plan = a_plan(province)
    for unit in (district, late, good):
        a_target(unit, "citizen-turns", 10, plan)
    helped(good, 12)

    text = list_of(signed_in(province), province, "behind")

    assert "1 đơn vị chậm chỉ tiêu" in text
    assert "Xã Chậm" in text
    assert "Huyện A" not in text.split("need-lines")[1]


@pytest.mark.parametrize(
    ("period", "about"), [("", "idle"), ("?period=month", "silent"), ("?period=week", "silent")]
)
def test_a_period_that_has_just_begun_makes_nobody_silent(period: str, about: str) -> None:
    """Read on 2023-03-02: one was active three days ago, one ten, one never."""
    province = a_province()
    a_demo(province, date(2023, 3, 2))
    for name, day in (("Gần", 20230227), ("Xa", 20230220), ("Chưa", 0)):
        commune = a_unit(f"Xã {name}", province)
        a_team(commune, from_day=20230201)
        if day:
            helped(commune, 3, day=day)
    client = signed_in(province)

    text = text_of(client, f"/units/{province.key}/{period}")
    silent = text_of(client, f"/units/{province.key}/needs/?about=silent&{period.lstrip('?')}")

    assert "Gần" not in text.split('id="needs"')[1].split("</section>")[0]
    assert "Xa (10 ngày)" in text
    assert "im lặng 10 ngày" in silent
    assert f"?about={about}" in text
    assert ("Xã Chưa" in silent) is (about == "silent")


def test_a_list_is_narrowed_to_a_cluster_and_only_its_units_are_reminded() -> None:
    province = a_province_in_need()
    units = {unit.name: unit for unit in Unit.objects.filter(level="commune")}
    drawn = [
        ClusterDrawn(id=uuid7(), name=name, unit_ids=frozenset(units[f"Xã {u}"].pk for u in of))
        for name, of in (("Cụm Một", ("Im", "Lặng")), ("Cụm Hai", ("Sen", "Trắng")))
    ]
    draw_clusters(SYSTEM, province, day=20230101, clusters=drawn)
    client = signed_in(province)

    everybody = list_of(client, province, "behind")
    some = list_of(client, province, f"behind&cluster={drawn[0].id}")

    assert f"cluster={drawn[1].id}" in everybody
    assert "Cụm Một (2)" in everybody
    assert set(form_of(some)["units"]) == {units["Xã Im"].key, units["Xã Lặng"].key}
    assert "2 đơn vị chậm chỉ tiêu" in some


def form_of(text: str) -> dict[str, Any]:
    """What a browser sends of the form as it stands."""
    form = text.rsplit('<form method="post"', maxsplit=1)[-1].split("</form>", maxsplit=1)[0]
    units = re.findall(r'name="units" value="([^"]+)"(?: checked)?', form)
    words = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", form, re.DOTALL)
    found = re.search(r'name="id" value="([^"]+)"', form)
    assert found
    return {"id": found[1], "units": units, "words": words[1] if words else ""}


def test_choose_look_send() -> None:
    province = a_province_in_need()
    client, url = signed_in(province), f"/units/{province.key}/needs/?about=behind"
    offered = form_of(list_of(client, province, "behind"))

    chosen = offered | {"units": offered["units"][:3], "words": "Mời <xem> lại.", "step": "preview"}
    preview = client.post(url, chosen).content.decode()
    assert Reminder.objects.count() == 0
    sent = client.post(url, chosen | {"step": "send"}, follow=True)
    client.post(url, chosen | {"step": "send"})

    assert len(offered["units"]) == 4
    assert "Gửi tới 3 đơn vị" in preview
    assert "Mời &lt;xem&gt; lại." in preview
    assert "Nhắc 3 xã" in preview
    assert sent.redirect_chain == [(f"/units/{province.key}/#needs", 303)]
    assert "Đã nhắc 3 đơn vị." in sent.content.decode()
    assert "Đã nhắc 3 đơn vị hôm nay." in sent.content.decode()
    assert "Nhắc 1 xã" in sent.content.decode()
    assert set(Reminder.objects.values_list("subject_kind", "words")) == {
        ("behind", "Mời <xem> lại.")
    }
    assert Reminder.objects.count() == 3


def test_back_from_the_preview_everything_is_as_it_was_typed() -> None:
    province = a_province_in_need()
    client, url = signed_in(province), f"/units/{province.key}/needs/?about=behind"
    offered = form_of(list_of(client, province, "behind"))

    typed = offered | {"units": offered["units"][1:2], "words": "Khác.", "step": "edit"}
    text = client.post(url, typed).content.decode()

    assert re.findall(r'value="(\S+)" checked', text) == offered["units"][1:2]
    assert form_of(text)["words"] == "Khác."
    assert form_of(text)["id"] == offered["id"]


def test_nobody_or_no_words_is_said_beside_the_field() -> None:
    province = a_province_in_need()
    client, url = signed_in(province), f"/units/{province.key}/needs/?about=behind"
    offered = form_of(list_of(client, province, "behind"))

    for wrong, said in (
        ({"units": []}, "Hãy đánh dấu ít nhất một đơn vị"),
        ({"words": "  "}, "field--wrong"),
        ({"units": ["W0-0"]}, "field--wrong"),
    ):
        answer = client.post(url, offered | wrong | {"step": "send"})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert Reminder.objects.count() == 0


def test_who_was_reminded_today_is_not_offered_again() -> None:
    province = a_province_in_need()
    commune = Unit.objects.get(name="Xã Im")
    reminded(commune)
    client = signed_in(province)

    text = list_of(client, province, "silent")

    assert "đã nhắc hôm nay" in text
    assert "<form" not in text
    assert "Hôm nay đã nhắc tất cả." in text_of(client, f"/units/{province.key}/")


def test_who_may_not_remind_reads_the_list_without_the_form() -> None:
    province = a_province_in_need()
    auditor = signed_in(province, Role.AUDITOR)
    url = f"/units/{province.key}/needs/?about=silent"

    assert "Xã Im" in list_of(auditor, province, "silent")
    assert "<form" not in list_of(auditor, province, "silent")
    assert auditor.post(url, {"step": "send"}).status_code == 403
    assert signed_in(province, Role.PARTNER).get(url).status_code == 403
    assert "Nhắc 1" not in text_of(auditor, f"/units/{province.key}/")


def test_units_that_an_address_names_are_ticked() -> None:
    province = a_province_in_need()
    commune = Unit.objects.get(name="Xã Sen")

    text = text_of(signed_in(province), f"/units/{province.key}/needs/?units={commune.key}")

    assert re.findall(r'name="units" value="(\S+)" checked', text) == [commune.key]
    assert "Xã Im" not in text


def test_the_list_takes_the_same_queries_however_many_need_something() -> None:
    counts: list[int] = []
    for number in (2, 20):
        province = a_province()
        plan = a_plan(province)
        for each in range(number):
            commune = a_unit(f"Xã {each}", province)
            a_team(commune)
            a_target(commune, "platform-turns", 1, plan, to_day=20230401)
        if not counts:
            a_demo(province, MARCH_20)
        client = signed_in(province)
        for about in (Subject.BEHIND, Subject.QUIET_TEAMS):
            with CaptureQueriesContext(connection) as seen:
                text_of(client, f"/units/{province.key}/needs/?about={about}")
            counts.append(len(seen))

    assert counts[:2] == counts[2:]
    assert max(counts) <= 25
