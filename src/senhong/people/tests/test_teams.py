import pytest

from senhong.audit.models import Event
from senhong.core.days import LAST_DAY
from senhong.core.errors import Forbidden, IdReused, NotFound
from senhong.core.ids import uuid7
from senhong.org.models import Level
from senhong.org.queries import actor_of
from senhong.org.services import restructure
from senhong.org.tests.make import (
    SYSTEM,
    a_change,
    a_new_unit,
    a_province,
    a_unit,
    a_user,
    an_actor,
)
from senhong.people import queries, services
from senhong.people.errors import (
    AlreadyInTeam,
    EndsBeforeItBegins,
    MemberHasLeft,
    NotAName,
    OutsideTeamDays,
    UnitNotStanding,
)
from senhong.people.models import Membership, MembershipRole, Team, TeamKind
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = pytest.mark.django_db


def test_forming_twice_forms_once() -> None:
    unit, id = a_unit(), uuid7()
    facts: services.TeamFacts = {
        "unit": unit,
        "kind": TeamKind.CAMPAIGN,
        "name": "Đội hình 1",
        "from_day": 20230101,
    }

    first = services.form_team(SYSTEM, id, **facts)
    second = services.form_team(SYSTEM, id, **facts)

    assert first == second
    assert first.to_day == LAST_DAY
    assert Event.objects.filter(name="team.formed").count() == 1
    with pytest.raises(IdReused):
        services.form_team(SYSTEM, id, **facts | {"from_day": 20230102})


def test_a_team_belongs_to_a_unit_that_stands() -> None:
    province = a_province("Tỉnh A")
    old = a_unit("Xã A", a_unit("Huyện B", province))
    new = a_new_unit("Xã C", province, level=Level.COMMUNE)
    restructure(SYSTEM, a_change(20250701, ends=[old], begins=[new], edges=[(old.key, new.key)]))
    old.refresh_from_db()

    assert a_team(old, from_day=20250630).unit == old
    with pytest.raises(UnitNotStanding) as refused:
        a_team(old, from_day=20250701)
    assert old.title in str(refused.value)


def test_a_team_has_a_name() -> None:
    with pytest.raises(NotAName):
        a_team(a_unit(), name=" 1 ")


def test_who_may_not_edit_teams_forms_none() -> None:
    unit = a_unit()

    with pytest.raises(Forbidden):
        services.form_team(
            an_actor("team.view", at=unit), uuid7(),
            unit=unit, kind=TeamKind.COMMUNITY, name="Tổ", from_day=20230101,
        )  # fmt: skip


def test_a_member_is_in_several_teams_at_once_and_in_each_once() -> None:
    first = a_membership()
    second = a_membership(a_team(first.team.unit, name="Tổ 2"), first.member)

    assert {m.team_id for m in queries.memberships_of(SYSTEM, first.member)} == {
        first.team_id,
        second.team_id,
    }
    with pytest.raises(AlreadyInTeam):
        a_membership(first.team, first.member, from_day=20230101)


def test_joining_twice_joins_once() -> None:
    team, id = a_team(), uuid7()
    facts: services.JoinFacts = {
        "member": a_member(team.unit),
        "team": team,
        "role": MembershipRole.LEADER,
        "from_day": 20230101,
    }

    first = services.join_team(SYSTEM, id, **facts)
    services.leave_team(SYSTEM, first, on=20230201)
    second = services.join_team(SYSTEM, id, **facts)

    assert first == second
    assert second.to_day == 20230201
    with pytest.raises(IdReused):
        services.join_team(SYSTEM, id, **facts | {"role": MembershipRole.MEMBER})


def test_who_left_a_team_joins_it_again_later() -> None:
    membership = a_membership()
    services.leave_team(SYSTEM, membership, on=20230101)

    again = a_membership(membership.team, membership.member, from_day=20230601)

    assert queries.members_of_team(SYSTEM, membership.team, 20230301) == []
    assert queries.members_of_team(SYSTEM, membership.team, 20230601) == [again]


@pytest.mark.parametrize("on", [20220630, 20220629])
def test_nobody_leaves_a_team_before_she_joined(on: int) -> None:
    with pytest.raises(EndsBeforeItBegins):
        services.leave_team(SYSTEM, a_membership(), on=on)


def test_nobody_joins_a_team_that_does_not_stand() -> None:
    team = a_team(from_day=20230101)
    services.disband_team(SYSTEM, team, on=20230601)

    for day in (20221231, 20230601):
        with pytest.raises(OutsideTeamDays):
            a_membership(team, from_day=day)
    assert a_membership(team, from_day=20230301).to_day == 20230601


def test_who_has_left_the_movement_joins_no_team() -> None:
    member = a_member(a_unit())
    services.leave_movement(SYSTEM, member, on=member.joined_on.replace(year=2023))

    with pytest.raises(MemberHasLeft):
        a_membership(a_team(member.unit), member)


def test_a_disbanded_team_keeps_what_it_was() -> None:
    membership = a_membership()
    team = membership.team

    services.disband_team(SYSTEM, team, on=20230601)
    services.disband_team(SYSTEM, team, on=20230601)

    assert queries.teams_of(SYSTEM, team.unit, 20230531) == [team]
    assert queries.teams_of(SYSTEM, team.unit, 20230601) == []
    assert queries.members_of_team(SYSTEM, team, 20230531) == [membership]
    assert Membership.objects.get().to_day == 20230601
    assert Event.objects.filter(name="team.disbanded").count() == 1


