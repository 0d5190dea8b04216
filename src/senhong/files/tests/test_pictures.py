"""A picture is kept without where and when it was taken; what is no picture is not kept."""

import pytest
from django.core.files.base import ContentFile

from senhong.files.errors import FileEmpty, FileTooLarge, NotAPicture
from senhong.files.pictures import bare_picture
from senhong.files.storage import MOST_BYTES

EXIF = b"Exif\0\0"


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


def exif(orientation: int, order: str = "big") -> bytes:
    """As a phone writes it: how it was held, then where it was."""

    def number(value: int, length: int) -> bytes:
        return value.to_bytes(length, "big" if order == "big" else "little")

    entry = number(0x0112, 2) + number(3, 2) + number(1, 4) + number(orientation, 2) + b"\0\0"
    head = (b"MM" if order == "big" else b"II") + number(42, 2) + number(8, 4)
    return EXIF + head + number(1, 2) + entry + number(0, 4) + b"GPS 10.29 105.75"


FRAME = segment(0xC0, bytes([8]) + (30).to_bytes(2) + (40).to_bytes(2) + bytes([1, 1, 0x11, 0]))
SCAN = segment(0xDA, bytes([1, 1, 0, 0, 63, 0])) + b"\x12\xff\x00\x34\xff\xd0\x56"
TABLES = segment(0xDB, bytes(65))
JFIF = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
ICC = segment(0xE2, b"ICC_PROFILE\0\1\1sRGB")


def a_jpeg(*pieces: bytes, after: bytes = b"") -> bytes:
    return b"\xff\xd8" + JFIF + b"".join(pieces) + TABLES + FRAME + SCAN + b"\xff\xd9" + after


def bared(data: bytes, name: str = "ảnh.jpg") -> bytes:
    kept: bytes = bare_picture(ContentFile(data, name=name)).read()
    return kept


def test_a_photograph_loses_what_its_camera_wrote() -> None:
    taken = a_jpeg(
        segment(0xE1, exif(1)), ICC, segment(0xE1, b"http://ns.adobe.com/xap/1.0/ GPS"),
        segment(0xFE, b"GPS 10.29"), segment(0xE2, b"MPF\0GPS"), after=b"GPS of a motion photo",
    )  # fmt: skip

    assert bared(taken) == a_jpeg(ICC)


@pytest.mark.parametrize("order", ["big", "little"])
def test_a_photograph_stays_upright(order: str) -> None:
    kept = bared(a_jpeg(segment(0xE1, exif(6, order))))

    assert b"GPS" not in kept
    assert kept.startswith(b"\xff\xd8\xff\xe1")
    assert kept.count(EXIF) == 1
    assert kept[2:].startswith(segment(0xE1, EXIF + exif(6)[6:-16]))
    assert bared(kept) == kept


def test_several_scans_and_restarts_are_kept() -> None:
    progressive = a_jpeg(FRAME.replace(b"\xff\xc0", b"\xff\xc2"), SCAN, TABLES)

    assert bared(progressive) == progressive


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"WEBP" + b"".join(
        kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
        for kind, body in chunks
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body


LOSSY = (b"VP8 ", b"\0\0\0\x9d\x01\x2a" + bytes([40, 0, 30, 0]) + b"data")
LOSSLESS = (b"VP8L", b"\x2f" + (39 | 29 << 14).to_bytes(4, "little") + b"dat")


def extended(flags: int) -> tuple[bytes, bytes]:
    return (b"VP8X", bytes([flags, 0, 0, 0, 39, 0, 0, 29, 0, 0]))


@pytest.mark.parametrize("image", [LOSSY, LOSSLESS])
def test_a_webp_loses_them_too(image: tuple[bytes, bytes]) -> None:
    taken = riff(extended(0x2C), image, (b"EXIF", b"GPS 10.29"), (b"XMP ", b"GPS"))

    assert bared(taken, "a.webp") == riff(extended(0x20), image)
    assert bared(riff(image)) == riff(image)


def test_it_is_named_after_what_it_is() -> None:
    assert bare_picture(ContentFile(a_jpeg(), name="C:\\anh\\chợ.heic")).name == "chợ.jpg"


@pytest.mark.parametrize(
    "data",
    [
        b"<svg onload=alert(1)>",
        b"%PDF-1.7",
        b"GIF89a",
        b"\xff\xd8\xff",
        a_jpeg()[:-2],
        a_jpeg()[:40],
        a_jpeg().replace(FRAME, b""),
        a_jpeg().replace(SCAN, b""),
        a_jpeg().replace(FRAME, FRAME.replace((40).to_bytes(2), (0).to_bytes(2))),
        a_jpeg().replace((30).to_bytes(2) + (40).to_bytes(2), b"\xff\xfe\xff\xfe"),
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n<script>",
        riff((b"EXIF", b"GPS")),
        riff(LOSSY)[:-8],
        b"RIFF\x10\0\0\0WAVEfmt ",
    ],
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        bared(data)


def test_an_empty_one_and_a_huge_one_are_refused() -> None:
    with pytest.raises(FileEmpty):
        bared(b"")
    with pytest.raises(FileTooLarge):
        bared(a_jpeg() + b"x" * MOST_BYTES)
