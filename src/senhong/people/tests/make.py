"""Makers of valid things. A test names only what it is about."""

from datetime import date

from senhong.accounts.models import User
from senhong.core.actor import Actor
from senhong.core.ids import uuid7
from senhong.org.models import Unit
from senhong.org.queries import actor_of
from senhong.org.tests.make import SYSTEM, a_province, a_unit, a_user
from senhong.people.models import (
    JoinCode,
    Member,
    Membership,
    MembershipRole,
    Newcomer,
    Team,
    TeamKind,
)
from senhong.people.services import (
    Asking,
    add_member,
    ask_to_join,
    form_team,
    join_team,
    make_join_code,
)

SINCE = 20220630


def a_team(
    unit: Unit | None = None,
    kind: TeamKind = TeamKind.COMMUNITY,
    name: str = "Tổ thanh niên CĐS cộng đồng",
    from_day: int | None = None,
) -> Team:
    """A team of the unit, or of a commune of its own; since 2022-06-30 or the unit's first day."""
    unit = unit or a_unit("Xã A", a_province())
    since = max(SINCE, unit.from_day) if from_day is None else from_day
    return form_team(SYSTEM, uuid7(), unit=unit, kind=kind, name=name, from_day=since)


def a_member(
    unit: Unit,
    user: User | None = None,
    full_name: str = "Nguyễn Văn An",
    joined_on: date = date(2022, 6, 30),
) -> Member:
    return add_member(
        SYSTEM, uuid7(), unit=unit, full_name=full_name, joined_on=joined_on, user=user
    )


def a_membership(
    team: Team | None = None,
    member: Member | None = None,
    role: MembershipRole = MembershipRole.MEMBER,
    user: User | None = None,
    from_day: int | None = None,
) -> Membership:
    """A member (of the team's unit, when none is given) in the team since the team's first day."""
    team = team or a_team()
    member = member or a_member(team.unit, user)
    since = team.from_day if from_day is None else from_day
    return join_team(SYSTEM, uuid7(), member=member, team=team, role=role, from_day=since)


def a_code(team: Team | None = None) -> JoinCode:
    """The word of the team, or of a team of its own."""
    return make_join_code(SYSTEM, uuid7(), team or a_team())


def a_newcomer(
    team: Team | None = None, full_name: str = "Trần Thị Sen", phone: str = ""
) -> Newcomer:
    """A stranger who asked to be in the team."""
    asking = Asking(full_name=full_name, phone=phone)
    return ask_to_join(Actor(None), uuid7(), a_code(team), asking)


def a_leader(team: Team) -> Actor:
    """Somebody who leads the team, as she acts today."""
    user = a_user()
    a_membership(team, user=user, role=MembershipRole.LEADER)
    return actor_of(user.pk)
