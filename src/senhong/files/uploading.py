"""The pieces of photos on their way, in the store's folder of what is not whole yet.

For adapters only, as ``storage`` is. Each piece is a file of its own, so nothing is appended and a
folder or a bucket serves alike; which pieces belong to a photo stands in its row.
"""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from senhong.core.ids import uuid7
from senhong.files import storage
from senhong.files.errors import PhotoDamaged
from senhong.files.pictures import bare_picture
from senhong.files.storage import Stored

LEAST_PIECE, MOST_PIECE = 4 * 1024, 256 * 1024  # bytes; the last piece may be smaller
_FOLDER = "uploads"


def lay_piece(upload: UUID, offset: int, piece: bytes) -> str:
    """Lay a piece down; its name. Of two that are sent at once each has a name of its own."""
    name = f"{_FOLDER}/{upload}/{offset:07d}-{uuid7()}"
    return default_storage.save(name, ContentFile(piece))


def assembled(pieces: Sequence[str], digest: str) -> Stored:
    """The picture out of its pieces, checked, bared and laid in the store.

    Raises PhotoDamaged, NotAPicture.
    """
    try:
        whole = b"".join(_read(name) for name in pieces)
    except FileNotFoundError as error:  # cleared away at this moment
        raise PhotoDamaged from error
    if hashlib.sha256(whole).hexdigest() != digest:
        raise PhotoDamaged
    return storage.save(bare_picture(ContentFile(whole, name="anh")))


def clear_pieces(upload: UUID) -> None:
    """Nothing is left of the pieces of an upload."""
    folder = f"{_FOLDER}/{upload}"
    if default_storage.exists(folder):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")
        default_storage.delete(folder)


def _read(name: str) -> bytes:
    with default_storage.open(name) as piece:
        content: bytes = piece.read()
    return content
