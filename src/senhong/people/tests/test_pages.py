import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.accounts.models import User
from senhong.accounts.tests.make import a_token
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.tests.make import a_grant, a_province, a_unit, a_user
from senhong.people.models import Member, Membership, MembershipRole, Team, TeamKind
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def secretary_of(unit: Unit) -> Client:
    user = a_user()
    a_grant(user, unit, Role.SECRETARY)
    return signed_in(user)


def commune() -> Unit:
    return a_unit("Xã A", a_unit("Huyện B", a_province("Tỉnh C")))


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = client.get(url)
    assert answer.status_code == 200
    return len(seen)


def fill_teams(unit: Unit, number: int) -> None:
    for index in range(number):
        a_membership(a_team(unit, name=f"Tổ {index}"))


def fill_members(unit: Unit, number: int) -> None:
    for _ in range(number):
        a_member(unit)


@pytest.mark.parametrize(
    ("fill", "path"),
    [
        (fill_teams, "/people/"),
        (fill_members, "/people/members/"),
        (fill_teams, "/api/v1/teams"),
        (fill_members, "/api/v1/members"),
    ],
)
def test_a_list_takes_the_same_few_queries_however_long_it_is(
    fill: Callable[[Unit, int], None], path: str
) -> None:
    counts = []
    for number in (1, 30):
        unit = commune()
        fill(unit, number)
        client = secretary_of(unit)
        counts.append(queries_of(client, f"{path}?unit={unit.key}"))

    assert counts[0] == counts[1]
    assert counts[0] <= 12


@pytest.mark.parametrize("path", ["/api/v1/teams", "/api/v1/members"])
def test_an_api_list_takes_one_query_after_who_asks_and_which_day_is_read(path: str) -> None:
    membership = a_membership(a_team(commune()))
    user = a_user()
    a_grant(user, membership.team.unit, Role.SECRETARY)
    headers = {"Authorization": f"Bearer {a_token(user)}"}

    with CaptureQueriesContext(connection) as seen:
        answer = Client().get(path, headers=headers)

    assert len(answer.json()["items"]) == 1
    assert len(seen) == 4  # whose token it is, what she may do, the day, the list


def test_the_team_page_takes_the_same_queries_for_one_member_and_for_thirty() -> None:
    counts = []
    for number in (1, 30):
        team = a_team(commune())
        for _ in range(number):
            a_membership(team)
        counts.append(queries_of(secretary_of(team.unit), f"/people/teams/{team.pk}/"))

    assert counts[0] == counts[1] <= 12


