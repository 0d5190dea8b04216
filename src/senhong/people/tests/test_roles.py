"""The office runs an installation by hand: roles given and withdrawn, partners kept."""

import re
from datetime import date

import pytest
import time_machine
from django.test import Client

from senhong.accounts.models import User
from senhong.core.days import LAST_DAY
from senhong.core.ids import uuid7
from senhong.org.models import Level, Partner, Role, RoleGrant, Unit
from senhong.org.queries import SYSTEM, actor_of
from senhong.org.services import (
    add_partner,
    found_installation,
    restructure,
    start_installation,
)
from senhong.org.tests.make import (
    a_change,
    a_grant,
    a_new_unit,
    a_province,
    a_unit,
    a_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_day")]


@pytest.fixture
def on_a_day() -> object:
    with time_machine.travel("2026-03-20T12:00:00+07:00") as traveller:
        yield traveller


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def who_holds(role: Role, unit: Unit) -> Client:
    user = a_user(full_name="Trần Quản")
    a_grant(user, unit, role)
    return signed_in(user)


def typed(role: Role, username: str, full_name: str = "") -> dict[str, str]:
    return {"id": str(uuid7()), "role": role, "username": username, "full_name": full_name}


def roles_page(unit: Unit) -> str:
    return f"/people/roles/?unit={unit.key}"


@pytest.mark.parametrize("role", Role)
def test_the_founder_gives_every_role_on_the_page(role: Role) -> None:
    province = a_province()
    founder = start_installation(
        SYSTEM, uuid7(), province=province, username="lan", full_name="Lê Lan",
        password="hoa-sen-no-som-mai",
    )  # fmt: skip
    other = a_user("hoa")

    answer = signed_in(founder).post(roles_page(province), typed(role, "HOA "))

    assert answer.status_code == 303
    assert other.role_grants.get().role == role


def test_an_administrator_appoints_the_province_office() -> None:
    province = a_province()
    a_user("hoa")

    who_holds(Role.ADMINISTRATOR, province).post(
        roles_page(province), typed(Role.PROVINCE_OFFICE, "hoa")
    )

    hoa = actor_of(User.objects.get(username="hoa").pk)
    assert hoa.can("help.record", at=province.path)
    assert not hoa.can("role.appoint", at=province.path)


def test_the_office_neither_gives_nor_takes_the_administrators_role() -> None:
    province = a_province()
    a_user("hoa")
    administrator = a_grant(a_user(), province, Role.ADMINISTRATOR)
    office = who_holds(Role.PROVINCE_OFFICE, province)

    given = office.post(roles_page(province), typed(Role.ADMINISTRATOR, "hoa"))
    taken = office.post(f"/people/roles/{administrator.pk}/withdraw/")
    entered = office.post(f"/people/roles/{administrator.pk}/password/")

    assert (given.status_code, taken.status_code, entered.status_code) == (422, 403, 403)
    assert not RoleGrant.objects.filter(user__username="hoa").exists()
    assert 'value="administrator"' not in office.get(roles_page(province)).content.decode()


def test_a_secretary_gives_no_role() -> None:
    commune = a_unit()
    a_user("hoa")

    answer = who_holds(Role.SECRETARY, commune).post(
        roles_page(commune), typed(Role.AUDITOR, "hoa")
    )

    assert answer.status_code == 403
    assert RoleGrant.objects.count() == 1


def test_a_new_account_is_shown_its_password_once() -> None:
    province = a_province()
    client = who_holds(Role.ADMINISTRATOR, province)

    answer = client.post(roles_page(province), typed(Role.PROVINCE_OFFICE, "lanlt", "Lê Thị Lan"))

    shown = re.search(r"<code>(.*?)</code>", answer.content.decode())
    lan = User.objects.get(username="lanlt")
    assert shown
    assert lan.check_password(shown[1])
    assert (answer.status_code, lan.must_change_password) == (201, True)
    page = client.get(roles_page(province)).content.decode()
    assert shown[1] not in page
    assert "Lê Thị Lan" in page
    assert "từ 20/03/2026" in page


@pytest.mark.parametrize(
    ("username", "full_name", "said"),
    [("hoa", "Lê Hoa", "Tên này đã có tài khoản"), ("chua-co", "", "Chưa có tài khoản này")],
)
def test_a_mistyped_account_is_asked_about(username: str, full_name: str, said: str) -> None:
    province = a_province()
    a_user("hoa")

    answer = who_holds(Role.ADMINISTRATOR, province).post(
        roles_page(province), typed(Role.AUDITOR, username, full_name)
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_role_is_withdrawn_from_today_but_never_ones_own() -> None:
    province, user = a_province(), a_user("hoa")
    grant = a_grant(user, province, Role.PROVINCE_OFFICE)
    client = who_holds(Role.ADMINISTRATOR, province)
    own = RoleGrant.objects.get(role=Role.ADMINISTRATOR)

    assert client.post(f"/people/roles/{grant.pk}/withdraw/").status_code == 303
    assert client.post(f"/people/roles/{own.pk}/withdraw/").status_code == 409

    assert RoleGrant.objects.get(pk=grant.pk).to_day == 20260320
    assert not actor_of(user.pk).grants
    held, _now, before = client.get(roles_page(province)).content.decode().partition("Trước đây")
    assert f'id="role-{grant.pk}"' not in held
    assert "hoa" in before
    assert "Trần Quản" in before


def test_who_is_no_member_gets_a_new_password() -> None:
    province, user = a_province(), a_user("hoa")
    grant = a_grant(user, province, Role.PARTNER)

    answer = who_holds(Role.ADMINISTRATOR, province).post(f"/people/roles/{grant.pk}/password/")

    shown = re.search(r"<code>(.*?)</code>", answer.content.decode())
    user.refresh_from_db()
    assert shown
    assert user.check_password(shown[1])


def test_only_who_may_is_led_to_the_roles() -> None:
    province = a_province()

    shown = {
        role: f'href="{roles_page(province)}"'
        in who_holds(role, province).get(f"/people/?unit={province.key}").content.decode()
        for role in Role
    }

    assert {role for role, is_led in shown.items() if is_led} == {
        Role.ADMINISTRATOR,
        Role.PROVINCE_OFFICE,
        Role.SECRETARY,  # who gives roles below
    }


def test_a_role_is_not_given_twice_so_that_taking_it_away_takes_it_away() -> None:
    province = a_province()
    client = who_holds(Role.PROVINCE_OFFICE, province)
    commune, holder = a_unit("Xã A", province), a_user("bithu")
    page = f"/people/roles/?unit={commune.key}"
    facts = typed(Role.SECRETARY, "bithu")

    assert [client.post(page, facts).status_code for _ in range(2)] == [303, 303]
    again = client.post(page, typed(Role.SECRETARY, "bithu"))

    assert again.status_code == 422
    assert "đang giữ vai trò ấy ở đây" in again.content.decode()
    assert RoleGrant.objects.filter(user=holder).count() == 1


def test_a_partner_is_added_and_ends() -> None:
    province = a_province()
    client = who_holds(Role.PROVINCE_OFFICE, province)
    page = f"/people/partners/?unit={province.key}"
    bank = {"id": str(uuid7()), "name": "Ngân hàng A", "from_day": "2026-01-01"}

    assert [client.post(page, bank).status_code for _ in range(2)] == [303, 303]
    partner = Partner.objects.get()
    client.post(f"/people/partners/{partner.pk}/end/")
    client.post(f"/people/partners/{partner.pk}/end/")

    partner.refresh_from_db()
    assert (partner.unit, partner.from_day, partner.to_day) == (province, 20260101, 20260320)
    assert "từ 01/01/2026 đến 19/03/2026" in client.get(page).content.decode()


def test_an_end_that_was_a_slip_is_taken_back_and_another_day_said() -> None:
    province = a_province("Tỉnh A")
    client = who_holds(Role.PROVINCE_OFFICE, province)
    partner = add_partner(SYSTEM, uuid7(), unit=province, name="Ngân hàng X", from_day=20250101)
    client.post(f"/people/partners/{partner.pk}/end/")
    page = f"/people/partners/{partner.pk}/edit/"
    facts = {"name": "Ngân hàng X", "from_day": "2025-01-01"}

    assert 'value="2026-03-19"' in client.get(page).content.decode()
    assert client.post(page, facts | {"last_on": "2024-12-31"}).status_code == 422
    client.post(page, facts | {"last_on": ""})
    partner.refresh_from_db()
    assert partner.to_day == LAST_DAY
    client.post(page, facts | {"last_on": "2026-06-30"})
    partner.refresh_from_db()
    assert partner.to_day == 20260701


def test_roles_are_those_of_today_also_where_a_demo_reads_a_day_before_the_change() -> None:
    old = a_province("Tỉnh A")
    found_installation(SYSTEM, province=old, demo_reading_on=date(2023, 3, 20))
    new = a_new_unit("Tỉnh B", None, level=Level.PROVINCE)
    restructure(SYSTEM, a_change(20250701, ends=[old], begins=[new], edges=[(old, new)]))
    province = Unit.objects.get(key=new.key)
    a_grant(a_user(full_name="Lê Kiểm"), province, Role.AUDITOR)
    client = who_holds(Role.PROVINCE_OFFICE, province)

    for url in ("/people/roles/", f"/people/roles/?unit={old.key}"):
        held = client.get(url).content.decode()
        assert "Lê Kiểm" in held
        assert "Trần Quản" in held


def test_what_a_province_became_keeps_its_partners() -> None:
    old = a_province("Tỉnh A")
    bank = add_partner(SYSTEM, uuid7(), unit=old, name="Ngân hàng X")
    new = a_new_unit("Tỉnh B", None, level=Level.PROVINCE)
    restructure(SYSTEM, a_change(20250701, ends=[old], begins=[new], edges=[(old, new)]))
    province = Unit.objects.get(key=new.key)
    client = who_holds(Role.PROVINCE_OFFICE, province)
    other = add_partner(SYSTEM, uuid7(), unit=province, name="Ngân hàng Y")

    listed = client.get(f"/people/partners/?unit={province.key}").content.decode()
    heirs = client.get(f"/people/partners/{bank.pk}/hand-on/").content.decode()

    assert "Ngân hàng X" in listed
    assert f'value="{other.pk}"' in heirs
