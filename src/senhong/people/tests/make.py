"""Makers of valid things. A test names only what it is about."""

from datetime import date

from senhong.accounts.models import User
from senhong.core.ids import uuid7
from senhong.org.models import Unit
from senhong.org.tests.make import SYSTEM, a_province, a_unit
from senhong.people.models import Member, Membership, MembershipRole, Team, TeamKind
from senhong.people.services import add_member, form_team, join_team

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
