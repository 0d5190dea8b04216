"""Pictures without what a camera wrote into them: where, when and with what they were taken.

A picture is taken apart into its pieces and put together again from those that draw it; what does
not come apart so is no picture. Nothing is decoded, so a crafted one costs no more than its bytes.
JPEG: ITU-T T.81 annex B. PNG: ISO/IEC 15948. WebP: RFC 9649. Orientation: Exif 2.32, tag 0x0112.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePath

from django.core.files import File
from django.core.files.base import ContentFile

from senhong.files.errors import FileEmpty, FileTooLarge, NotAPicture
from senhong.files.storage import MOST_BYTES

MOST_PIXELS = 50_000_000  # a phone's largest; more is no photograph but a way to fill a memory
Size = tuple[int, int]


def bare_picture(upload: File[bytes]) -> ContentFile[bytes]:
    """The picture itself, upright as it was, named after its kind.

    Raises FileEmpty, FileTooLarge, NotAPicture.
    """
    if not upload.size:
        raise FileEmpty
    if upload.size > MOST_BYTES:
        raise FileTooLarge(most_mb=MOST_BYTES // 1024**2)
    upload.seek(0)
    data = upload.read()
    for begins, (ending, bared) in _KINDS.items():
        if data.startswith(begins):
            stem = PurePath((upload.name or "").replace("\\", "/")).stem or "anh"
            return ContentFile(_bared(bared, data), name=f"{stem}{ending}")
    raise NotAPicture


def _bared(bared: "Callable[[bytes], tuple[bytes, Size]]", data: bytes) -> bytes:
    try:
        picture, (width, height) = bared(data)
    except (IndexError, ValueError) as error:  # a piece that is not all there
        raise NotAPicture from error
    if not 0 < width * height <= MOST_PIXELS:
        raise NotAPicture
    return picture


def _must(true: bool) -> None:  # reads as a sentence
    if not true:
        raise ValueError


_EOI, _SOS, _APP0, _APP1, _APP2, _APP14 = 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_TABLES = {0xC4, 0xCC, 0xDB, 0xDC, 0xDD}
# In the coded data of a scan: neither a stuffed byte, nor a restart, nor a fill byte.
_MARKER = re.compile(rb"\xff(?=[^\x00\xd0-\xd7\xff])", re.DOTALL)


def _bare_jpeg(data: bytes) -> tuple[bytes, Size]:
    size, turned, kept = (0, 0), 1, []
    for marker, piece in _segments(data):
        if marker in _FRAMES:
            size = int.from_bytes(piece[7:9]), int.from_bytes(piece[5:7])
        if marker == _APP1 and piece[4:10] == b"Exif\0\0":
            turned = _orientation(piece[10:])
        elif _draws(marker, piece):
            kept.append(piece)
    _must(size != (0, 0) and any(piece[1] == _SOS for piece in kept))
    head = [b"\xff\xd8", *([_turned(turned)] if turned > 1 else [])]
    return b"".join([*head, *kept, b"\xff\xd9"]), size


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each piece from the second to the end of the image; a scan has its coded data with it."""
    at = 2
    while True:
        _must(data[at] == 0xFF)
        while data[at + 1] == 0xFF:  # fill bytes
            at += 1
        marker = data[at + 1]
        if marker == _EOI:
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        _must(end - at >= 4 and end < len(data))
        if marker == _SOS:
            end = _end_of_scan(data, end)
        yield marker, data[at:end]
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    found = _MARKER.search(data, at)
    _must(found is not None)
    return found.start() if found else at


def _draws(marker: int, piece: bytes) -> bool:
    if marker in _FRAMES or marker in _TABLES or marker == _SOS:
        return True
    body = piece[4:]
    return (
        (marker == _APP0 and body.startswith(b"JFIF\0"))
        or (marker == _APP2 and body.startswith(b"ICC_PROFILE\0"))
        or (marker == _APP14 and body.startswith(b"Adobe"))
    )


def _orientation(tiff: bytes) -> int:
    """How the camera was held, 1 to 8; 1 where it does not say."""

    def number(at: int, length: int) -> int:
        return int.from_bytes(tiff[at : at + length], "little" if tiff[:2] == b"II" else "big")

    first = number(4, 4)
    for entry in range(min(number(first, 2), 200)):
        at = first + 2 + 12 * entry
        if number(at, 2) == 0x0112:
            return number(at + 8, 2) if 1 <= number(at + 8, 2) <= 8 else 1
    return 1


def _turned(orientation: int) -> bytes:
    """An Exif piece that says nothing but how the camera was held."""
    entry = bytes.fromhex("0112 0003 00000001") + bytes([0, orientation, 0, 0])
    body = b"Exif\0\0MM\0*\0\0\0\x08" + b"\0\x01" + entry + bytes(4)
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body


_PNG = b"\x89PNG\r\n\x1a\n"
_DRAWING = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"bKGD", b"pHYs",
}  # fmt: skip


def _bare_png(data: bytes) -> tuple[bytes, Size]:
    chunks = [*_chunks(data)]
    kinds = [kind for kind, _chunk in chunks]
    _must(kinds[0] == b"IHDR" and b"IDAT" in kinds)
    head = chunks[0][1]
    size = int.from_bytes(head[8:12]), int.from_bytes(head[12:16])
    return _PNG + b"".join(chunk for kind, chunk in chunks if kind in _DRAWING), size


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        length = int.from_bytes(data[at : at + 4])
        chunk = data[at : at + 12 + length]
        kind = chunk[4:8]
        _must(len(chunk) == 12 + length and len(kind) == 4)
        _must(zlib.crc32(chunk[4:-4]) == int.from_bytes(chunk[-4:]))
        yield kind, chunk
        at += len(chunk)


_IN_WEBP = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_EXIF_AND_XMP = 0x0C  # of the flags in VP8X


def _bare_webp(data: bytes) -> tuple[bytes, Size]:
    _must(data[8:12] == b"WEBP")
    chunks = [*_riff(data[: 8 + int.from_bytes(data[4:8], "little")])]
    kept = [_without_flags(kind, chunk) for kind, chunk in chunks if kind in _IN_WEBP]
    sizes = [size for kind, chunk in chunks if (size := _webp_size(kind, chunk[8:]))]
    _must(bool(sizes) and chunks[0][0] in {b"VP8 ", b"VP8L", b"VP8X"})
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body, sizes[0]


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at < len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        _must(at + 8 + length <= len(data))
        yield data[at : at + 4], data[at:end].ljust(end - at, b"\0")
        at = end


def _without_flags(kind: bytes, chunk: bytes) -> bytes:
    if kind != b"VP8X":
        return chunk
    return chunk[:8] + bytes([chunk[8] & ~_EXIF_AND_XMP]) + chunk[9:]


def _webp_size(kind: bytes, body: bytes) -> Size | None:
    if kind == b"VP8X":
        width, height = body[4:7], body[7:10]
        return int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1
    if kind == b"VP8L":
        _must(body[0] == 0x2F)
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        _must(body[3:6] == b"\x9d\x01\x2a")
        width, height = body[6:8], body[8:10]
        return int.from_bytes(width, "little") & 0x3FFF, int.from_bytes(height, "little") & 0x3FFF
    return None


_KINDS: "dict[bytes, tuple[str, Callable[[bytes], tuple[bytes, Size]]]]" = {
    b"\xff\xd8\xff": (".jpg", _bare_jpeg),
    _PNG: (".png", _bare_png),
    b"RIFF": (".webp", _bare_webp),
}
