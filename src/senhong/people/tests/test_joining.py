"""Who heard the word of a team asks; the leader confirms or refuses."""

from datetime import date

import pytest
import time_machine
from django.db import connection

from senhong.accounts.models import User
from senhong.audit.models import Event
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.org.queries import actor_of
from senhong.org.tests.make import SYSTEM, a_grant, a_unit, a_user, an_actor
from senhong.people.errors import (
    JoinCodeUnknown,
    MayDoMoreThanYou,
    NotAName,
    NotAPhone,
    NotHerself,
    TooManyWait,
)
from senhong.people.models import (
    JoinCode,
    Member,
    Membership,
    MembershipRole,
    Newcomer,
    NewcomerState,
)
from senhong.people.queries import newcomers_waiting
from senhong.people.services import (
    Asking,
    ask_to_join,
    confirm_newcomers,
    end_join_code,
    refuse_newcomers,
)
from senhong.people.services import joining as joining_services
from senhong.people.tests.make import a_code, a_leader, a_member, a_membership, a_newcomer, a_team

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_day")]

NOBODY = Actor(None)
HOA = Asking(full_name="Lê Thị Hoa")
PHONE = "0912 345 678"


@pytest.fixture
def on_a_day() -> object:
    with time_machine.travel("2026-03-20T12:00:00+07:00", tick=False) as traveller:
        yield traveller


def again(newcomer: Newcomer) -> Newcomer:
    return Newcomer.objects.select_related("team__unit", "user", "member").get(pk=newcomer.pk)


def test_a_stranger_has_an_account_at_once_and_is_no_member() -> None:
    newcomer = ask_to_join(NOBODY, uuid7(), a_code(), HOA)

    assert newcomer.user.username.startswith("gia-nhap-")
    assert not newcomer.user.has_usable_password()
    assert not Member.objects.exists()


def test_a_newcomer_may_propose_help_at_her_team_and_see_her_unit() -> None:
    newcomer = a_newcomer()
    team = newcomer.team

    actor = actor_of(newcomer.user_id)

    assert all(actor.can(v, at=team.path) for v in ("team.view", "activity.view", "help.propose"))
    assert actor.can("unit.view", at=team.unit.path)
    assert not actor.can("help.record", at=team.path)
    assert not actor.can("team.view", at=a_team(team.unit).path)


def test_the_same_asking_sent_twice_is_one_newcomer() -> None:
    code, id = a_code(), uuid7()

    first, second = (ask_to_join(NOBODY, id, code, HOA) for _ in range(2))

    assert first == second
    assert User.objects.count() == 1


def test_another_asking_under_the_same_id_is_refused() -> None:
    code, id = a_code(), uuid7()
    ask_to_join(NOBODY, id, code, HOA)

    with pytest.raises(IdReused):
        ask_to_join(NOBODY, id, code, Asking(full_name="Lê Thị Huệ"))


def test_who_is_signed_in_asks_with_her_own_account_and_waits_once() -> None:
    code, user = a_code(), a_user(full_name="Trần Chi")

    askings = [ask_to_join(Actor(user.pk), uuid7(), code) for _ in range(2)]

    assert askings[0] == askings[1]
    assert (askings[0].user, askings[0].full_name) == (user, "Trần Chi")
    assert User.objects.count() == 1


def test_an_ended_word_takes_nobody_in() -> None:
    code = a_code()
    end_join_code(SYSTEM, code)

    with pytest.raises(JoinCodeUnknown):
        ask_to_join(NOBODY, uuid7(), JoinCode.objects.select_related("team__unit").get(), HOA)


