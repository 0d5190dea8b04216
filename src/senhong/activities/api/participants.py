from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema, Status

from senhong.activities import queries
from senhong.activities import services as acts
from senhong.activities.api.routing import router
from senhong.activities.models import Activity, Participant, ParticipantState
from senhong.core import clock
from senhong.web.api import PROBLEMS, Instant, Problem, SchemaIn
from senhong.web.http import ApiRequest

Whose = Annotated[UUID | None, Field(description="Absent: the caller's own.")]


class SignUpIn(SchemaIn):
    id: UUID = Field(description="Made by the client; the same id signs up once.")
    member_id: Whose = None
    anyway: bool = Field(
        False, description="Although another of her activities overlaps (overlaps-other)."
    )


class PartIn(SchemaIn):
    id: UUID = Field(description="Made by the client; sent again, it changes nothing.")
    member_id: Whose = None


class CheckInIn(SchemaIn):
    id: UUID = Field(description="Made by the client; sent again, it changes nothing.")
    code: Annotated[str, Field(min_length=1, max_length=12)]
    step: int | None = Field(
        None, strict=True, ge=0, le=2**40, description="Of the scanned code; absent: typed by hand."
    )
    at: Instant | None = Field(None, description="When the code was read. Absent: now.")


class ParticipantOut(Schema):
    id: UUID
    activity_id: UUID
    member_id: UUID
    team_id: UUID
    state: ParticipantState
    signed_up_at: datetime | None
    came_at: datetime | None = Field(description="Null: there from the beginning, or not there.")
    left_at: datetime | None


class SignedUpOut(ParticipantOut):
    near: list[UUID] = Field(description="Her other activities at the time or within an hour.")


class NamedOut(ParticipantOut):
    name: str


class ParticipantsOut(Schema):
    items: list[NamedOut]
    seats: int | None = Field(description="Null: no limit.")
    taken: int
    waiting: int


@router.get(
    "/activities/{id}/participants",
    operation_id="participants_of",
    response={200: ParticipantsOut, PROBLEMS: Problem},
)
def participants_of(request: ApiRequest, id: UUID) -> ParticipantsOut:
    """Who takes part, by given name, without who cancelled; for those who may see members."""
    activity = queries.get_activity(request.actor, id)
    request.actor.require("member.view", at=activity.lead_team.path)
    seats = queries.seats_of(activity)
    found = queries.participants_of(request.actor, activity)
    items = [NamedOut(name=one.member.full_name, **_facts(one)) for one in found]
    return ParticipantsOut(items=items, seats=seats.seats, taken=seats.taken, waiting=seats.waiting)


@router.post(
    "/activities/{id}/sign-up",
    operation_id="sign_up",
    response={201: SignedUpOut, PROBLEMS: Problem},
)
def sign_up(request: ApiRequest, id: UUID, body: SignUpIn) -> Status[SignedUpOut]:
    """Take a seat, or a place in the waiting list when all are taken. Safe to send again."""
    activity = queries.get_activity(request.actor, id)
    member = queries.members_by_id([body.member_id])[0] if body.member_id else None
    one = acts.sign_up(request.actor, body.id, activity, member=member, anyway=body.anyway)
    near = [clash.activity.pk for clash in queries.clashes_of(one.member, activity)]
    return Status(201, SignedUpOut(near=near, **_facts(one)))


@router.post(
    "/activities/{id}/confirm",
    operation_id="confirm",
    response={200: ParticipantOut, PROBLEMS: Problem},
)
def confirm(request: ApiRequest, id: UUID, body: PartIn) -> ParticipantOut:
    """Say that she will come."""
    activity = queries.get_activity(request.actor, id)
    one = acts.confirm(request.actor, _part(request, activity, body.member_id), act=body.id)
    return ParticipantOut(**_facts(one))


@router.post(
    "/activities/{id}/cancel-sign-up",
    operation_id="cancel_sign_up",
    response={200: ParticipantOut, PROBLEMS: Problem},
)
def cancel_sign_up(request: ApiRequest, id: UUID, body: PartIn) -> ParticipantOut:
    """Give the seat back, until the activity's deadline; whoever waited longest gets it."""
    activity = queries.get_activity(request.actor, id)
    part = _part(request, activity, body.member_id)
    return ParticipantOut(**_facts(acts.cancel_sign_up(request.actor, part, act=body.id)))


@router.post(
    "/activities/{id}/check-in",
    operation_id="check_in",
    response={200: ParticipantOut, PROBLEMS: Problem},
)
def check_in(request: ApiRequest, id: UUID, body: CheckInIn) -> ParticipantOut:
    """The caller was there: she read the code from the leader's screen. Safe to send again."""
    activity = queries.get_activity(request.actor, id)
    one = acts.check_in(
        request.actor, body.id, activity,
        code=body.code, step=body.step, at=body.at or clock.now(),
    )  # fmt: skip
    return ParticipantOut(**_facts(one))


def _part(request: ApiRequest, activity: Activity, member_id: UUID | None) -> Participant:
    if member_id is None:
        return queries.own_part(request.actor, activity)
    return queries.get_participant(request.actor, activity, member_id)


def _facts(one: Participant) -> dict[str, Any]:
    names = ("activity_id", "member_id", "team_id", "signed_up_at", "came_at", "left_at")
    facts = {name: getattr(one, name) for name in names}
    return facts | {"id": one.pk, "state": ParticipantState(one.state)}
