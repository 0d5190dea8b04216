"""Sync over the API: what phones bring, and what they take along."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from senhong.activities.models import Helped
from senhong.core import clock
from senhong.sync import queries, services
from senhong.sync.answers import bundle_as_json, results_as_json
from senhong.sync.delivery import Result, Sender
from senhong.sync.errors import BodyUnreadable
from senhong.sync.parsing import MOST_ACTS, body_of, unpacked
from senhong.sync.taken_along import BundleOut, LatLon
from senhong.web.api import PROBLEMS, Instant, Problem, SchemaIn
from senhong.web.http import ApiRequest, known_actor

router = Router(tags=["sync"])

ActId = Annotated[
    UUID, Field(description="UUID version 7, made by the phone; names one act for ever.")
]
At = Annotated[Instant, Field(description="By the phone's clock. Its day in the province counts.")]
Codes = Annotated[
    list[Annotated[str, Field(max_length=40)]],
    Field(max_length=40, description="Codes of services: see /services."),
]
Note = Annotated[str, Field(max_length=500, description="Never a name or number of a person.")]
Whole = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
_ID = "01985f6e-0a00-7000-8000-00000000000"
_AT = "2026-03-20T08:15:00+07:00"


class ActIn(Schema):
    model_config = ConfigDict(extra="forbid")

    id: ActId
    at: At


def _examples(*acts: dict[str, Any]) -> ConfigDict:
    """Each a whole act; ``examples`` of the document are fed to the parser by a test."""
    return ConfigDict(json_schema_extra={"examples": list(acts)})


class HelpActIn(ActIn):
    """Help given by a team."""

    type: Literal["help"]
    team: UUID
    activity: UUID | None = Field(None, description="null: the team's everyday help of that day.")
    services: Codes
    citizens: Annotated[Whole, Field(description="At least 1.")]
    same_people: bool = Field(False, description="They are counted already: no citizen turns.")
    same_people_as: UUID | None = Field(None, description="The first help to the same people.")
    helped: Helped = Helped.CITIZENS
    note: Note = ""
    point: LatLon | None = Field(None, description="Rounded to 0.01, never kept finer.")
    model_config = _examples(
        {
            "id": f"{_ID}1", "type": "help", "team": f"{_ID}a", "activity": f"{_ID}b",
            "services": ["vneid"], "citizens": 1, "at": _AT,
        },
        {
            "id": f"{_ID}2", "type": "help", "team": f"{_ID}a", "activity": None,
            "services": ["vneid", "cashless-payment"], "citizens": 2, "same_people": True,
            "same_people_as": f"{_ID}1", "helped": "citizens", "at": _AT, "note": "",
            "point": [10.46, 105.63],
        },
    )  # fmt: skip


class CorrectionActIn(ActIn):
    """Other facts in the place of a help, also of one that was returned."""

    type: Literal["correction"]
    corrects: UUID
    services: Codes = []
    citizens: Annotated[Whole, Field(description="0 withdraws the help.")]
    note: Note = ""
    reason: Annotated[str, Field(max_length=300)] = ""
    model_config = _examples(
        {
            "id": f"{_ID}3", "type": "correction", "corrects": f"{_ID}1",
            "services": ["vneid"], "citizens": 2, "reason": "Đếm thiếu", "at": _AT,
        }
    )  # fmt: skip


class CheckInActIn(ActIn):
    """Who sends it scanned the code that the leader showed."""

    type: Literal["check-in"]
    activity: UUID
    step: Whole | None = Field(None, description="Of the code; null: it was typed.")
    code: Annotated[str, Field(max_length=20)]
    model_config = _examples(
        {
            "id": f"{_ID}4", "type": "check-in", "activity": f"{_ID}b",
            "step": 59130000, "code": "ABC234", "at": _AT,
        }
    )  # fmt: skip


class AttendanceActIn(ActIn):
    """The leader ticks that a member is there, has left, or is not there.

    What was ticked before the activity was closed counts, also when it arrives afterwards.
    """

    type: Literal["attendance"]
    activity: UUID
    member: UUID
    present: bool
    left: bool = Field(False, description="With present: she was there, and has left again.")
    model_config = _examples(
        {
            "id": f"{_ID}5", "type": "attendance", "activity": f"{_ID}b",
            "member": f"{_ID}c", "present": True, "at": _AT,
        },
        {
            "id": f"{_ID}7", "type": "attendance", "activity": f"{_ID}b",
            "member": f"{_ID}c", "present": True, "left": True, "at": _AT,
        },
    )  # fmt: skip


class SignUpActIn(ActIn):
    """Who sends it wants a seat, confirms it, or gives it back."""

    type: Literal["sign-up"]
    activity: UUID
    answer: Literal["sign-up", "confirm", "cancel"]
    anyway: bool = Field(
        False,
        description="Sign up although another of her activities takes place at that time; "
        "without it that is returned (overlaps).",
    )
    model_config = _examples(
        {
            "id": f"{_ID}6", "type": "sign-up", "activity": f"{_ID}b",
            "answer": "sign-up", "at": _AT,
        },
        {
            "id": f"{_ID}8", "type": "sign-up", "activity": f"{_ID}b",
            "answer": "sign-up", "anyway": True, "at": _AT,
        },
    )  # fmt: skip


class ActivityActIn(ActIn):
    """The leader starts or closes an activity; running, of a closed one, opens it again.

    What somebody decided after ``at`` stands. One that is cancelled is returned.
    """

    type: Literal["activity"]
    activity: UUID
    to: Literal["running", "closed"]
    model_config = _examples(
        {
            "id": f"{_ID}9", "type": "activity", "activity": f"{_ID}b",
            "to": "closed", "at": _AT,
        }
    )  # fmt: skip


AnyActIn = (
    HelpActIn | CorrectionActIn | CheckInActIn | AttendanceActIn | SignUpActIn | ActivityActIn
)
ACTS = (
    HelpActIn, CorrectionActIn, CheckInActIn, AttendanceActIn, SignUpActIn, ActivityActIn,
)  # fmt: skip


class SyncIn(Schema):
    device_time: Instant | None = Field(
        None, description="What the phone's clock says as it sends: only its offset is used."
    )
    acts: list[Annotated[AnyActIn, Field(discriminator="type")]] = Field(
        max_length=MOST_ACTS,
        description="Each is judged alone. One that does not fit is held, and spoils no other.",
    )


class ResultOut(Schema):
    id: str | None = Field(description="As it was sent; null where none can be read.")
    result: Result
    code: str = Field(description="Of the error; empty where there is nothing to say.")
    detail: str = Field(description="The same in words for people.")


class SyncOut(Schema):
    results: list[ResultOut] = Field(description="In the order in which the acts were sent.")
    server_time: datetime


class HaveIn(SchemaIn):
    have: Annotated[str, Field(max_length=400)] = Field(
        "", description="What the phone has: me:<version>,teams:<version>,…"
    )


@router.post("/sync", operation_id="sync", response={200: SyncOut, PROBLEMS: Problem, 429: Problem})
def sync(request: ApiRequest, body: SyncIn) -> HttpResponse:
    """Bring up to 200 acts. Safe to send again, in any order, after a lost answer.

    recorded, already-recorded: it counts. returned: a rule is not met, and the person decides.
    conflict, held: kept as it came, and the office decides; for the phone it is sent. The body may
    be packed (Content-Encoding: gzip). One that cannot be read is kept whole and answered 400;
    of a person of whom too much was kept that day it is not kept, and answered 429.
    """
    actor = known_actor(request)
    device = _device(request)
    sent = request.body
    try:
        read = body_of(unpacked(sent, request.headers.get("Content-Encoding", "")))
    except BodyUnreadable:
        services.keep_body(actor, sent, Sender(actor.user_id, device))
        raise
    now = clock.now()
    behind = now - read.device_time if read.device_time else timedelta(0)
    sender = Sender(actor.user_id, device, behind)
    told = services.receive_acts(actor, read.values, read.texts, sender)
    return _json(results_as_json(told, now))


@router.get(
    "/field/bundle",
    operation_id="field_bundle",
    response={200: BundleOut, 304: None, PROBLEMS: Problem},
)
def field_bundle(request: ApiRequest, asked: Query[HaveIn]) -> HttpResponse:
    """What the person's phone takes along: only the sections that it does not have as they are."""
    bundle = queries.bundle_of(known_actor(request), _device(request))
    if request.headers.get("If-None-Match") == bundle.etag:
        answer = HttpResponse(status=304)
    else:
        had = [tuple(each.split(":", 1)) for each in asked.have.split(",") if ":" in each]
        answer = _json(bundle_as_json(bundle.without(had), clock.now()))  # type: ignore[arg-type]  # pairs
    answer["ETag"], answer["Cache-Control"] = bundle.etag, "private, no-cache"
    answer["Vary"] = "Accept-Language, Authorization, Cookie"
    return answer


def _json(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def _device(request: HttpRequest) -> UUID | None:
    """The phone that asks, where one does."""
    device = getattr(request, "device", None)
    return device.pk if device is not None else None


def _is_read_by_hand(request: HttpRequest, api: Any, path_params: Any) -> dict[str, Any]:
    return {"body": None}


# The document says what a body is; ``parsing`` reads it, so that one bad act spoils no other.
for _operation in router.path_operations["/sync"].operations:
    for _model in _operation.models:
        _model.resolve = _is_read_by_hand
