from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Query, Schema, Status

from senhong.activities import queries
from senhong.activities import services as acts
from senhong.activities.api.routing import router
from senhong.activities.facts import ActivityFacts, Present
from senhong.activities.models import (
    CANCEL_HOURS,
    MOST_CANCEL_HOURS,
    MOST_SEATS,
    Activity,
    ActivityKind,
    ActivityLevel,
    ActivityState,
)
from senhong.activities.queries import Wanted, When
from senhong.core import clock
from senhong.org.queries import get_unit
from senhong.people.queries import get_team
from senhong.plans.queries import get_plan
from senhong.web.api import PROBLEMS, Instant, IsoDay, Problem, SchemaIn
from senhong.web.http import ApiRequest


class ActivitiesIn(SchemaIn):
    unit: str | None = Field(None, max_length=20, description="Key: it and all below it.")
    team: UUID | None = Field(None, description="Led or joined by this team.")
    plan: UUID | None = None
    kind: ActivityKind | None = None
    state: ActivityState | None = None
    when: When | None = Field(None, description="Seen from today.")
    from_: IsoDay | None = Field(None, alias="from", description="First day, included.")
    to: IsoDay | None = Field(None, description="Last day, included.")
    after: UUID | None = Field(None, description="What the last answer called next.")
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class ActivityFactsIn(SchemaIn):
    kind: ActivityKind
    level: ActivityLevel
    name: Annotated[str, Field(min_length=1, max_length=200)]
    lead_team_id: UUID
    team_ids: list[UUID] = Field([], max_length=500, description="Further teams.")
    partner_ids: list[UUID] = Field([], max_length=100)
    plan_id: UUID | None = None
    place_unit: str = Field(max_length=20, description="Key of the unit where it takes place.")
    place_text: Annotated[str, Field(max_length=200)] = ""
    lat: Annotated[float | None, Field(ge=-90, le=90, description="Degrees north.")] = None
    lon: Annotated[float | None, Field(ge=-180, le=180, description="Degrees east.")] = None
    starts_at: Instant
    ends_at: Annotated[Instant, Field(description="At most 31 days later.")]
    seats: Annotated[
        int | None, Field(strict=True, ge=1, le=MOST_SEATS, description="Null: no limit.")
    ] = None
    cancel_hours: Annotated[
        int,
        Field(
            strict=True,
            ge=0,
            le=MOST_CANCEL_HOURS,
            description="Until so many hours before the start one may cancel herself.",
        ),
    ] = CANCEL_HOURS


class ActivityIn(ActivityFactsIn):
    id: UUID = Field(description="Made by the client; the same id is planned once.")


class ReasonIn(SchemaIn):
    reason: str = Field(max_length=300)


class PresentIn(SchemaIn):
    id: UUID = Field(description="Made by the client.")
    member_id: UUID
    team_id: UUID = Field(description="The team with which the member was there.")


class PresentListIn(SchemaIn):
    present: list[PresentIn] = Field(max_length=500)


class PresentNumberIn(SchemaIn):
    number: int | None = Field(
        None, strict=True, ge=1, le=10_000, description="Null goes back to the list."
    )
    reason: str = Field("", max_length=300, description="Why there is no list.")


class ActivityOut(Schema):
    id: UUID
    kind: ActivityKind
    level: ActivityLevel
    name: str
    state: ActivityState
    lead_team_id: UUID
    lead_team: str
    unit: str = Field(description="Key of the lead team's unit.")
    team_ids: list[UUID]
    partner_ids: list[UUID]
    plan_id: UUID | None
    place_unit: str
    place_text: str
    lat: float | None
    lon: float | None
    starts_at: datetime
    ends_at: datetime
    cancel_reason: str
    present_number: int | None
    seats: int | None
    cancel_hours: int
    short: str = Field(description="In the address of its public page: /a/<short>/.")


class ActivitiesOut(Schema):
    items: list[ActivityOut]
    next: UUID | None


ANSWERS = {200: ActivityOut, PROBLEMS: Problem}


@router.get(
    "/activities", operation_id="activities_of", response={200: ActivitiesOut, PROBLEMS: Problem}
)
def activities_of(request: ApiRequest, asked: Query[ActivitiesIn]) -> ActivitiesOut:
    """Activities that the caller may see: the latest first, those to come soonest first."""
    wanted = Wanted(
        unit=get_unit(request.actor, asked.unit) if asked.unit else None,
        team=get_team(request.actor, asked.team) if asked.team else None,
        plan=get_plan(request.actor, asked.plan) if asked.plan else None,
        kind=asked.kind,
        state=asked.state,
        when=asked.when,
        first=asked.from_,
        last=asked.to,
    )
    found = queries.activities_of(
        request.actor, wanted, seen_on=clock.today(), after=asked.after, limit=asked.limit
    )
    return ActivitiesOut(items=[_activity(one) for one in found.items], next=found.next)


@router.get("/activities/{id}", operation_id="get_activity", response=ANSWERS)
def get_activity(request: ApiRequest, id: UUID) -> ActivityOut:
    """One activity."""
    return _activity(queries.get_activity(request.actor, id))


