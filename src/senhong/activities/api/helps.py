from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Query, Schema, Status

from senhong.activities import queries
from senhong.activities import services as acts
from senhong.activities.api.routing import router
from senhong.activities.facts import GivenHelp, HelpAnswer, HelpFacts, HelpOutcome
from senhong.activities.models import Help, Helped, HelpState
from senhong.web.api import PROBLEMS, Instant, IsoDay, Problem, SchemaIn, answered
from senhong.web.http import ApiRequest, known_actor
from senhong.web.problem import problem

Services = Annotated[
    list[Annotated[str, Field(max_length=40)]],
    Field(max_length=40, description="Codes of services: see /services."),
]
People = Annotated[
    int, Field(strict=True, ge=1, le=1000, description="Citizens, or businesses or organisations.")
]
Point = tuple[
    Annotated[float, Field(strict=True, ge=-90, le=90)],
    Annotated[float, Field(strict=True, ge=-180, le=180)],
]
Note = Annotated[str, Field(max_length=500, description="Never a name or number of a person.")]


class FactsIn(SchemaIn):
    team_id: UUID = Field(description="The team that gave it: one of the activity's teams.")
    services: Services
    people: People
    helped: Helped = Helped.CITIZENS
    given_on: IsoDay | None = Field(None, description="Absent: today, or the activity's last day.")
    note: Note = ""


class HelpIn(FactsIn):
    id: UUID = Field(description="Made by the client; the same id is recorded once.")
    activity_id: UUID
    same_people_as: UUID | None = Field(
        None, description="Help to the same people in this activity: nobody is counted twice."
    )
    given_at: Instant | None = Field(None, description="What the clock of the device said.")
    point: Point | None = Field(
        None, description="Degrees north and east; kept to two places, about a kilometre."
    )
    counted_before: bool = Field(
        False, strict=True, description="To people whom another help counted: it makes no turns."
    )


class CorrectionIn(FactsIn):
    id: UUID = Field(description="Of the new row, made by the client.")
    reason: str = Field(max_length=300)


class HelpReasonIn(SchemaIn):
    reason: str = Field(max_length=300)


class HelpOut(Schema):
    id: UUID
    activity_id: UUID
    team_id: UUID
    services: list[str]
    people: int
    helped: Helped
    given_on: date
    note: str
    group: UUID = Field(description="The first help to the same people.")
    corrects: UUID | None
    state: HelpState
    recorded_at: datetime
    given_at: datetime | None
    point: tuple[float, float] | None
    counted_before: bool
    review_reason: str = Field(description="Code; empty unless it was returned.")
    review_words: str = Field(description="The reviewer's, to who recorded it.")


class AnswerOut(Schema):
    id: UUID
    outcome: HelpOutcome
    problem: Problem | None = Field(description="Why it was returned, or what the conflict is.")


class HelpsIn(SchemaIn):
    helps: list[HelpIn] = Field(max_length=acts.MOST_HELPS)


class HelpsOut(Schema):
    items: list[HelpOut]
    next: UUID | None


class SliceIn(SchemaIn):
    after: UUID | None = Field(None, description="What the last answer called next.")
    limit: Annotated[int, Field(ge=1, le=200)] = 50


@router.post("/help", operation_id="record_help", response={201: HelpOut, PROBLEMS: Problem})
def record_help(request: ApiRequest, body: HelpIn) -> HttpResponse:
    """Record help given in an activity. Safe to send again.

    It counts at once; where help counts after acceptance, and for who only proposes, it waits.
    """
    help = acts.record_help(known_actor(request), _given(body))
    return answered(201, _help(help))


@router.post(
    "/helps", operation_id="record_helps", response={200: list[AnswerOut], PROBLEMS: Problem}
)
def record_helps(request: ApiRequest, body: HelpsIn) -> list[AnswerOut]:
    """Record up to 200 helps, each judged on its own; answers in the same order."""
    answers = acts.record_helps(known_actor(request), [_given(one) for one in body.helps])
    return [_answer(answer) for answer in answers]


@router.get("/help/{id}", operation_id="get_help", response={200: HelpOut, PROBLEMS: Problem})
def get_help(request: ApiRequest, id: UUID) -> HelpOut:
    """One help."""
    return _help(queries.get_help(request.actor, id))


@router.post(
    "/help/{id}/correct", operation_id="correct_help", response={201: HelpOut, PROBLEMS: Problem}
)
def correct_help(request: ApiRequest, id: UUID, body: CorrectionIn) -> Status[HelpOut]:
    """Put other facts in the place of a help; what it posted is reversed and posted anew."""
    help = queries.get_help(request.actor, id)
    facts = HelpFacts(
        team_id=body.team_id,
        services=tuple(body.services),
        people=body.people,
        helped=body.helped,
        given_on=body.given_on,
        note=body.note,
    )
    return Status(
        201, _help(acts.correct_help(request.actor, body.id, help, facts, reason=body.reason))
    )


@router.post(
    "/help/{id}/withdraw", operation_id="withdraw_help", response={200: HelpOut, PROBLEMS: Problem}
)
def withdraw_help(request: ApiRequest, id: UUID, body: HelpReasonIn) -> HelpOut:
    """Take a help back: what it posted is reversed."""
    help = queries.get_help(request.actor, id)
    return _help(acts.withdraw_help(request.actor, help, reason=body.reason))


@router.get(
    "/activities/{id}/helps", operation_id="helps_of", response={200: HelpsOut, PROBLEMS: Problem}
)
def helps_of(request: ApiRequest, id: UUID, asked: Query[SliceIn]) -> HelpsOut:
    """The helps of an activity, the latest first, without those that were corrected."""
    activity = queries.get_activity(request.actor, id)
    found = queries.helps_of(request.actor, activity, after=asked.after, limit=asked.limit)
    return HelpsOut(items=[_help(line.help) for line in found.items], next=found.next)


def _given(body: HelpIn) -> GivenHelp:
    return GivenHelp(
        id=body.id,
        activity_id=body.activity_id,
        same_people_as=body.same_people_as,
        team_id=body.team_id,
        services=tuple(body.services),
        people=body.people,
        helped=body.helped,
        given_on=body.given_on,
        note=body.note,
        given_at=body.given_at,
        point=body.point,
        counted_before=body.counted_before,
    )


def _help(help: Help) -> HelpOut:
    return HelpOut(
        id=help.pk,
        activity_id=help.activity_id,
        team_id=help.team_id,
        services=help.services,
        people=help.people,
        helped=Helped(help.helped),
        given_on=help.given_on,
        note=help.note,
        group=help.group,
        corrects=help.corrects_id,
        state=HelpState(help.state),
        recorded_at=help.recorded_at,
        given_at=help.given_at,
        point=None if help.lat is None or help.lon is None else (help.lat, help.lon),
        counted_before=help.counted_before,
        review_reason=help.review_reason,
        review_words=help.review_words,
    )


def _answer(answer: HelpAnswer) -> AnswerOut:
    why = Problem(**problem(answer.error)) if answer.error else None
    return AnswerOut(id=answer.id, outcome=answer.outcome, problem=why)
