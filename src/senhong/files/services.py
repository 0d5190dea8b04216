from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.text import nfc
from senhong.files.models import StoredFile


class FileFacts(TypedDict):
    """What ``storage.save`` found, and what the file is called."""

    name: str
    content_type: str
    size_bytes: int
    digest: str  # SHA-256 of the bytes, hex


@transaction.atomic
def keep_file(actor: Actor, id: UUID, *, place: str, **facts: Unpack[FileFacts]) -> StoredFile:
    """A file that lies in the store belongs to the unit with the path ``place`` from now on.

    Whoever works at that place may keep a file there; what it is attached to asks for its own
    permission. The same ``id`` with the same facts returns the first row.
    Raises Forbidden, IdReused.
    """
    actor.require("unit.view", at=place)
    wanted = {**facts, "name": _plain_name(facts["name"]), "place": place}
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
