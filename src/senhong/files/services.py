from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.conf import settings
from django.db import transaction

from senhong.audit.services import all_happened, happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, IdReused
from senhong.core.text import nfc
from senhong.files.errors import PhotoTooLarge, TooManyPhotos, UploadOffset
from senhong.files.models import StoredFile, Upload

MOST_PHOTO_BYTES = 1024 * 1024
# Whoever may do one of these anywhere: photos stand behind help.
_SENDERS = ("help.record", "help.propose")


class StoredFacts(TypedDict):
    """What ``storage.save`` found."""

    content_type: str
    size_bytes: int
    digest: str  # SHA-256 of the bytes, hex


class FileFacts(StoredFacts):
    """And what the file is called."""

    name: str


@transaction.atomic
def keep_file(
    actor: Actor, id: UUID, *, place: str, is_private: bool = False, **facts: Unpack[FileFacts]
) -> StoredFile:
    """A file that lies in the store belongs to the unit with the path ``place`` from now on.

    Whoever works at that place may keep a file there; what it is attached to asks for its own
    permission. The same ``id`` with the same facts returns the first row.
    Raises Forbidden, IdReused.

    is_private  it is opened only through what it is attached to
    """
    actor.require("unit.view", at=place)
    wanted = {**facts, "name": _plain_name(facts["name"]), "place": place, "is_private": is_private}
    kept, is_new = StoredFile.objects.get_or_create(id=id, defaults=wanted)
    if is_new:
        happened(actor, "file.kept", kept, content_type=kept.content_type)
    elif any(getattr(kept, column) != value for column, value in wanted.items()):
        raise IdReused(id=str(id))
    return kept


def _plain_name(name: str) -> str:
    """The last part of a name, at most 200 characters, its ending kept."""
    plain = nfc(name.replace("\\", "/").rsplit("/", 1)[-1])
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: 199 - len(ending)]}{dot}{ending}"


@dataclass(frozen=True, kw_only=True)
class PhotoFacts:
    """A photo as the phone announces it."""

    act: UUID  # what it stands behind
    size_bytes: int
    digest: str  # SHA-256 of the bytes, hex
    taken_at: datetime | None = None


@transaction.atomic
def begin_upload(actor: Actor, id: UUID, facts: PhotoFacts) -> Upload:
    """A photo is on its way; what this person has sent before is whole at once.

    The same ``id`` with the same facts returns the first row. Whoever may record or propose help
    anywhere may send photos, ``PHOTOS_A_DAY`` of them. Raises Forbidden, PhotoTooLarge,
    TooManyPhotos, IdReused.
    """
    if not _may_send(actor):
        raise Forbidden(verb=_SENDERS[0])
    if not 0 < facts.size_bytes <= MOST_PHOTO_BYTES:
        raise PhotoTooLarge(most_kb=MOST_PHOTO_BYTES // 1024)
    _require_room(actor, id)
    wanted = {"user_id": actor.user_id, **vars(facts)}
    defaults = wanted | {"began_at": clock.now()}
    upload, is_new = Upload.objects.get_or_create(id=id, defaults=defaults)
    if not is_new and any(getattr(upload, name) != value for name, value in wanted.items()):
        raise IdReused(id=str(id))
    if is_new:
        happened(actor, "upload.begun", upload)
        if before := _sent_before(upload):
            _complete(actor, upload, before)
    return upload


@transaction.atomic
def take_piece(actor: Actor, upload: Upload, name: str, *, offset: int, size_bytes: int) -> Upload:
    """A piece that lies in the store continues the photo. Of two that do, the first one counts.

    Raises Forbidden, UploadOffset.
    """
    _require_own(actor, upload)
    moved = Upload.objects.filter(pk=upload.pk, received_bytes=offset, file__isnull=True).update(
        received_bytes=offset + size_bytes, pieces=[*upload.pieces, name]
    )
    if not moved or upload.received_bytes != offset:
        raise UploadOffset(received_bytes=Upload.objects.get(pk=upload.pk).received_bytes)
    return Upload.objects.get(pk=upload.pk)


@transaction.atomic
def finish_upload(actor: Actor, upload: Upload, **facts: Unpack[StoredFacts]) -> Upload:
    """The photo is whole and lies in the store. Finishing again changes nothing.

    Raises Forbidden.
    """
    _require_own(actor, upload)
    if upload.is_done:
        return upload
    name = f"anh.{facts['content_type'].rpartition('/')[2]}"
    file, _new = StoredFile.objects.get_or_create(
        id=upload.pk, defaults={**facts, "name": name, "place": "", "is_private": True}
    )
    _complete(actor, upload, file)
    return upload


@transaction.atomic
def restart_upload(actor: Actor, upload: Upload) -> Upload:
    """What arrived was no use: the phone begins again, or gives up. Raises Forbidden."""
    _require_own(actor, upload)
    if not upload.is_done:
        upload.received_bytes, upload.pieces = 0, []
        upload.save(update_fields=["received_bytes", "pieces"])
        happened(actor, "upload.restarted", upload)
    return upload


@transaction.atomic
def forget_uploads(actor: Actor, ids: Collection[UUID]) -> int:
    """Uploads that were given up are no longer known; how many. Raises Forbidden."""
    actor.require("system.run", at="")
    gone = list(Upload.objects.filter(pk__in=ids, file__isnull=True))
    Upload.objects.filter(pk__in=[upload.pk for upload in gone]).delete()
    all_happened(actor, "upload.forgotten", [(upload, {}) for upload in gone])
    return len(gone)


def _require_room(actor: Actor, id: UUID) -> None:
    day = clock.start_of(clock.today())
    begun = Upload.objects.filter(user=actor.user_id, began_at__gte=day).exclude(pk=id)
    full = begun.count() >= settings.PHOTOS_A_DAY
    if full and not Upload.objects.filter(pk=id).exists():
        raise TooManyPhotos(most=settings.PHOTOS_A_DAY)


@transaction.atomic
def carry_uploads(actor: Actor, *, kept: int, given_up: int) -> None:
    """Photos that one account sends, the other goes on with: from account.united, in its
    transaction."""
    Upload.objects.filter(user=given_up).update(user=kept)


def _require_own(actor: Actor, upload: Upload) -> None:
    if upload.user_id != actor.user_id or not _may_send(actor):
        raise Forbidden(verb=_SENDERS[0])


def _may_send(actor: Actor) -> bool:
    return any(actor.can_somewhere(verb) for verb in _SENDERS)


def _sent_before(upload: Upload) -> StoredFile | None:
    same = Upload.objects.filter(user=upload.user_id, digest=upload.digest, file__isnull=False)
    found = same.select_related("file").first()
    return found.file if found else None


def _complete(actor: Actor, upload: Upload, file: StoredFile) -> None:
    upload.file, upload.received_bytes, upload.pieces = file, upload.size_bytes, []
    upload.save(update_fields=["file", "received_bytes", "pieces"])
    happened(actor, "upload.finished", upload, upload=str(upload.pk))
