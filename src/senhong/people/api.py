from datetime import date
from typing import Annotated, cast
from uuid import UUID

from ninja import Field, Query, Router, Schema, Status

from senhong.accounts.auth import asking_device
from senhong.accounts.models import User
from senhong.core import clock
from senhong.core.days import LAST_DAY, as_date, as_day
from senhong.org.queries import get_unit
from senhong.people import queries, services
from senhong.people.models import TeamKind
from senhong.people.queries import MemberLine, OwnPlace, Standing, TeamLine, Wanted
from senhong.web.api import PROBLEMS, IsoDay, Problem, SchemaIn
from senhong.web.http import ApiRequest

router = Router(tags=["people"])


class ListIn(SchemaIn):
    unit: str | None = Field(None, max_length=20, description="Key of a unit: it and all below it.")
    on: IsoDay | None = Field(
        None, description="Who stands or takes part that day; the day that pages read if absent."
    )
    after: UUID | None = Field(None, description="What the last answer called next.")
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class MembersIn(ListIn):
    q: str = Field("", max_length=100, description="Words of a name; tone marks do not matter.")


class TeamOut(Schema):
    id: UUID
    unit: str = Field(description="Key of the unit that owns it.")
    unit_title: str
    kind: TeamKind
    name: str
    from_day: date
    to_day: date | None = Field(description="First day on which it no longer stands.")
    members: int = Field(description="People in it on the asked day.")


class TeamsOut(Schema):
    items: list[TeamOut]
    next: UUID | None


class MemberOut(Schema):
    id: UUID
    unit: str = Field(description="Key of the unit.")
    unit_title: str
    full_name: str
    joined_on: date
    left_on: date | None


class MembersOut(Schema):
    items: list[MemberOut]
    next: UUID | None


class OwnTeamOut(Schema):
    id: UUID
    name: str
    unit: str = Field(description="The title of the unit that owns it.")
    role: Standing


class MeOut(Schema):
    user_id: int
    full_name: str
    device_id: UUID | None = Field(description="The phone that asks; null for a browser.")
    newcomer: bool = Field(description="She waits for a leader's word, and is in no team yet.")
    teams: list[OwnTeamOut]


@router.get("/field/me", operation_id="me", response={200: MeOut, PROBLEMS: Problem})
def me(request: ApiRequest) -> MeOut:
    """Who asks, on which phone, and in which teams she is today."""
    places = queries.own_places(request.actor, as_day(clock.today()))
    device, user = asking_device(request), cast(User, request.user)
    return MeOut(
        user_id=user.pk,
        full_name=user.full_name,
        device_id=device.pk if device else None,
        newcomer=bool(places) and all(place.standing == Standing.NEWCOMER for place in places),
        teams=[_own_team(place) for place in places],
    )


@router.delete(
    "/field/devices/{id}",
    operation_id="sign_out_device",
    response={204: None, PROBLEMS: Problem},
)
def sign_out_device(request: ApiRequest, id: UUID) -> Status[None]:
    """Sign a phone out: one's own, or that of somebody for whom one answers."""
    services.sign_out_device(request.actor, queries.get_device(request.actor, id))
    return Status(204, None)


@router.get("/teams", operation_id="teams", response={200: TeamsOut, PROBLEMS: Problem})
def teams(request: ApiRequest, asked: Query[ListIn]) -> TeamsOut:
    """Teams that stand on a day, by unit. Only those that the caller may view."""
    unit = get_unit(request.actor, asked.unit) if asked.unit else None
    day = as_day(asked.on or request.reading_on())
    found = queries.team_slice(request.actor, day, at=unit, after=asked.after, limit=asked.limit)
    return TeamsOut(items=[_team(line) for line in found.items], next=found.next)


@router.get("/members", operation_id="members", response={200: MembersOut, PROBLEMS: Problem})
def members(request: ApiRequest, asked: Query[MembersIn]) -> MembersOut:
    """Members who take part on a day, by given name. Only those that the caller may view."""
    unit = get_unit(request.actor, asked.unit) if asked.unit else None
    found = queries.member_slice(
        request.actor,
        unit,
        asked.on or request.reading_on(),
        Wanted(text=asked.q),
        after=asked.after,
        limit=asked.limit,
    )
    return MembersOut(items=[_member(line) for line in found.items], next=found.next)


def _own_team(place: OwnPlace) -> OwnTeamOut:
    team = place.team
    return OwnTeamOut(id=team.pk, name=team.name, unit=team.unit.title, role=place.standing)


def _team(line: TeamLine) -> TeamOut:
    team = line.team
    return TeamOut(
        id=team.pk,
        unit=team.unit.key,
        unit_title=team.unit.title,
        kind=TeamKind(team.kind),
        name=team.name,
        from_day=as_date(team.from_day),
        to_day=None if team.to_day == LAST_DAY else as_date(team.to_day),
        members=line.members,
    )


def _member(line: MemberLine) -> MemberOut:
    member = line.member
    return MemberOut(
        id=member.pk,
        unit=line.unit.key,
        unit_title=line.unit.title,
        full_name=member.full_name,
        joined_on=member.joined_on,
        left_on=member.left_on,
    )