@pytest.mark.parametrize("name", ["", " ", "0912345678", "An 2", "…"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(NotAName):
        ask_to_join(NOBODY, uuid7(), a_code(), Asking(full_name=name))


@pytest.mark.parametrize("phone", ["113", "09123", "abc", "0912345678901", "00912345678"])
def test_what_is_no_phone_is_refused_without_being_said(phone: str) -> None:
    with pytest.raises(NotAPhone) as said:
        ask_to_join(NOBODY, uuid7(), a_code(), Asking(full_name="An", phone=phone))

    assert phone not in str(said.value)
    assert said.value.params == {}


def test_a_list_that_is_too_long_takes_nobody_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining_services, "MOST_WAITING", 1)
    code = a_code()
    ask_to_join(NOBODY, uuid7(), code, HOA)

    with pytest.raises(TooManyWait):
        ask_to_join(NOBODY, uuid7(), code, HOA)


def test_a_phone_is_not_readable_in_the_database_and_in_no_event() -> None:
    newcomer = a_newcomer(phone=PHONE)

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM people_newcomer")
        [(kept,)] = cursor.fetchall()

    assert "912" not in kept.split(".")[0]
    assert "0912345678" not in kept
    assert again(newcomer).phone == "0912345678"
    told = "".join(f"{event} {event.facts}" for event in Event.objects.filter())
    assert "912345678" not in told
    assert "Sen" not in told


def test_who_is_confirmed_is_a_member_in_the_team_since_she_asked() -> None:
    newcomer = a_newcomer()
    leader = a_leader(newcomer.team)

    with time_machine.travel("2026-03-25T12:00:00+07:00"):
        confirm_newcomers(leader, {newcomer: None})

    done, member = again(newcomer), Member.objects.get(user=newcomer.user)
    place = Membership.objects.get(member=member)
    assert (done.state, done.member, done.decided_by_id) == ("confirmed", member, leader.user_id)
    assert (member.full_name, member.joined_on) == ("Trần Thị Sen", date(2026, 3, 20))
    assert (place.team, place.role, place.from_day) == (newcomer.team, "member", 20260320)
    with time_machine.travel("2026-03-25T12:00:00+07:00"):
        assert actor_of(newcomer.user_id).can("help.record", at=newcomer.team.path)


def test_confirming_says_who_so_that_what_she_did_can_count() -> None:
    newcomer = a_newcomer()

    for _twice in range(2):
        confirm_newcomers(a_leader(newcomer.team), {newcomer: None})

    event = Event.objects.get(name="newcomer.confirmed")
    assert event.facts == {
        "newcomer": str(newcomer.pk),
        "team_id": str(newcomer.team_id),
        "user_id": newcomer.user_id,
    }


def test_many_are_confirmed_in_one_go() -> None:
    team = a_team()
    code = a_code(team)
    found = [
        ask_to_join(NOBODY, uuid7(), code, Asking(full_name=f"Lê {name}"))
        for name in ("An", "Bình", "Chi")
    ]

    confirm_newcomers(a_leader(team), dict.fromkeys(found))

    assert Membership.objects.filter(team=team, role="member").count() == 3


def test_a_member_of_the_unit_with_such_a_name_is_offered_and_linked() -> None:
    team = a_team()
    member = a_member(team.unit, full_name="LÊ HOÀ")
    a_member(team.unit, full_name="Lê Thị Hòa Bình")
    a_member(a_unit("Xã B", team.unit.province), full_name="Lê Hòa")
    newcomer = a_newcomer(team, full_name="Lê Thị Hoà")
    leader = a_leader(team)

    [line] = newcomers_waiting(leader)
    confirm_newcomers(leader, {newcomer: line.alike[0]})

    assert line.alike == [member]
    assert again(newcomer).member == member
    assert Member.objects.get(pk=member.pk).user == newcomer.user


def test_who_had_an_account_goes_on_under_it() -> None:
    team = a_team()
    known = a_user(full_name="Lê Hoa")
    a_membership(team, a_member(team.unit, known, full_name="Lê Hoa"))
    newcomer = a_newcomer(team, full_name="Lê Hoa")
    leader = a_leader(team)

    [line] = newcomers_waiting(leader)
    confirm_newcomers(leader, {newcomer: line.alike[0]})

    assert again(newcomer).user == known
    assert not User.objects.get(pk=newcomer.user_id).is_active or newcomer.user_id == known.pk
    assert Membership.objects.filter(team=team).count() == 2


def test_nobody_comes_by_a_similar_name_to_more_than_the_leader_may() -> None:
    team = a_team()
    secretary = a_user(full_name="Lê Hoa")
    a_grant(secretary, team.unit)
    member = a_member(team.unit, secretary, full_name="Lê Hoa")
    elsewhere = a_member(team.unit, full_name="Lê Hoa")
    a_membership(a_team(team.unit, name="Tổ khác"), elsewhere, role=MembershipRole.LEADER)
    newcomer = a_newcomer(team, full_name="Lê Hoa")
    leader = a_leader(team)

    with pytest.raises(MayDoMoreThanYou):
        confirm_newcomers(leader, {newcomer: member})
    with pytest.raises(NotHerself):
        confirm_newcomers(leader, {newcomer: elsewhere})

    assert again(newcomer).state == NewcomerState.WAITING


def test_a_member_of_another_unit_is_not_her() -> None:
    team = a_team()
    stranger = a_member(a_unit("Xã B", team.unit.province), full_name="Trần Thị Sen")

    with pytest.raises(NotHerself):
        confirm_newcomers(a_leader(team), {a_newcomer(team): stranger})


def test_a_member_who_asked_with_her_own_account_only_gets_the_place() -> None:
    team = a_team()
    user = a_user()
    member = a_member(a_unit("Xã B", team.unit.province), user)
    newcomer = ask_to_join(Actor(user.pk), uuid7(), a_code(team))

    confirm_newcomers(a_leader(team), {newcomer: None})

    assert again(newcomer).member == member
    assert Membership.objects.get(member=member).team == team


@pytest.mark.parametrize("verb", ["team.view", "team.edit", "member.edit"])
def test_nobody_confirms_without_the_right(verb: str) -> None:
    newcomer = a_newcomer()

    with pytest.raises(Forbidden):
        confirm_newcomers(an_actor(verb, at=newcomer.team), {newcomer: None})
    with pytest.raises(Forbidden):
        refuse_newcomers(an_actor(verb, at=newcomer.team), [newcomer])


def test_a_leader_of_another_team_sees_nobody_who_waits_here() -> None:
    newcomer = a_newcomer()
    other = a_leader(a_team(newcomer.team.unit, name="Tổ khác"))

    assert newcomers_waiting(other) == []
