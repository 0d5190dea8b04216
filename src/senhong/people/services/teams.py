from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY, as_date, as_day
from senhong.core.errors import IdReused
from senhong.core.saving import save_changes
from senhong.core.text import nfc, search_key
from senhong.org.models import Unit
from senhong.people.errors import (
    AlreadyInTeam,
    EndsBeforeItBegins,
    MemberHasLeft,
    NotAName,
    OutsideTeamDays,
    UnitNotStanding,
)
from senhong.people.models import Member, Membership, MembershipRole, Team, TeamKind


class TeamFacts(TypedDict):
    unit: Unit
    kind: TeamKind
    name: str
    from_day: int
    to_day: NotRequired[int]


class JoinFacts(TypedDict):
    member: Member
    team: Team
    role: MembershipRole
    from_day: int
    to_day: NotRequired[int]


@transaction.atomic
def form_team(actor: Actor, id: UUID, **facts: Unpack[TeamFacts]) -> Team:
    """A unit has one team more, from that day on.

    The same ``id`` with the same facts returns the first row.
    Raises Forbidden, NotAName, UnitNotStanding, EndsBeforeItBegins, IdReused.
    """
    unit, from_day = facts["unit"], facts["from_day"]
    actor.require("team.edit", at=unit.path)
    if not unit.from_day <= from_day < unit.to_day:
        raise UnitNotStanding(unit=unit.title, on=as_date(from_day))
    _require_order(from_day, facts.get("to_day", LAST_DAY))
    wanted = {**facts, **_team_name(facts["name"])}
    team, formed = Team.objects.get_or_create(id=id, defaults=wanted)
    if formed:
        happened(actor, "team.formed", team)
    else:
        _require_same(
            team, id, {name: wanted[name] for name in ("unit", "kind", "name", "from_day")}
        )
    return team


@transaction.atomic
def change_team(actor: Actor, team: Team, *, kind: TeamKind, name: str, from_day: int) -> Team:
    """Corrects what a team is called, its type or its first day.

    Raises Forbidden, NotAName, UnitNotStanding, EndsBeforeItBegins, OutsideTeamDays.
    """
    actor.require("team.edit", at=team.path)
    _require_order(from_day, team.to_day)
    if from_day != team.from_day:
        _require_room(team, from_day)
    if save_changes(team, {"kind": kind, "from_day": from_day, **_team_name(name)}):
        happened(actor, "team.changed", team)
    return team


@transaction.atomic
def disband_team(actor: Actor, team: Team, *, on: int) -> Team:
    """The team no longer stands from that day on; nobody is in it any more.

    What it did stays. The same day again changes nothing. Raises Forbidden,
    EndsBeforeItBegins.
    """
    actor.require("team.edit", at=team.path)
    if team.to_day == on:
        return team
    members = Membership.objects.filter(team=team, to_day__gt=on)
    _require_order(max([team.from_day, *members.values_list("from_day", flat=True)]), on)
    members.update(to_day=on)
    team.to_day = on
    team.save(update_fields=["to_day"])
    happened(actor, "team.disbanded", team, on=on)
    return team


@transaction.atomic
def join_team(actor: Actor, id: UUID, **facts: Unpack[JoinFacts]) -> Membership:
    """A member is in a team, as its leader or not, from that day on.

    Several teams at once are fine, one team twice at once is not. The same ``id`` with the
    same facts returns the first row. Raises Forbidden, EndsBeforeItBegins, OutsideTeamDays,
    MemberHasLeft, AlreadyInTeam, IdReused.
    """
    member, team = facts["member"], facts["team"]
    actor.require("team.edit", at=team.path)
    actor.require("member.view", at=member.unit.path)
    if found := Membership.objects.filter(pk=id).first():
        _require_same(
            found, id, {name: facts[name] for name in ("member", "team", "role", "from_day")}
        )
        return found
    from_day, to_day = facts["from_day"], facts.get("to_day", team.to_day)
    _require_place(member, team, from_day, to_day)
    try:
        with transaction.atomic():
            membership = Membership.objects.create(id=id, **{**facts, "to_day": to_day})
    except IntegrityError as twice:  # somebody else wrote the same at this moment
        raise AlreadyInTeam(team=team.name) from twice
    happened(actor, "team.joined", membership, role=membership.role)
    return membership


@transaction.atomic
def leave_team(actor: Actor, membership: Membership, *, on: int) -> Membership:
    """The member is not in the team any more from that day on; what she did stays.

    The same day again changes nothing. Raises Forbidden, EndsBeforeItBegins, OutsideTeamDays.
    """
    team = membership.team
    actor.require("team.edit", at=team.path)
    if membership.to_day == on:
        return membership
    _require_order(membership.from_day, on)
    if on > team.to_day:
        raise OutsideTeamDays(team=team.name, on=as_date(on))
    membership.to_day = on
    membership.save(update_fields=["to_day"])
    happened(actor, "team.left", membership, on=on)
    return membership


def _require_same(found: Team | Membership, id: UUID, facts: dict[str, object]) -> None:
    if any(getattr(found, name) != value for name, value in facts.items()):
        raise IdReused(id=str(id))


def _team_name(name: str) -> dict[str, str]:
    name = nfc(name)
    if not any(char.isalpha() for char in name):
        raise NotAName
    return {"name": name, "search_key": search_key(name)}


def _require_order(from_day: int, to_day: int) -> None:
    if to_day <= from_day:
        raise EndsBeforeItBegins(begins_on=as_date(from_day))


def _require_room(team: Team, from_day: int) -> None:
    """The unit stands on the new first day, and nobody joined before it."""
    unit = team.unit
    if not unit.from_day <= from_day < unit.to_day:
        raise UnitNotStanding(unit=unit.title, on=as_date(from_day))
    before = (
        Membership.objects.filter(team=team, from_day__lt=from_day).order_by("from_day").first()
    )
    if before is not None:
        raise OutsideTeamDays(team=team.name, on=as_date(before.from_day))


def _require_place(member: Member, team: Team, from_day: int, to_day: int) -> None:
    if not team.from_day <= from_day < team.to_day:
        raise OutsideTeamDays(team=team.name, on=as_date(from_day))
    _require_order(from_day, to_day)
    if to_day > team.to_day:
        raise OutsideTeamDays(team=team.name, on=as_date(team.to_day))
    if member.left_on is not None and as_day(member.left_on) < to_day:
        raise MemberHasLeft(left_on=member.left_on)
    already = Membership.objects.filter(
        member=member, team=team, from_day__lt=to_day, to_day__gt=from_day
    )
    if already.exists():
        raise AlreadyInTeam(team=team.name)
