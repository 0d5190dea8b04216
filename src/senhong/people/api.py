from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Field, Query, Router, Schema

from senhong.core.days import LAST_DAY, as_date, as_day
from senhong.org.queries import get_unit
from senhong.people import queries
from senhong.people.models import TeamKind
from senhong.people.queries import MemberLine, TeamLine, Wanted
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
