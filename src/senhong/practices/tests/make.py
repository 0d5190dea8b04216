"""Makers of practices. A test names only what it is about."""

import zlib
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Sum

from senhong.core.ids import uuid7
from senhong.files import storage
from senhong.files.pictures import bare_picture
from senhong.files.services import keep_file
from senhong.ledger.models import Posting
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_province, a_unit
from senhong.practices.models import Adoption, Practice, PracticePicture
from senhong.practices.services import (
    PracticeFacts,
    add_picture,
    adopt_practice,
    start_practice,
)

SINCE = date(2023, 1, 15)
ADOPTED_ON = date(2023, 3, 15)


def practice_facts(**facts: Any) -> PracticeFacts:
    usual: dict[str, Any] = {
        "name": "Chợ không tiền mặt",
        "since_on": SINCE,
        "description": "Mỗi sạp một mã QR.\nTổ đến chợ mỗi sáng thứ bảy.",
    }
    return PracticeFacts(**usual | facts)


def a_practice(unit: Unit | None = None, **facts: Any) -> Practice:
    """A practice that is shared, of the unit or of a commune of its own."""
    unit = unit or a_unit("Xã A", a_province())
    return start_practice(SYSTEM, uuid7(), unit, practice_facts(**facts))


def an_adoption(
    practice: Practice | None = None, unit: Unit | None = None, on: date = ADOPTED_ON
) -> Adoption:
    practice = practice or a_practice()
    unit = unit or a_unit("Xã B", practice.unit.province)
    return adopt_practice(SYSTEM, uuid7(), practice, unit=unit, adopted_on=on)


def a_picture(practice: Practice, told: str = "Sạp rau có mã QR") -> PracticePicture:
    stored = storage.save(bare_picture(ContentFile(a_png(), name="cho.png")))
    file = keep_file(SYSTEM, uuid7(), place=practice.unit.path, name="cho.png", **vars(stored))
    return add_picture(SYSTEM, uuid7(), practice, file=file, told=told)


def a_png(*further: tuple[bytes, bytes]) -> bytes:
    """One red dot; ``further`` chunks stand before the image's data."""
    head = (1).to_bytes(4) + (1).to_bytes(4) + bytes([8, 2, 0, 0, 0])
    dot = zlib.compress(b"\0\xff\0\0")
    chunks = [(b"IHDR", head), *further, (b"IDAT", dot), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks)


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def figures_of(unit: Unit) -> dict[str, int]:
    """What the ledger counts for a unit itself, by indicator; nothing that is zero."""
    rows = (
        Posting.objects.filter(unit=unit)
        .values("indicator__code")
        .annotate(sum=Sum("quantity"))
        .exclude(sum=0)
    )
    return {row["indicator__code"]: row["sum"] for row in rows}