@router.post(
    "/activities", operation_id="plan_activity", response={201: ActivityOut, PROBLEMS: Problem}
)
def plan_activity(request: ApiRequest, body: ActivityIn) -> Status[ActivityOut]:
    """Plan an activity, also one that has already taken place. Safe to send again."""
    activity = acts.plan_activity(request.actor, body.id, _facts(request, body))
    return Status(201, _activity(activity))


@router.put("/activities/{id}", operation_id="change_activity", response=ANSWERS)
def change_activity(request: ApiRequest, id: UUID, body: ActivityFactsIn) -> ActivityOut:
    """Say anew what is planned, while it is neither closed nor cancelled."""
    activity = queries.get_activity(request.actor, id)
    return _activity(acts.change_activity(request.actor, activity, _facts(request, body)))


@router.post("/activities/{id}/start", operation_id="start_activity", response=ANSWERS)
def start_activity(request: ApiRequest, id: UUID) -> ActivityOut:
    """The team is there."""
    activity = queries.get_activity(request.actor, id)
    return _activity(acts.start_activity(request.actor, activity))


@router.post("/activities/{id}/close", operation_id="close_activity", response=ANSWERS)
def close_activity(request: ApiRequest, id: UUID) -> ActivityOut:
    """The activity is over: it and those present count. Closing again changes nothing."""
    activity = queries.get_activity(request.actor, id)
    return _activity(acts.close_activity(request.actor, activity))


@router.post("/activities/{id}/reopen", operation_id="reopen_activity", response=ANSWERS)
def reopen_activity(request: ApiRequest, id: UUID, body: ReasonIn) -> ActivityOut:
    """Undo closing or cancelling; what it posted or reversed is put right."""
    activity = queries.get_activity(request.actor, id)
    return _activity(acts.reopen_activity(request.actor, activity, reason=body.reason))


@router.post("/activities/{id}/cancel", operation_id="cancel_activity", response=ANSWERS)
def cancel_activity(request: ApiRequest, id: UUID, body: ReasonIn) -> ActivityOut:
    """It does not count, nor does the help recorded in it."""
    activity = queries.get_activity(request.actor, id)
    return _activity(acts.cancel_activity(request.actor, activity, reason=body.reason))


@router.post(
    "/activities/{id}/present", operation_id="mark_present", response={204: None, PROBLEMS: Problem}
)
def mark_present(request: ApiRequest, id: UUID, body: PresentListIn) -> Status[None]:
    """These members were there, beside those already on the list."""
    activity = queries.get_activity(request.actor, id)
    acts.mark_present(request.actor, activity, _present(request, body))
    return Status(204, None)


@router.post("/activities/{id}/present-number", operation_id="count_present", response=ANSWERS)
def count_present(request: ApiRequest, id: UUID, body: PresentNumberIn) -> ActivityOut:
    """So many were there, and why there is no list."""
    activity = queries.get_activity(request.actor, id)
    return _activity(acts.count_present(request.actor, activity, **body.dict()))


def _facts(request: ApiRequest, body: ActivityFactsIn) -> ActivityFacts:
    actor = request.actor
    return ActivityFacts(
        kind=body.kind,
        level=body.level,
        name=body.name,
        lead_team=get_team(actor, body.lead_team_id),
        teams=tuple(queries.teams_by_id(actor, set(body.team_ids))),
        partners=tuple(queries.partners_by_id(actor, set(body.partner_ids))),
        plan=get_plan(actor, body.plan_id) if body.plan_id else None,
        place_unit=get_unit(actor, body.place_unit),
        place_text=body.place_text,
        lat=body.lat,
        lon=body.lon,
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        seats=body.seats,
        cancel_hours=body.cancel_hours,
    )


def _present(request: ApiRequest, body: PresentListIn) -> list[Present]:
    members = queries.members_by_id({one.member_id for one in body.present})
    teams = queries.teams_by_id(request.actor, {one.team_id for one in body.present})
    member_of, team_of = {m.pk: m for m in members}, {t.pk: t for t in teams}
    return [
        Present(id=one.id, member=member_of[one.member_id], team=team_of[one.team_id])
        for one in body.present
    ]


def _activity(activity: Activity) -> ActivityOut:
    lead = activity.lead_team
    return ActivityOut(
        id=activity.pk,
        kind=ActivityKind(activity.kind),
        level=ActivityLevel(activity.level),
        name=activity.name,
        state=ActivityState(activity.state),
        lead_team_id=lead.pk,
        lead_team=lead.name,
        unit=lead.unit.key,
        team_ids=[team.pk for team in activity.teams.all()],
        partner_ids=[partner.pk for partner in activity.partners.all()],
        plan_id=activity.plan_id,
        place_unit=activity.place_unit.key,
        place_text=activity.place_text,
        lat=activity.lat,
        lon=activity.lon,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        cancel_reason=activity.cancel_reason,
        present_number=activity.present_number,
        seats=activity.seats,
        cancel_hours=activity.cancel_hours,
        short=activity.short,
    )
