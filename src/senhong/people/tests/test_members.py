from datetime import date

import pytest

from senhong.audit.models import Event
from senhong.core.errors import Forbidden, IdReused, NotFound
from senhong.core.ids import uuid7
from senhong.org.tests.make import SYSTEM, a_province, a_unit, a_user, an_actor
from senhong.people import queries, services
from senhong.people.errors import EndsBeforeItBegins, NotAName
from senhong.people.models import Member, Membership
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = pytest.mark.django_db
SINCE = date(2022, 6, 30)


def test_a_name_is_kept_as_its_owner_writes_it() -> None:
    nfd = "Nguye\u0302\u0303n  Thi\u0323 Hoa\u0300 "

    member = a_member(a_unit(), full_name=nfd)

    assert member.full_name == "Nguyễn Thị Hoà"
    assert member.search_key == "nguyen thi hoa"


def test_adding_twice_adds_once() -> None:
    unit, id = a_unit(), uuid7()
    first = services.add_member(SYSTEM, id, unit=unit, full_name="Lê An", joined_on=SINCE)
    second = services.add_member(SYSTEM, id, unit=unit, full_name="Lê An", joined_on=SINCE)

    assert first == second
    assert Event.objects.filter(name="member.added").count() == 1
    with pytest.raises(IdReused):
        services.add_member(SYSTEM, id, unit=unit, full_name="Lê Anh", joined_on=SINCE)


@pytest.mark.parametrize("name", ["", "  ", "0912345678", "An 0912345678"])
def test_a_number_is_not_a_name(name: str) -> None:
    with pytest.raises(NotAName):
        a_member(a_unit(), full_name=name)


def test_only_who_may_edit_members_adds_one() -> None:
    commune = a_unit("Xã A")
    neighbour = a_unit("Xã B", a_province())

    with pytest.raises(Forbidden):
        services.add_member(
            an_actor("member.edit", at=neighbour), uuid7(),
            unit=commune, full_name="Lê An", joined_on=SINCE,
        )  # fmt: skip

    assert not Member.objects.exists()


def test_a_name_is_corrected_and_found_under_the_new_one() -> None:
    commune = a_unit()
    member = a_member(commune, full_name="Lê Anh")

    services.change_member(SYSTEM, member, full_name="Lê Ánh", joined_on=SINCE)

    wanted = queries.Wanted(text="anh")
    found = queries.member_slice(SYSTEM, commune, date(2023, 1, 1), wanted).items
    assert [line.member.full_name for line in found] == ["Lê Ánh"]


def test_nothing_changed_is_no_event() -> None:
    member = a_member(a_unit(), full_name="Lê Anh")

    services.change_member(SYSTEM, member, full_name="Lê Anh", joined_on=member.joined_on)

    assert not Event.objects.filter(name="member.changed").exists()


def test_people_are_sorted_by_given_name() -> None:
    commune = a_unit()
    for name in ("Trần Văn Bình", "Lê Thị Ánh", "Đỗ Ân", "Nguyễn Đức An", "Lê An"):
        a_member(commune, full_name=name)

    names = [member.full_name for member in queries.members_of_unit(SYSTEM, commune)]

    assert names == ["Lê An", "Nguyễn Đức An", "Lê Thị Ánh", "Đỗ Ân", "Trần Văn Bình"]


@pytest.mark.parametrize("text", ["hoa", "Hòa", "HOÀ nguyen", "thị hoà", "hoà nguyễn thị"])
def test_a_search_ignores_tone_marks_and_the_order_of_words(text: str) -> None:
    commune = a_unit()
    member = a_member(commune, full_name="Nguyễn Thị Hoà")
    a_member(commune, full_name="Lê Văn Bình")

    wanted = queries.Wanted(text=text)
    found = queries.member_slice(SYSTEM, commune, date(2023, 1, 1), wanted)

    assert [line.member for line in found.items] == [member]


def test_who_leaves_is_in_no_team_any_more_and_nothing_is_deleted() -> None:
    membership = a_membership()
    member = membership.member

    services.leave_movement(SYSTEM, member, on=date(2023, 1, 1))
    services.leave_movement(SYSTEM, member, on=date(2023, 1, 1))

    kept = Membership.objects.get()
    assert kept.to_day == 20230101
    assert queries.members_of_team(SYSTEM, kept.team, 20221231) == [kept]
    assert queries.members_of_team(SYSTEM, kept.team, 20230101) == []
    assert queries.members_of_unit(SYSTEM, member.unit) == []
    assert Event.objects.filter(name="member.left").count() == 1


def test_nobody_leaves_before_she_came() -> None:
    member = a_member(a_unit(), joined_on=SINCE)

    with pytest.raises(EndsBeforeItBegins):
        services.leave_movement(SYSTEM, member, on=SINCE)


def test_who_came_back_takes_part_and_is_asked_into_teams_anew() -> None:
    membership = a_membership()
    services.leave_movement(SYSTEM, membership.member, on=date(2023, 1, 1))

    services.rejoin_movement(SYSTEM, membership.member)

    assert queries.members_of_unit(SYSTEM, membership.member.unit) == [membership.member]
    assert queries.members_of_team(SYSTEM, membership.team, 20240101) == []


def test_the_neighbour_sees_nobody_and_a_volunteer_sees_herself() -> None:
    commune, neighbour = a_unit("Xã A"), a_unit("Xã B", a_province())
    user = a_user()
    member = a_member(commune, user)

    assert queries.get_member(an_actor(at=commune, user=user), member.pk) == member
    with pytest.raises(NotFound):
        queries.get_member(an_actor("member.view", at=neighbour), member.pk)


def test_a_leader_sees_who_is_in_her_team_wherever_they_live() -> None:
    team = a_team()
    elsewhere = a_unit("Xã B", a_province())
    member = a_membership(team, a_member(elsewhere)).member
    stranger = a_member(elsewhere, full_name="Lê Lạ")
    leader = an_actor("member.view", at=team)

    assert queries.get_member(leader, member.pk) == member
    with pytest.raises(NotFound):
        queries.get_member(leader, stranger.pk)


def test_a_long_list_is_read_in_parts_that_miss_and_repeat_nobody() -> None:
    commune = a_unit()
    names = ["Lê An", "Lê An", "Lê An", "Lê Bình", "Lê Chi"]
    for name in names:
        a_member(commune, full_name=name)

    read: list[Member] = []
    after = None
    while True:
        part = queries.member_slice(SYSTEM, commune, date(2023, 1, 1), after=after, limit=2)
        read += [line.member for line in part.items]
        after = part.next
        if after is None:
            break

    assert [member.full_name for member in read] == names
    assert len({member.pk for member in read}) == 5
