"""Pages of plans: what they say, what they make, and at what cost."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.core.ids import uuid7
from senhong.ledger.tests.make import posted
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import add_partner, found_installation
from senhong.org.tests.make import a_grant, a_province, a_unit, a_user
from senhong.plans.models import Directive, PaceRule, Plan, PlanPartner, Target
from senhong.plans.tests.make import a_directive, a_plan, a_target

pytestmark = pytest.mark.django_db


def signed_in(unit: Unit, role: Role = Role.PROVINCE_OFFICE) -> Client:
    user = a_user()
    a_grant(user, unit, role)
    client = Client()
    client.force_login(user)
    return client


def text_of(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    return page.content.decode()


def plan_typed(unit: Unit, **fields: Any) -> dict[str, Any]:
    usual = {
        "id": str(uuid7()), "name": "Năm chuyển đổi số", "kind": "programme", "unit": unit.key,
        "first_on": "2023-01-01", "last_on": "2023-12-31", "parent": "", "directive": "",
    }  # fmt: skip
    return usual | fields


def test_a_plan_is_made_sent_twice_and_changed() -> None:
    province = a_province()
    client, typed = signed_in(province), plan_typed(province)

    made = client.post("/plans/new/", typed)
    again = client.post("/plans/new/", typed)

    plan = Plan.objects.get()
    assert (made.status_code, made.headers["Location"]) == (303, f"/plans/{plan.pk}/")
    assert again.headers["Location"] == made.headers["Location"]
    assert (plan.from_day, plan.to_day) == (20230101, 20240101)
    client.post(f"/plans/{plan.pk}/edit/", typed | {"name": "Tên khác"})
    assert "<h1>Tên khác</h1>" in text_of(client, f"/plans/{plan.pk}/")


def test_mistakes_come_back_with_the_form() -> None:
    province = a_province()
    typed = plan_typed(province, last_on="2022-12-31", name="")

    page = signed_in(province).post("/plans/new/", typed)

    assert page.status_code == 422
    assert "Ngày kết thúc phải từ ngày bắt đầu trở đi." in page.content.decode()
    assert not Plan.objects.exists()


def test_a_plan_that_crosses_its_parent_is_made_with_a_warning() -> None:
    parent = a_plan()
    client = signed_in(parent.unit)

    made = client.post(
        "/plans/new/", plan_typed(parent.unit, parent=str(parent.pk), last_on="2024-01-31")
    )

    assert made.status_code == 303
    assert "nằm ngoài" in text_of(client, made.headers["Location"])


def test_a_document_is_registered_with_its_file(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    province = a_province()
    client = signed_in(province)
    typed = {
        "id": str(uuid7()), "unit": province.key, "kind": "plan", "number": "300-KH",
        "subject": "Chuyển đổi số", "issuer": "BTV", "issued_on": "2022-06-30", "parent": "",
    }  # fmt: skip
    scan = SimpleUploadedFile("300.pdf", b"%PDF-1.7 ...", content_type="application/pdf")

    made = client.post("/directives/new/", {**typed, "file": scan})

    directive = Directive.objects.get()
    assert made.headers["Location"] == f"/directives/{directive.pk}/"
    assert "300.pdf" in text_of(client, made.headers["Location"])
    virus = SimpleUploadedFile("300.exe", b"MZ", content_type="application/pdf")
    refused = client.post("/directives/new/", {**typed, "id": str(uuid7()), "file": virus})
    assert refused.status_code == 422
    assert "Tệp này chưa nhận được" in refused.content.decode()


def test_a_target_is_set_changed_and_withdrawn() -> None:
    plan = a_plan()
    client = signed_in(plan.unit)
    typed = {
        "id": str(uuid7()), "unit": plan.unit.key, "indicator": "sorties",
        "wording": "at-least", "quantity": "200",
        "first_on": "2023-01-01", "last_on": "2023-12-31",
    }  # fmt: skip

    assert client.post(f"/plans/{plan.pk}/targets/new/", typed).status_code == 303
    target = Target.objects.get()
    more = {"id": str(uuid7()), "wording": "striving-for", "quantity": "250"}
    client.post(f"/targets/{target.pk}/edit/", more)

    assert "250" in text_of(client, f"/targets/{target.pk}/")
    assert "Phấn đấu" in text_of(client, f"/targets/{target.pk}/")
    assert client.post(f"/targets/{target.pk}/withdraw/").status_code == 303
    assert not Target.objects.exists()


def test_a_target_leads_to_what_is_behind_it() -> None:
    province = a_province()
    commune = a_unit("Xã A", a_unit("Huyện A", province))
    found_installation(SYSTEM, province=province, demo_reading_on=None)
    target = a_target(province, quantity=200, plan=a_plan(province, to_day=20990101))
    posted(SYSTEM, commune, target.indicator, 183, day=20230301)

    office = text_of(signed_in(province), f"/targets/{target.pk}/")
    partner = text_of(signed_in(province, Role.PARTNER), f"/targets/{target.pk}/")

    assert "183" in office
    assert "Huyện A" in office
    assert target.indicator.meaning in office
    assert "/figures/postings/?" in office
    assert "/figures/postings/?" not in partner
    assert "Đổi mức chỉ tiêu" not in partner


def test_a_share_of_the_unit_itself_leads_to_its_line_and_not_to_all_below() -> None:
    province = a_province()
    found_installation(SYSTEM, province=province, demo_reading_on=None)
    target = a_target(province, quantity=200, plan=a_plan(province, to_day=20990101))
    commune = a_unit("Xã A", province)
    posted(SYSTEM, commune, target.indicator, 183, day=20230301)
    posted(SYSTEM, province, target.indicator, 7, day=20230301)

    page = text_of(signed_in(province), f"/targets/{target.pk}/")

    lines = dict(re.findall(r'href="/figures/\?unit=(\w+)[^"]*by=(\w+)[^"]*">(?:183|7)</a>', page))
    assert lines == {commune.key: "week", province.key: "unit"}


def test_a_partner_joins_and_its_end_is_set() -> None:
    plan = a_plan()
    bank = add_partner(SYSTEM, uuid7(), unit=plan.unit, name="Ngân hàng A")
    client = signed_in(plan.unit)
    typed = {
        "id": str(uuid7()), "partner": str(bank.pk), "part": "tài trợ",
        "first_on": "2023-01-01", "last_on": "",
    }  # fmt: skip

    assert client.post(f"/plans/{plan.pk}/partners/new/", typed).status_code == 303
    part = PlanPartner.objects.get()
    client.post(f"/plans/partners/{part.pk}/end/", {"last_on": "2023-06-30"})

    text = text_of(client, f"/plans/{plan.pk}/")
    assert "Ngân hàng A" in text
    assert "30/06/2023" in text


def test_the_office_sets_the_thresholds_and_a_commune_does_not() -> None:
    province = a_province()
    found_installation(SYSTEM, province=province, demo_reading_on=None)
    commune = a_unit("Xã A", province)
    typed = {"id": str(uuid7()), "ahead_percent": "120", "on_pace_percent": "80"}

    assert signed_in(commune, Role.SECRETARY).post("/plans/pace/", typed).status_code == 403
    assert signed_in(province).post("/plans/pace/", typed).status_code == 303
    assert PaceRule.objects.get().ahead_percent == 120
    wrong = typed | {"ahead_percent": "80"}
    assert signed_in(province).post("/plans/pace/", wrong).status_code == 422


def test_who_may_not_see_finds_nothing_and_who_may_not_change_is_told() -> None:
    province = a_province()
    hers, other = a_unit("Xã A", province), a_unit("Xã B", province)
    above, neighbours = a_plan(province), a_plan(other)
    target = a_target(other, plan=above)
    client = signed_in(hers, Role.SECRETARY)

    assert client.get(f"/plans/{above.pk}/").status_code == 200
    assert client.get(f"/plans/{above.pk}/edit/").status_code == 403
    assert client.get(f"/plans/{neighbours.pk}/").status_code == 404
    assert client.get(f"/targets/{target.pk}/").status_code == 404
    assert client.get(f"/directives/{a_directive(province).pk}/edit/").status_code == 403
    assert Client().get("/plans/").status_code == 302


def test_an_empty_list_says_what_to_do() -> None:
    province = a_province()

    assert "Thêm kế hoạch" in text_of(signed_in(province), "/plans/")
    assert "bạn sẽ thấy ở đây" in text_of(signed_in(province, Role.PARTNER), "/plans/")


def test_units_of_one_name_are_told_apart_where_a_plan_lists_them() -> None:
    province = a_province("Tỉnh A", huyện_B=["Xã Tân"], huyện_C=["Xã Tân", "Xã Mỹ"])
    plan = a_plan(province)
    for unit in Unit.objects.filter(province=province, level="commune"):
        a_target(unit, plan=plan)

    text = text_of(signed_in(province), f"/plans/{plan.pk}/")

    for said in ("Xã Tân, Huyện B", "Xã Tân, Huyện C", "Xã Mỹ"):
        assert re.search(rf">\s*{said}\s*</td>", text), said


@pytest.mark.parametrize("page", ["/plans/", "/plans/{plan}/", "/targets/{target}/"])
def test_pages_take_the_same_queries_however_much_there_is(page: str) -> None:
    counts = []
    for number in (1, 30):
        province = a_province()
        order = a_directive(province)
        plan = a_plan(province, directive=order, to_day=20990101)
        target = a_target(province, plan=plan)
        for each in range(number):
            unit = a_unit(f"Huyện {each}", province)
            a_plan(unit, parent=plan)
            a_target(unit, plan=plan)
            posted(SYSTEM, unit, target.indicator, 1, day=20230301)
        client = signed_in(province)
        url = page.format(plan=plan.pk, target=target.pk)
        client.get(url)
        with CaptureQueriesContext(connection) as taken:
            text_of(client, url)
        counts.append(len(taken))

    assert counts[0] == counts[1] <= 25


def test_the_api_lists_sets_and_refuses() -> None:
    plan = a_plan()
    client = signed_in(plan.unit)
    body = {
        "id": str(uuid7()), "plan": str(plan.pk), "unit": plan.unit.key, "indicator": "sorties",
        "quantity": 200, "first_on": "2023-01-01", "last_on": "2023-12-31",
    }  # fmt: skip

    def send(facts: dict[str, Any]) -> Any:
        return client.post("/api/v1/targets", json.dumps(facts), content_type="application/json")

    first, again = send(body), send(body)
    assert (first.status_code, again.status_code) == (201, 201), first.content
    assert first.json()["id"] == again.json()["id"]
    posted(SYSTEM, plan.unit, Target.objects.get().indicator, 44, day=20230301)

    [listed] = client.get("/api/v1/targets?on=2023-03-20").json()["items"]
    assert (listed["figure"], listed["expected"], listed["state"]) == (44, 43, "on-pace")
    [shown] = client.get(f"/api/v1/plans?unit={plan.unit.key}").json()["items"]
    assert (shown["id"], shown["unit"]) == (str(plan.pk), plan.unit.key)
    assert send(body | {"quantity": 0}).status_code == 422
    assert send(body | {"quantity": 300}).json()["code"] == "id-reused"
    assert send(body | {"unit": "P0-9"}).status_code == 404


def test_api_lists_go_on_where_they_stopped() -> None:
    plan = a_plan()
    for _ in range(4):
        a_plan(plan.unit)
    client = signed_in(plan.unit)

    first = client.get("/api/v1/plans?limit=3").json()
    rest = client.get(f"/api/v1/plans?limit=3&after={first['next']}").json()

    assert len({each["id"] for each in first["items"] + rest["items"]}) == 5
    assert rest["next"] is None


def test_who_may_is_led_from_the_plan_to_where_partners_are_added() -> None:
    province = a_province()
    plan = a_plan(province)
    form, added_at = f"/plans/{plan.pk}/partners/new/", f"/people/partners/?unit={province.key}"

    assert added_at in text_of(signed_in(province), form)
    assert added_at not in text_of(signed_in(province, Role.SECRETARY), form)
