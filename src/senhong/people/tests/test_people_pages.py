"""Pages on which members move, are made one and looked for; roles with their history."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.core.ids import uuid7
from senhong.org.models import ROLE_VERBS, Role, RoleGrant, Unit
from senhong.org.tests.make import SYSTEM, a_grant, a_province, a_unit, a_user
from senhong.people import services
from senhong.people.models import Member, MemberMerge
from senhong.people.role_words import VERB_WORDS
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_day")]


@pytest.fixture
def on_a_day() -> object:
    with time_machine.travel("2026-03-20T12:00:00+07:00") as traveller:
        yield traveller


def who_holds(role: Role, unit: Unit) -> Client:
    user = a_user(full_name="Trần Quản")
    a_grant(user, unit, role)
    client = Client()
    client.force_login(user)
    return client


def two_communes() -> tuple[Unit, Unit, Unit]:
    province = a_province("Tỉnh A")
    return province, a_unit("Xã A", province), a_unit("Xã B", province)


def cost(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_the_office_moves_a_member_and_her_page_tells_where_she_was() -> None:
    province, old, new = two_communes()
    member = a_member(old)
    client = who_holds(Role.PROVINCE_OFFICE, province)
    page = f"/people/members/{member.pk}/"

    form = client.get(f"{page}move/").content.decode()
    moved = client.post(f"{page}move/", {"unit": new.key, "on": "2026-01-05", "leaves_teams": "on"})

    told = client.get(page).content.decode()
    assert f'value="{new.key}"' in form
    assert moved.status_code == 303
    assert "Các quãng tham gia" in told
    assert "Xã A, Tỉnh A" in told


def test_a_secretary_of_one_unit_is_told_who_moves_people() -> None:
    _province, old, _new = two_communes()
    member = a_member(old)

    page = who_holds(Role.SECRETARY, old).get(f"/people/members/{member.pk}/move/")

    assert "cấp trên của cả hai đơn vị" in page.content.decode()


def test_two_entries_are_found_compared_and_made_one() -> None:
    _province, unit, _other = two_communes()
    kept, double = a_member(unit), a_member(unit)
    client = who_holds(Role.SECRETARY, unit)

    listed = client.get(f"/people/members/doubles/?unit={unit.key}").content.decode()
    chosen = client.get(f"/people/members/{kept.pk}/merge/").content.decode()
    merge = f"/people/members/{kept.pk}/merge/?with={double.pk}"
    shown = client.get(merge).content.decode()
    done = client.post(merge, {"id": uuid7()})

    assert f"{double.pk}" in listed
    assert f"?with={double.pk}" in chosen
    assert "Gộp rồi không tách lại được" in shown
    assert (done.status_code, MemberMerge.objects.count()) == (303, 1)
    old_link = client.get(f"/people/members/{double.pk}/")
    assert (old_link.status_code, old_link["Location"]) == (303, f"/people/members/{kept.pk}/")
    assert "Các mục đã gộp" in client.get(f"/people/members/{kept.pk}/").content.decode()


def test_of_two_accounts_the_page_asks_which_one_stays() -> None:
    province, unit, _other = two_communes()
    kept, double = a_member(unit), a_member(unit)
    stays, goes = a_user("an"), a_user("annv")
    services.link_account(SYSTEM, kept, stays)
    services.link_account(SYSTEM, double, goes)
    client = who_holds(Role.PROVINCE_OFFICE, province)
    merge = f"/people/members/{kept.pk}/merge/?with={double.pk}"

    unsaid = client.post(merge, {"id": uuid7()})
    said = client.post(merge, {"id": uuid7(), "account": stays.pk})

    goes.refresh_from_db()
    assert (unsaid.status_code, said.status_code) == (422, 303)
    assert not goes.is_active


@pytest.mark.parametrize("path", ["members/", "members/doubles/"])
def test_a_list_costs_the_same_however_long_it_is(path: str) -> None:
    counts = []
    for number in (1, 20):
        unit = a_unit("Xã A", a_unit("Huyện B", a_province("Tỉnh C")))
        for index in range(number):
            for _twice in range(2):
                a_member(unit, full_name=f"Lê {chr(65 + index)}")
        counts.append(cost(who_holds(Role.SECRETARY, unit), f"/people/{path}?unit={unit.key}"))

    assert counts[0] == counts[1] <= 12


def test_the_list_of_members_is_narrowed_on_its_page() -> None:
    _province, unit, _other = two_communes()
    team = a_team(unit)
    a_membership(team, a_member(unit, full_name="Lê Trong Tổ"))
    a_member(unit, full_name="Lê Ngoài Tổ")
    gone = a_member(unit, full_name="Lê Đã Thôi")
    services.leave_movement(SYSTEM, gone, on=date(2025, 1, 1))
    client = who_holds(Role.SECRETARY, unit)
    page = f"/people/members/?unit={unit.key}"

    shown = {
        asked: {
            name
            for name in ("Lê Trong Tổ", "Lê Ngoài Tổ", "Lê Đã Thôi")
            if name in client.get(f"{page}&{asked}").content.decode()
        }
        for asked in (f"team={team.pk}", "taking=without-team", "taking=left", "q=to", "q=x")
    }

    assert list(shown.values()) == [
        {"Lê Trong Tổ"}, {"Lê Ngoài Tổ"}, {"Lê Đã Thôi"}, {"Lê Trong Tổ", "Lê Ngoài Tổ"}, set(),
    ]  # fmt: skip


def typed(role: Role, username: str, **more: str) -> dict[str, str]:
    return {"id": str(uuid7()), "role": role, "username": username, **more}


def test_a_secretary_gives_what_she_holds_below_her_own_unit_only() -> None:
    district = a_unit("Huyện B", a_province("Tỉnh C"))
    commune = a_unit("Xã A", district)
    a_user("hoa")
    client = who_holds(Role.SECRETARY, district)
    below, own = (f"/people/roles/?unit={unit.key}" for unit in (commune, district))

    given = client.post(below, typed(Role.SECRETARY, "hoa"))
    more = client.post(below, typed(Role.AUDITOR, "hoa"))
    here = client.post(own, typed(Role.SECRETARY, "hoa"))
    taken = client.post(f"/people/roles/{RoleGrant.objects.get(unit=commune).pk}/withdraw/")

    assert (given.status_code, more.status_code, here.status_code) == (303, 422, 403)
    assert taken.status_code == 303
    assert "chọn một đơn vị ở đầu trang" in client.get(own).content.decode()


def test_a_role_has_an_end_and_everyone_who_gave_or_took_it() -> None:
    province = a_province("Tỉnh C")
    a_unit("Huyện B", province)
    a_user("hoa", full_name="Lê Hoa")
    client = who_holds(Role.PROVINCE_OFFICE, province)
    page = f"/people/roles/?unit={province.key}"

    past = client.post(page, typed(Role.PARTNER, "hoa", until="2026-03-19"))
    client.post(page, typed(Role.PARTNER, "hoa", until="2026-12-31"))
    held = client.get(page).content.decode()
    client.post(f"/people/roles/{RoleGrant.objects.get(user__username='hoa').pk}/withdraw/")
    after = client.get(page).content.decode().partition("Trước đây")[2]

    assert past.status_code == 422
    assert "từ 20/03/2026 đến 31/12/2026" in held
    assert "Trần Quản giao ngày 20/03/2026" in held
    assert "Huyện B" in held.partition("flows-down")[2]
    assert "Lê Hoa" in after
    assert after.count("Trần Quản") == 2


def test_every_verb_of_a_role_is_in_words() -> None:
    assert sorted(set().union(*ROLE_VERBS.values()) - VERB_WORDS.keys()) == []


def test_who_may_not_edit_is_led_nowhere() -> None:
    _province, unit, other = two_communes()
    kept, double = a_member(unit), a_member(unit)
    auditor, neighbour = who_holds(Role.AUDITOR, unit), who_holds(Role.SECRETARY, other)
    merge = f"/people/members/{kept.pk}/merge/?with={double.pk}"

    for path in (merge, f"/people/members/{kept.pk}/move/"):
        assert auditor.get(path).status_code == 403
        assert neighbour.get(path).status_code == 404
    assert auditor.post(merge, {"id": uuid7()}).status_code == 403
    assert Member.objects.filter(merge=None).count() == 2