def test_nobody_is_asked_to_sign_in() -> None:
    answer = Client().get("/people/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_without_a_unit_in_the_address_it_is_ones_own() -> None:
    unit = commune()
    a_team(unit, name="Tổ thanh niên Xã A")

    page = secretary_of(unit).get("/people/").content.decode()

    assert "Tổ thanh niên Xã A" in page
    assert f"{unit.title}" in page


def test_who_has_no_role_and_no_team_is_told_what_to_do() -> None:
    page = signed_in(a_user()).get("/people/")

    assert page.status_code == 200
    assert "Hãy nhờ bí thư" in page.content.decode()


def test_the_province_leads_down_to_its_districts() -> None:
    province = a_province("Tỉnh C")
    district = a_unit("Huyện B", province)
    a_team(a_unit("Xã A", district), name="Tổ của xã")
    a_team(province, TeamKind.ADVISORY, "Tổ tham vấn tỉnh")

    page = secretary_of(province).get("/people/").content.decode()

    assert f'value="{district.key}"' in page
    assert page.index("Tổ tham vấn tỉnh") < page.index("Tổ của xã")


def test_a_neighbour_sees_neither_unit_nor_team_nor_member() -> None:
    membership = a_membership(a_team(commune()))
    client = secretary_of(commune())

    for path in (
        f"/people/?unit={membership.team.unit.key}",
        f"/people/members/?unit={membership.team.unit.key}",
        f"/people/teams/{membership.team_id}/",
        f"/people/members/{membership.member_id}/",
        f"/people/members/{membership.member_id}/edit/",
        f"/people/memberships/{membership.pk}/leave/",
        f"/people/teams/new/?unit={membership.team.unit.key}",
    ):
        assert client.get(path).status_code == 404, path


def test_a_partner_reads_neither_names_nor_teams() -> None:
    membership = a_membership(a_team(commune()))
    user = a_user(full_name="Ngân hàng B")
    a_grant(user, membership.team.unit, Role.PARTNER)
    client = signed_in(user)

    assert client.get(f"/people/members/{membership.member_id}/").status_code == 404
    assert client.get(f"/people/teams/{membership.team_id}/").status_code == 404
    page = client.get("/people/members/").content.decode()
    assert membership.member.full_name not in page
    assert "Bạn không xem được danh sách này" in page


def test_a_volunteer_sees_her_team_but_not_the_names_in_it_nor_any_button() -> None:
    user = a_user()
    membership = a_membership(a_team(commune()), user=user)
    other = a_membership(membership.team, a_member(membership.team.unit, full_name="Lê Bình"))

    page = signed_in(user).get(f"/people/teams/{membership.team_id}/").content.decode()

    assert other.member.full_name not in page
    assert "Thêm người vào tổ" not in page


def test_the_leader_sees_who_is_in_the_team_and_may_not_change_it() -> None:
    user = a_user()
    membership = a_membership(a_team(commune()), user=user, role=MembershipRole.LEADER)
    other = a_membership(membership.team, a_member(membership.team.unit, full_name="Lê Bình"))
    client = signed_in(user)

    page = client.get(f"/people/teams/{membership.team_id}/").content.decode()

    assert page.index("Nguyễn Văn An") < page.index("Lê Bình")
    assert client.get(f"/people/memberships/{other.pk}/leave/").status_code == 403
    assert client.get(f"/people/teams/{membership.team_id}/join/").status_code == 403


def test_a_team_is_formed_on_its_page_once_however_often_it_is_sent() -> None:
    unit = commune()
    client = secretary_of(unit)
    form = {"id": uuid7(), "name": "Tổ 1", "kind": "community", "from_day": "2023-01-05"}
    url = f"/people/teams/new/?unit={unit.key}"

    first, second = client.post(url, form), client.post(url, form)

    team = Team.objects.get()
    assert (first.status_code, first["Location"]) == (303, f"/people/teams/{team.pk}/")
    assert second["Location"] == first["Location"]
    assert team.from_day == 20230105


def test_a_mistake_in_a_form_keeps_what_was_typed() -> None:
    unit = commune()

    answer = secretary_of(unit).post(
        f"/people/teams/new/?unit={unit.key}", {"id": uuid7(), "name": "Tổ 1", "kind": "x"}
    )

    assert answer.status_code == 422
    assert 'value="Tổ 1"' in answer.content.decode()


def test_a_broken_rule_is_a_page_that_says_what_to_do() -> None:
    unit = commune()
    form = {"id": uuid7(), "full_name": "0912345678", "joined_on": "2023-01-05"}

    answer = secretary_of(unit).post(f"/people/members/new/?unit={unit.key}", form)

    assert answer.status_code == 422
    assert "Hãy ghi tên bằng chữ" in answer.content.decode()


def test_a_member_is_added_found_and_taken_into_a_team() -> None:
    team = a_team(commune())
    client = secretary_of(team.unit)
    facts = {"id": uuid7(), "full_name": "Nguyễn Thị Hòa", "joined_on": "2023-01-05"}

    client.post(f"/people/members/new/?unit={team.unit.key}", facts)
    search = client.get(f"/people/teams/{team.pk}/join/?q=hoa").content.decode()
    member = Member.objects.get()
    joined = client.post(
        f"/people/teams/{team.pk}/join/?q=hoa",
        {"id": uuid7(), "member": member.pk, "role": "leader", "from_day": "2023-02-01"},
    )

    assert str(member.pk) in search
    assert joined.status_code == 303
    assert Membership.objects.get().role == MembershipRole.LEADER


def test_who_is_in_the_team_is_not_offered_again() -> None:
    membership = a_membership(a_team(commune()))

    page = secretary_of(membership.team.unit).get(f"/people/teams/{membership.team_id}/join/")

    assert "Không thấy ai để thêm" in page.content.decode()


def test_leaving_a_team_and_disbanding_it_on_the_pages() -> None:
    membership = a_membership(a_team(commune()))
    client = secretary_of(membership.team.unit)

    left = client.post(f"/people/memberships/{membership.pk}/leave/", {"on": "2023-03-01"})
    ended = client.post(f"/people/teams/{membership.team_id}/disband/", {"on": "2023-04-01"})

    assert (left.status_code, ended.status_code) == (303, 303)
    assert Membership.objects.get().to_day == 20230301
    assert Team.objects.get().to_day == 20230401


def test_a_member_is_corrected_leaves_and_comes_back_on_the_pages() -> None:
    member = a_member(commune())
    client, page = secretary_of(member.unit), f"/people/members/{member.pk}/"
    shown = client.get(f"{page}edit/").content.decode()
    facts = {"id": uuid7(), "full_name": "Nguyễn Văn Ân", "joined_on": "2022-07-01"}

    client.post(f"{page}edit/", facts)
    client.post(f"{page}leave/", {"on": "2023-03-01"})
    member.refresh_from_db()
    assert 'value="Nguyễn Văn An"' in shown
    assert (member.full_name, member.left_on) == ("Nguyễn Văn Ân", date(2023, 3, 1))

    client.post(f"{page}return/", {"on": "2023-03-01"})
    member.refresh_from_db()
    assert member.left_on is None


def test_the_office_opens_an_account_and_shows_its_password_once() -> None:
    member = a_member(commune(), full_name="Nguyễn Thị Hòa")
    client, page = secretary_of(member.unit), f"/people/members/{member.pk}/"
    form = client.get(f"{page}account/").content.decode()

    answer = client.post(f"{page}account/", {"username": "hoant"})

    shown = answer.content.decode()
    password = re.search(r"<code>(.+?)</code>", shown)
    assert 'value="hoant"' in form
    assert answer.status_code == 201
    assert "no-store" in answer["Cache-Control"]
    assert password
    assert Client().login(username="hoant", password=password[1])
    assert password[1] not in client.get(page).content.decode()


def test_a_reset_closes_the_sessions_of_the_person() -> None:
    user = a_user()
    member = a_membership(a_team(commune()), user=user).member
    before = signed_in(user)
    assert before.get("/people/").status_code == 200

    answer = secretary_of(member.unit).post(f"/people/members/{member.pk}/password/")

    assert answer.status_code == 201
    assert before.get("/people/").status_code == 302


def test_a_closed_account_can_no_longer_look() -> None:
    user = a_user()
    member = a_membership(a_team(commune()), user=user).member
    client = signed_in(user)
    office = secretary_of(member.unit)

    office.post(f"/people/members/{member.pk}/account/close/")
    assert client.get("/people/").status_code == 302

    office.post(f"/people/members/{member.pk}/account/reopen/")
    user.refresh_from_db()
    assert user.is_active


def test_the_api_lists_teams_and_members_in_parts() -> None:
    unit = commune()
    for number in range(3):
        a_membership(a_team(unit, name=f"Tổ {number}"))
    client = secretary_of(unit)

    for path in ("teams", "members"):
        first = client.get(f"/api/v1/{path}?unit={unit.key}&limit=2").json()
        rest = client.get(f"/api/v1/{path}?unit={unit.key}&limit=2&after={first['next']}").json()
        assert len({item["id"] for item in first["items"] + rest["items"]}) == 3
        assert rest["next"] is None


def test_the_api_answers_for_a_day_and_finds_without_tone_marks() -> None:
    unit = commune()
    team = a_team(unit)
    a_member(unit, full_name="Nguyễn Thị Hòa")
    a_member(unit, full_name="Lê Bình")
    client = secretary_of(unit)

    assert client.get("/api/v1/teams?on=2022-06-29").json()["items"] == []
    (line,) = client.get("/api/v1/teams?on=2022-06-30").json()["items"]
    assert (line["id"], line["unit"], line["members"]) == (str(team.pk), unit.key, 0)
    (member,) = client.get("/api/v1/members?q=hoa").json()["items"]
    assert member["full_name"] == "Nguyễn Thị Hòa"


def test_the_api_tells_a_stranger_nothing() -> None:
    unit = commune()
    a_membership(a_team(unit))
    neighbour = secretary_of(commune())

    assert Client().get("/api/v1/members").status_code == 401
    assert neighbour.get(f"/api/v1/members?unit={unit.key}").status_code == 404
    assert neighbour.get("/api/v1/members").json()["items"] == []
    assert neighbour.get("/api/v1/teams").json()["items"] == []
