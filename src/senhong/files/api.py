from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Header, Router, Schema

from senhong.core.errors import DomainError
from senhong.files import services, uploading
from senhong.files.errors import PieceOutOfRange, UploadOffset
from senhong.files.models import Upload
from senhong.files.queries import get_upload
from senhong.files.services import MOST_PHOTO_BYTES, PhotoFacts
from senhong.files.uploading import LEAST_PIECE, MOST_PIECE
from senhong.web.api import PROBLEMS, Instant, Problem, SchemaIn, answered
from senhong.web.http import ApiRequest, known_actor

router = Router(tags=["field"])


class PhotoIn(SchemaIn):
    id: UUID = Field(description="Made by the client; the same id is one photo.")
    act: UUID = Field(description="The help that the photo stands behind.")
    size_bytes: Annotated[int, Field(strict=True, ge=1, le=MOST_PHOTO_BYTES)]
    digest: Annotated[
        str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of the bytes, in hexadecimal.")
    ]
    taken_at: Instant | None = Field(None, description="When it was taken, by the phone's clock.")


class PhotoOut(Schema):
    id: UUID
    received_bytes: int = Field(description="Where the next piece begins.")
    done: bool


@router.post(
    "/field/photos",
    operation_id="begin_upload",
    response={201: PhotoOut, 200: PhotoOut, PROBLEMS: Problem, 429: Problem},
)
def begin_upload(request: ApiRequest, body: PhotoIn) -> HttpResponse:
    """Announce a photo. 200 when it is done: this person has sent the same bytes before."""
    facts = PhotoFacts(
        act=body.act, size_bytes=body.size_bytes, digest=body.digest, taken_at=body.taken_at
    )
    upload = services.begin_upload(known_actor(request), body.id, facts)
    upload = _finished(request, upload)
    return answered(200 if upload.is_done else 201, _out(upload))


@router.get(
    "/field/photos/{id}", operation_id="get_upload", response={200: PhotoOut, PROBLEMS: Problem}
)
def get_photo(request: ApiRequest, id: UUID) -> PhotoOut:
    """How much of one's own photo has arrived."""
    return _out(get_upload(request.actor, id))


@router.patch(
    "/field/photos/{id}",
    operation_id="take_piece",
    response={200: PhotoOut, PROBLEMS: Problem},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string"}}},
        }
    },
)
def take_piece(
    request: ApiRequest,
    id: UUID,
    offset: Annotated[int, Header(alias="Upload-Offset", ge=0, le=MOST_PHOTO_BYTES)],
) -> PhotoOut:
    """The next piece, from the offset on: 4 to 256 kB, the last one may be smaller.

    When the last byte has arrived the picture is checked, and all that its camera wrote into it
    is taken out.
    """
    upload = get_upload(request.actor, id)
    if upload.received_bytes != offset:
        raise UploadOffset(received_bytes=upload.received_bytes)
    if not upload.is_whole:
        piece = _piece(request, upload)
        name = uploading.lay_piece(upload.pk, offset, piece)
        upload = services.take_piece(
            request.actor, upload, name, offset=offset, size_bytes=len(piece)
        )
    return _out(_finished(request, upload))


def _piece(request: ApiRequest, upload: Upload) -> bytes:
    """What was sent, if its size is right; it is not read when it says that it is too much."""
    missing = upload.size_bytes - upload.received_bytes
    most = min(MOST_PIECE, missing)
    said = request.headers.get("Content-Length") or "0"
    piece = request.body if said.isdigit() and int(said) <= most else b""
    if not min(LEAST_PIECE, missing) <= len(piece) <= most:
        raise PieceOutOfRange(least_kb=LEAST_PIECE // 1024, most_kb=MOST_PIECE // 1024)
    return piece


def _finished(request: ApiRequest, upload: Upload) -> Upload:
    """The upload, done if all of it is there; one that is no use begins anew."""
    if upload.is_done or not upload.is_whole:
        return upload
    try:
        stored = uploading.assembled(upload.pieces, upload.digest)
    except DomainError:
        services.restart_upload(request.actor, upload)
        uploading.clear_pieces(upload.pk)
        raise
    upload = services.finish_upload(request.actor, upload, **vars(stored))
    uploading.clear_pieces(upload.pk)
    return upload


def _out(upload: Upload) -> PhotoOut:
    return PhotoOut(id=upload.pk, received_bytes=upload.received_bytes, done=upload.is_done)
