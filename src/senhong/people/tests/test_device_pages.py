"""Phones of a team's and a unit's people; a full sign-in for who came in by a word."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.accounts.models import Device, User
from senhong.accounts.queries import user_of_token
from senhong.accounts.tests.make import a_device, a_link
from senhong.core.ids import uuid7
from senhong.org.models import Role
from senhong.org.tests.make import SYSTEM, a_grant, a_user
from senhong.people.errors import MayDoMoreThanYou, SamePerson
from senhong.people.models import Member, MembershipRole, Newcomer, Team
from senhong.people.services import (
    confirm_newcomers,
    give_link,
    leave_movement,
    merge_members,
    name_account,
    unite_accounts,
)
from senhong.people.tests.make import a_leader, a_member, a_membership, a_newcomer, a_team

pytestmark = pytest.mark.django_db


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def leader_of(team: Team) -> Client:
    user = a_user()
    a_membership(team, user=user, role=MembershipRole.LEADER)
    return browser_of(user)


def secretary_of(team: Team) -> Client:
    user = a_user()
    a_grant(user, team.unit)
    return browser_of(user)


def a_confirmed(team: Team | None = None, full_name: str = "Trần Thị Sen") -> Member:
    newcomer = a_newcomer(team, full_name=full_name)
    confirm_newcomers(SYSTEM, {newcomer: None})
    return Member.objects.select_related("unit", "user").get(user=newcomer.user_id)


def user_of(member: Member) -> User:
    assert member.user is not None
    return member.user


def test_leader_and_secretary_see_the_phones_of_their_people_and_no_others() -> None:
    team = a_team()
    user = a_user(full_name="Lê Lan")
    a_membership(team, user=user)
    a_device(user, "Máy của Lan")
    a_device(a_newcomer(team, full_name="Bùi Mới").user, "Máy của Mới")
    other = a_team(name="Tổ khác")
    page = "/people/devices/"

    seen = [leader_of(team), secretary_of(team), leader_of(other), secretary_of(other)]
    pages = [client.get(page).content.decode() for client in seen]

    assert ["Máy của Lan" in page for page in pages] == [True, True, False, False]
    assert ["Máy của Mới" in page for page in pages] == [True, True, False, False]


def test_a_leader_signs_a_lost_phone_out() -> None:
    team = a_team()
    user = a_user()
    a_membership(team, user=user)
    issued = a_device(user)

    answer = leader_of(team).post(f"/people/devices/{issued.device.pk}/sign-out/")

    assert answer.status_code == 303
    assert user_of_token(issued.token) is None


def test_a_leader_lets_a_new_phone_in() -> None:
    team = a_team()
    user = a_user()
    member = a_membership(team, user=user).member

    page = leader_of(team).post(f"/people/members/{member.pk}/link/", {"id": uuid7()})

    found = re.search(r"<svg", page.content.decode())
    assert (page.status_code, bool(found)) == (201, True)
    assert user.sign_in_links.get().used_at is None


def test_nobody_lets_a_phone_act_for_somebody_who_may_do_more() -> None:
    team = a_team()
    secretary = a_user()
    a_grant(secretary, team.unit)
    member = a_membership(team, user=secretary).member

    with pytest.raises(MayDoMoreThanYou):
        give_link(a_leader(team), uuid7(), member)


def test_the_member_page_shows_her_phones_to_those_who_answer_for_her() -> None:
    team = a_team()
    user = a_user()
    member = a_membership(team, user=user).member
    a_device(user, "Máy của Lan")
    auditor = a_user()
    a_grant(auditor, team.unit, Role.AUDITOR)
    page = f"/people/members/{member.pk}/"

    clients = [leader_of(team), secretary_of(team), browser_of(user), browser_of(auditor)]
    shown = ["Máy của Lan" in client.get(page).content.decode() for client in clients]

    assert shown == [True, True, True, False]


def test_the_list_of_phones_costs_the_same_however_long_it_is() -> None:
    counts = []
    for number in (1, 15):
        team = a_team()
        client = leader_of(team)
        for _ in range(number):
            user = a_user()
            a_membership(team, user=user)
            a_device(user)
        client.get("/people/devices/")
        with CaptureQueriesContext(connection) as seen:
            page = client.get("/people/devices/").content.decode()
        counts.append(len(seen))
        assert page.count("Đăng xuất máy này") == number

    assert counts[0] == counts[1] <= 12


def test_ones_own_phones_and_a_link_for_another() -> None:
    user = a_user()
    device = a_device(user, "Máy cũ").device
    client = browser_of(user)

    listed = client.get("/accounts/devices/").content.decode()
    link = client.post("/accounts/devices/link/", {"id": uuid7()})
    client.post(f"/accounts/devices/{device.pk}/sign-out/")

    assert "Máy cũ" in listed
    assert (link.status_code, "<svg" in link.content.decode()) == (201, True)
    assert Device.objects.get().revoked_at is not None


def test_a_phone_signs_itself_out() -> None:
    issued = a_device(a_user())
    client = Client(headers={"Authorization": f"Bearer {issued.token}"})

    answers = [client.delete(f"/api/v1/field/devices/{issued.device.pk}") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 401]


def test_a_browser_that_is_signed_in_signs_its_phone_in_with_its_csrf_token() -> None:
    user = a_user()
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    body = {"id": str(uuid7()), "name": "Chrome", "link": None}

    without = client.post("/api/v1/field/devices", body, content_type="application/json")
    client.get("/accounts/devices/")
    token = client.cookies["csrftoken"].value
    signed = client.post(
        "/api/v1/field/devices",
        body,
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert (without.status_code, without.json()["code"]) == (403, "csrf-missing")
    assert signed.status_code == 201
    assert signed.json()["user_id"] == user.pk


@pytest.mark.parametrize("link", ["", "x" * 200])
def test_a_link_that_is_none_is_refused_with_its_code(link: str) -> None:
    body = {"id": str(uuid7()), "name": "Chrome", "link": link}

    answer = Client().post("/api/v1/field/devices", body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "link-spent")


# A full sign-in later


def test_who_came_in_by_a_word_gets_a_user_name_on_the_same_account() -> None:
    team = a_team()
    member = a_confirmed(team)
    issued = a_device(user_of(member))
    client = secretary_of(team)

    form = client.get(f"/people/members/{member.pk}/name/").content.decode()
    told = client.post(f"/people/members/{member.pk}/name/", {"username": "sentt"})

    assert 'value="sentt"' in form
    assert (told.status_code, "sentt" in told.content.decode()) == (201, True)
    kept = User.objects.get(username="sentt")
    assert (kept.pk, kept.must_change_password) == (member.user_id, True)
    assert user_of_token(issued.token) == kept


def test_a_leader_gives_no_user_names() -> None:
    team = a_team()
    member = a_confirmed(team)

    answer = leader_of(team).post(f"/people/members/{member.pk}/name/", {"username": "sentt"})

    assert answer.status_code == 403


def test_two_accounts_become_one_with_phones_and_member() -> None:
    team = a_team()
    member = a_confirmed(team)
    joined = user_of(member)
    issued = a_device(joined)
    known = a_user("sen")
    client = secretary_of(team)

    answer = client.post(f"/people/members/{member.pk}/unite/", {"id": uuid7(), "username": "sen"})

    assert answer.status_code == 303
    assert Member.objects.get(pk=member.pk).user == known
    assert user_of_token(issued.token) == known
    assert Newcomer.objects.get().user == known
    assert not User.objects.get(pk=joined.pk).is_active


def test_two_accounts_with_members_become_one_by_merging() -> None:
    team = a_team()
    member = a_confirmed(team)
    issued = a_device(user_of(member))
    known = a_user("sen")
    theirs = a_member(team.unit, known, full_name="Trần Sen", joined_on=date(2023, 1, 5))

    kept = unite_accounts(SYSTEM, uuid7(), member, known)

    assert kept == theirs
    assert user_of_token(issued.token) == known
    assert Newcomer.objects.get().member == theirs
    assert theirs.memberships.get().team == team


def test_merging_members_by_hand_keeps_phones_signed_in_too() -> None:
    team = a_team()
    member = a_confirmed(team)
    issued = a_device(user_of(member))
    known = a_user("sen")
    theirs = a_member(team.unit, known)

    merge_members(SYSTEM, uuid7(), kept=theirs, merged=member, give_up=user_of(member))

    assert user_of_token(issued.token) == known


def test_an_account_is_not_united_with_itself_nor_named_twice() -> None:
    member = a_confirmed()

    with pytest.raises(SamePerson):
        unite_accounts(SYSTEM, uuid7(), member, user_of(member))
    name_account(SYSTEM, member, username="sentt")
    member.refresh_from_db()
    member = Member.objects.select_related("unit", "user").get(pk=member.pk)

    assert not user_of(member).has_joined


def test_phones_of_who_has_left_are_nobodys_to_see() -> None:
    team = a_team()
    member = a_confirmed(team)
    a_device(user_of(member), "Máy của Sen")
    secretary = secretary_of(team)
    before = secretary.get("/people/devices/").content.decode()

    leave_movement(SYSTEM, member, on=date(2099, 1, 1))

    assert "Máy của Sen" in before
    assert a_link(user_of(member))