def test_a_team_is_not_disbanded_before_somebody_joined_it() -> None:
    membership = a_membership(from_day=20230601)

    with pytest.raises(EndsBeforeItBegins):
        services.disband_team(SYSTEM, membership.team, on=20230601)


def test_a_team_is_corrected() -> None:
    team = a_membership().team

    services.change_team(
        SYSTEM, team, kind=TeamKind.CAMPAIGN, name="Đội hình xanh", from_day=20220601
    )

    team.refresh_from_db()
    assert (team.kind, team.name, team.from_day) == ("campaign", "Đội hình xanh", 20220601)
    assert team.search_key == "doi hinh xanh"
    with pytest.raises(OutsideTeamDays):  # somebody joined on 2022-06-30
        services.change_team(SYSTEM, team, kind=TeamKind.CAMPAIGN, name="Đ", from_day=20230101)


def test_a_membership_lets_its_holder_work_in_the_team_and_nowhere_else() -> None:
    user = a_user()
    team = a_membership(user=user).team
    other = a_team(team.unit, name="Tổ 2")

    actor = actor_of(user.pk)

    assert actor.can("help.record", at=team.path)
    assert not actor.can("help.record", at=other.path)
    assert not actor.can("member.view", at=team.path)
    assert actor.can("unit.view", at=team.unit.path)
    assert queries.get_team(actor, team.pk) == team
    with pytest.raises(NotFound):
        queries.get_team(actor, other.pk)


def test_the_leader_also_plans_and_corrects() -> None:
    user = a_user()
    team = a_membership(role=MembershipRole.LEADER, user=user).team

    actor = actor_of(user.pk)

    assert actor.can("activity.edit", at=team.path)
    assert actor.can("member.view", at=team.path)
    assert not actor.can("team.edit", at=team.path)


def test_who_left_may_do_nothing_there_any_more() -> None:
    user = a_user()
    membership = a_membership(user=user)

    services.leave_team(SYSTEM, membership, on=20230101)

    assert not actor_of(user.pk).grants


def test_teams_are_seen_from_every_unit_above_its_own_first() -> None:
    province = a_province("Tỉnh A")
    district = a_unit("Huyện B", province)
    commune = a_unit("Xã C", district)
    low, high = a_team(commune, name="Tổ 1"), a_team(province, TeamKind.ADVISORY, "Tổ tham vấn")

    assert queries.teams_of(SYSTEM, province, 20230320) == [high, low]
    assert queries.teams_of(SYSTEM, district, 20230320) == [low]
    assert queries.teams_of(SYSTEM, commune, 20230320) == [low]
    assert [line.team for line in queries.team_lines(SYSTEM, province, 20230320)] == [high]
    assert [line.team for line in queries.teams_below(SYSTEM, province, 20230320).items] == [low]


def test_a_team_of_an_ended_unit_is_where_its_unit_landed() -> None:
    province = a_province("Tỉnh A")
    old = a_unit("Xã A", a_unit("Huyện B", province))
    new = a_new_unit("Xã C", province, level=Level.COMMUNE)
    team = a_team(old)

    restructure(SYSTEM, a_change(20250701, ends=[old], begins=[new], edges=[(old.key, new.key)]))

    landed = queries.units_around(SYSTEM, province, 20250701).below[-1].unit
    assert landed.key == new.key
    assert queries.teams_of(SYSTEM, landed, 20250701) == [team]
    assert queries.teams_of(SYSTEM, province, 20250701) == [team]
    assert queries.teams_of(SYSTEM, old, 20250630) == [team]
    assert queries.teams_of(SYSTEM, old, 20250701) == []


def test_the_neighbour_sees_no_team() -> None:
    team = a_team()
    neighbour = an_actor("team.view", at=a_unit("Xã B", a_province()))

    assert queries.teams_of(neighbour, team.unit, 20230320) == []
    with pytest.raises(NotFound):
        queries.get_team(neighbour, team.pk)


def test_teams_are_counted_by_level_and_type() -> None:
    province = a_province("Tỉnh A")
    a_team(province, TeamKind.ADVISORY, "Tổ tham vấn")
    of_commune = a_team(a_unit("Xã C", a_unit("Huyện B", province)))
    a_team(of_commune.unit, TeamKind.CAMPAIGN, "Đội hình")

    found = queries.standing_teams(Level.COMMUNE, [TeamKind.COMMUNITY])

    assert list(found.values_list("unit_id", "from_day", "to_day")) == [
        (of_commune.unit_id, 20220630, LAST_DAY)
    ]


def test_a_long_list_of_teams_is_read_in_parts() -> None:
    commune = a_unit("Xã A")
    formed = {a_team(commune, name=f"Tổ {number}").pk for number in range(5)}

    read: list[Team] = []
    after = None
    while True:
        part = queries.team_slice(SYSTEM, 20230320, at=commune, after=after, limit=2)
        read += [line.team for line in part.items]
        after = part.next
        if after is None:
            break

    assert len(read) == 5
    assert {team.pk for team in read} == formed
