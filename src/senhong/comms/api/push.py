from typing import Annotated
from uuid import UUID

from ninja import Field, Query, Schema, Status

from senhong.comms import services as acts
from senhong.comms.api.routing import router
from senhong.comms.connectors.push.keys import public_key
from senhong.comms.models import PushSubscription
from senhong.web.api import PROBLEMS, Problem, SchemaIn
from senhong.web.http import ApiRequest

_MOST_ENDPOINT = 1000


class PushKeyOut(Schema):
    key: str = Field(description="`applicationServerKey` of a subscription, base64url.")


class PushIn(SchemaIn):
    endpoint: Annotated[str, Field(min_length=1, max_length=_MOST_ENDPOINT)]
    p256dh: Annotated[str, Field(min_length=1, max_length=120)] = Field(
        description="The browser's public key, base64url."
    )
    auth: Annotated[str, Field(min_length=1, max_length=40)] = Field(
        description="The browser's secret, base64url."
    )


class PushOut(Schema):
    id: UUID
    endpoint: str


@router.get("/field/push", operation_id="push_key", response={200: PushKeyOut, PROBLEMS: Problem})
def push_key(request: ApiRequest) -> PushKeyOut:
    """The key that a browser needs before it subscribes."""
    return PushKeyOut(key=public_key())


@router.post("/field/push", operation_id="take_push", response={201: PushOut, PROBLEMS: Problem})
def take_push(request: ApiRequest, body: PushIn) -> Status[PushSubscription]:
    """Send the caller's notes to this browser too. Safe to send again."""
    browser = acts.Browser(**body.model_dump())
    return Status(201, acts.take_push(request.actor, browser, device=_device(request)))


@router.delete("/field/push", operation_id="end_push", response={204: None, PROBLEMS: Problem})
def end_push(
    request: ApiRequest,
    endpoint: Annotated[str, Query(max_length=_MOST_ENDPOINT)] = "",
) -> Status[None]:
    """No more notes to the browser at the endpoint; without one, to the device that asks."""
    acts.end_push(request.actor, endpoint=endpoint, device=_device(request))
    return Status(204, None)


def _device(request: ApiRequest) -> UUID | None:
    """The phone that asks by a token of its own."""
    device = getattr(request, "device", None)
    return None if device is None else device.pk
