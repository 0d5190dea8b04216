from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from senhong.accounts import services
from senhong.accounts.auth import signed_in_user
from senhong.accounts.limits import count_try
from senhong.accounts.services import IssuedDevice
from senhong.core.actor import Actor
from senhong.web.api import PROBLEMS, Problem, SchemaIn

router = Router(tags=["field"])


class DeviceIn(SchemaIn):
    id: UUID = Field(description="Made by the phone; sent again it gets another token.")
    name: str = Field(min_length=1, max_length=100, description="As a person would tell it apart.")
    link: str | None = Field(
        None, max_length=200, description="The secret of a one-time link; null: the session asks."
    )


class EarlierKeyOut(Schema):
    user_id: int = Field(description="The account that has become this one.")
    keep_key: str


class IssuedDeviceOut(Schema):
    id: UUID
    token: str = Field(description="Shown only now: Authorization: Bearer sd_…")
    user_id: int
    full_name: str
    keep_key: str = Field(
        description="Base64 of 32 bytes. The same for every device of this person, and told to "
        "nobody else: with it the phone encrypts what stays behind at signing out."
    )
    earlier_keys: list[EarlierKeyOut]


@router.post(
    "/field/devices",
    operation_id="add_device",
    auth=None,
    response={201: IssuedDeviceOut, PROBLEMS: Problem, 429: Problem},
)
def add_device(request: HttpRequest, body: DeviceIn) -> Status[IssuedDeviceOut]:
    """Sign a phone in: by a one-time link, or by the session of a browser with its CSRF token.

    A link opens for one phone: who comes second, or after ten minutes, is refused (422).
    """
    if body.link is not None:
        count_try(request, "link")
        issued = services.add_device_by_link(body.id, secret=body.link, name=body.name)
    else:
        user = signed_in_user(request)
        issued = services.add_device(Actor(user.pk), body.id, user=user, name=body.name)
    return Status(201, _told(issued))


def _told(issued: IssuedDevice) -> IssuedDeviceOut:
    user = issued.device.user
    return IssuedDeviceOut(
        id=issued.device.pk,
        token=issued.token,
        user_id=user.pk,
        full_name=user.full_name,
        keep_key=issued.keep_key,
        earlier_keys=[
            EarlierKeyOut(user_id=key.made_for, keep_key=key.secret) for key in issued.earlier_keys
        ],
    )
