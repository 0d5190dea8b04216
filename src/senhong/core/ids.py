"""Ids that clients make: UUID version 7, ordered by time.

Source: RFC 9562, sections 5.7 and 6.2 (method 3). Python has ``uuid.uuid7`` from 3.14 on.
"""

import hashlib
import secrets
import time
from uuid import UUID

_TIME_BITS = 48


def uuid7() -> UUID:
    """A new id: milliseconds since 1970 in 48 bits, 12 bits of what is left of the time, chance.

    So ids that one process makes one after the other sort as they were made.
    """
    unix_ms, rest_ns = divmod(time.time_ns(), 1_000_000)
    fraction = rest_ns * 4096 // 1_000_000
    return _version7(unix_ms, (fraction << 62) | secrets.randbits(62))


def derived_id(act: UUID, *parts: object) -> UUID:
    """The id of something that follows from ``act``: the same parts give the same id.

    It keeps the time of ``act``, so that what follows from one act lies together.
    """
    digest = hashlib.sha256("\x1f".join([act.hex, *map(str, parts)]).encode()).digest()
    return _version7(act.int >> (128 - _TIME_BITS), int.from_bytes(digest[:10]) >> 6)


def _version7(unix_ms: int, random_74: int) -> UUID:
    high, low = random_74 >> 62, random_74 & ((1 << 62) - 1)
    return UUID(int=(unix_ms << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | low)


def reversal_id(posting_id: UUID) -> UUID:
    """The id under which a posting is reversed: always the same, so sending again is safe."""
    return derived_id(posting_id, "reversal")
