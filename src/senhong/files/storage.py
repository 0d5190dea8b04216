"""Where the bytes of files lie: under their digest, each content once.

For adapters only: a service never waits for a disk. Bytes whose row was then not written are
harmless; the next upload of the same content finds them.
"""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from django.core.files import File
from django.core.files.storage import default_storage

from senhong.files.errors import FileEmpty, FileKindNotAllowed, FileTooLarge

MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What was saved: to be kept by ``services.keep_file``."""

    digest: str  # SHA-256 of the bytes, hex
    size_bytes: int
    content_type: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it begins, and for Office files the folder inside."""

    content_type: str
    begins: bytes
    inside: str = ""
    ninth: bytes = b""  # from the ninth byte on


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word and Excel until 2003
KINDS: dict[str, Kind] = {
    ".pdf": Kind("application/pdf", b"%PDF-"),
    ".docx": Kind(f"{_OPEN_XML}.wordprocessingml.document", b"PK\x03\x04", "word/"),
    ".xlsx": Kind(f"{_OPEN_XML}.spreadsheetml.sheet", b"PK\x03\x04", "xl/"),
    ".doc": Kind("application/msword", _OLE),
    ".xls": Kind("application/vnd.ms-excel", _OLE),
    ".png": Kind("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": Kind("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": Kind("image/jpeg", b"\xff\xd8\xff"),
    ".webp": Kind("image/webp", b"RIFF", ninth=b"WEBP"),
}
ACCEPT = ",".join(KINDS)  # for the form's field


def save(upload: File[bytes]) -> Stored:
    """Check an upload by size, name and content, and lay its bytes in the store.

    Raises FileEmpty, FileTooLarge, FileKindNotAllowed.
    """
    if upload.size == 0:
        raise FileEmpty
    if upload.size > MOST_BYTES:
        raise FileTooLarge(most_mb=MOST_BYTES // 1024**2)
    content_type = _content_type(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    _lay(upload, place_of(digest.hexdigest()))
    return Stored(digest=digest.hexdigest(), size_bytes=upload.size, content_type=content_type)


def place_of(digest: str) -> str:
    """The name of the bytes in the store."""
    return f"{digest[:2]}/{digest}"


def opened(digest: str) -> File[bytes]:
    """The bytes, to be read. Raises FileNotFoundError when the store has lost them."""
    return default_storage.open(place_of(digest))


def _content_type(upload: File[bytes]) -> str:
    kind = KINDS.get(PurePath(upload.name or "").suffix.lower())
    upload.seek(0)
    head = upload.read(16)
    if kind is None or not (head.startswith(kind.begins) and head[8:].startswith(kind.ninth)):
        raise FileKindNotAllowed
    if kind.inside and not _is_office(upload, kind.inside):
        raise FileKindNotAllowed
    upload.seek(0)
    return kind.content_type


def _is_office(upload: File[bytes], inside: str) -> bool:
    """A zip with the right folder, and no program in it."""
    try:
        with ZipFile(upload) as parts:
            names = parts.namelist()
    except (BadZipFile, NotImplementedError, UnicodeDecodeError):
        return False  # no zip, one of a kind that nobody writes, or names in no known letters
    has_program = any(name.lower().endswith("vbaproject.bin") for name in names)
    return not has_program and any(name.startswith(inside) for name in names)


def _lay(upload: File[bytes], place: str) -> None:
    if default_storage.exists(place):
        return
    upload.seek(0)
    laid = default_storage.save(place, upload)
    if laid != place:  # somebody laid the same content at this moment
        default_storage.delete(laid)
