"""Who moves, leaves or comes back stands on each day where she was."""

from datetime import date

import pytest
import time_machine

from senhong.audit.models import Event
from senhong.core.errors import Forbidden
from senhong.org.models import Unit
from senhong.org.tests.make import SYSTEM, a_province, a_unit, an_actor
from senhong.people import queries, services
from senhong.people.errors import (
    BackBeforeLeaving,
    EndsBeforeItBegins,
    MemberHasLeft,
    MoveAhead,
    UnitNotStanding,
)
from senhong.people.models import Member, Membership, Stay
from senhong.people.queries import Taking, Wanted
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = pytest.mark.django_db
ON = date(2024, 5, 1)


def here(unit: Unit, on: date, taking: Taking = Taking.PRESENT) -> list[str]:
    found = queries.member_slice(SYSTEM, unit, on, Wanted(taking=taking))
    return [line.member.full_name for line in found.items]


def two_communes() -> tuple[Unit, Unit]:
    province = a_province("Tỉnh A")
    return a_unit("Xã A", province), a_unit("Xã B", province)


def test_who_moved_stands_on_each_day_where_she_was() -> None:
    old, new = two_communes()
    membership = a_membership(a_team(old))

    services.transfer_member(SYSTEM, membership.member, unit=new, on=ON)
    services.transfer_member(SYSTEM, membership.member, unit=new, on=ON)

    assert (here(old, date(2024, 4, 30)), here(new, date(2024, 4, 30))) == (["Nguyễn Văn An"], [])
    assert (here(old, ON), here(new, ON)) == ([], ["Nguyễn Văn An"])
    assert Membership.objects.get().to_day == 20240501
    assert Member.objects.get().unit == new
    assert Event.objects.filter(name="member.transferred").count() == 1


def test_who_moves_may_stay_in_her_teams() -> None:
    old, new = two_communes()
    membership = a_membership(a_team(old))

    services.transfer_member(SYSTEM, membership.member, unit=new, on=ON, leaves_teams=False)

    assert queries.members_of_team(SYSTEM, membership.team, 20250101) == [membership]


def test_the_old_unit_still_sees_her_and_no_longer_edits_her() -> None:
    old, new = two_communes()
    member = a_member(old)
    secretary = an_actor("member.view", "member.edit", at=old)
    services.transfer_member(SYSTEM, member, unit=new, on=ON)

    moved = queries.get_member(secretary, member.pk)
    with pytest.raises(Forbidden):
        services.leave_movement(secretary, moved, on=date(2025, 1, 1))


def test_nobody_is_moved_into_a_unit_that_one_does_not_look_after() -> None:
    old, new = two_communes()
    secretary = an_actor("member.view", "member.edit", at=old)

    with pytest.raises(Forbidden):
        services.transfer_member(secretary, a_member(old), unit=new, on=ON)
    assert queries.units_to_move_to(secretary, Member.objects.get(), 20240501) == []


def test_a_move_has_happened_after_she_came_and_while_she_takes_part() -> None:
    old, new = two_communes()
    member = a_member(old)
    gone = a_member(old, full_name="Lê Bình")
    services.leave_movement(SYSTEM, gone, on=ON)

    with pytest.raises(EndsBeforeItBegins):
        services.transfer_member(SYSTEM, member, unit=new, on=member.joined_on)
    with pytest.raises(MemberHasLeft):
        services.transfer_member(SYSTEM, gone, unit=new, on=date(2024, 6, 1))
    with time_machine.travel("2024-04-01"), pytest.raises(MoveAhead):
        services.transfer_member(SYSTEM, member, unit=new, on=ON)


def test_a_unit_that_does_not_stand_takes_nobody_in() -> None:
    old, new = two_communes()
    Unit.objects.filter(pk=new.pk).update(to_day=20240101)
    new.refresh_from_db()

    with pytest.raises(UnitNotStanding):
        services.transfer_member(SYSTEM, a_member(old), unit=new, on=ON)


def test_who_came_back_was_away_in_between() -> None:
    commune = a_unit()
    member = a_member(commune)
    services.leave_movement(SYSTEM, member, on=date(2023, 1, 1))
    with pytest.raises(BackBeforeLeaving):
        services.rejoin_movement(SYSTEM, member, on=date(2022, 12, 31))

    services.rejoin_movement(SYSTEM, member, on=ON)
    services.rejoin_movement(SYSTEM, member, on=ON)

    present = [here(commune, day) != [] for day in (date(2022, 12, 31), date(2023, 6, 1), ON)]
    assert present == [True, False, True]
    assert here(commune, date(2023, 6, 1), Taking.LEFT) == ["Nguyễn Văn An"]
    assert here(commune, ON, Taking.LEFT) == []


def test_who_comes_back_on_the_day_she_left_never_left() -> None:
    member = a_member(a_unit())
    services.leave_movement(SYSTEM, member, on=ON)

    services.rejoin_movement(SYSTEM, member, on=ON)

    assert Stay.objects.count() == 1


def test_a_list_is_narrowed_to_a_team_and_to_who_has_none() -> None:
    commune = a_unit()
    team = a_team(commune)
    a_membership(team)
    a_member(commune, full_name="Lê Bình")

    of_team = queries.member_slice(SYSTEM, commune, ON, Wanted(team=team)).items

    assert [line.member.full_name for line in of_team] == ["Nguyễn Văn An"]
    assert here(commune, ON, Taking.WITHOUT_TEAM) == ["Lê Bình"]


def test_since_when_she_takes_part_is_corrected_before_she_moved() -> None:
    old, new = two_communes()
    member = a_member(old)
    services.transfer_member(SYSTEM, member, unit=new, on=ON)

    services.change_member(SYSTEM, member, full_name="Lê An", joined_on=date(2023, 1, 1))
    with pytest.raises(EndsBeforeItBegins):
        services.change_member(SYSTEM, member, full_name="Lê An", joined_on=ON)

    assert here(old, date(2022, 12, 31)) == []
    assert here(old, date(2023, 1, 1)) == ["Lê An"]
