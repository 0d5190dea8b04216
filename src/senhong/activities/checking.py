"""The code that a leader's phone shows and volunteers bring back: six signs, new every 30 s.

Pure, so that a phone without a signal computes the same. Who has the key can make the code of any
moment; who has seen only codes cannot. A code proves that somebody saw the screen at that time,
not who saw it: it is read at the place, from the leader's hand.
"""

import hmac
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # 31 signs that nobody takes for one another
SIGNS = 6
STEP_S = 30
VALID_S = 60
GRACE_S = 30  # for typing, and for clocks that are a little apart
_LATE_STEPS = 60  # so long afterwards one is told that the code is old, not that it is wrong


@dataclass(frozen=True, slots=True)
class Shown:
    """What the leader's screen shows now."""

    step: int
    code: str
    text: str  # what the QR code says


def key_text(key: bytes) -> str:
    """The key as a phone keeps it."""
    return b64encode(key).decode()


def step_at(at: datetime) -> int:
    return int(at.timestamp()) // STEP_S


def code_of(key: bytes, activity: UUID, step: int) -> str:
    """The six signs of a step."""
    digest = hmac.new(key, activity.bytes + step.to_bytes(8, "big"), sha256).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:SIGNS])


def shown_at(key: bytes, activity: UUID, at: datetime) -> Shown:
    step = step_at(at)
    code = code_of(key, activity, step)
    return Shown(step, code, f"SH1:{activity}:{step}:{code}")


def is_fresh(step: int, at: datetime) -> bool:
    """Whether the code of a step was on the screen at that time, or just before or after."""
    return abs(at.timestamp() - step * STEP_S) <= VALID_S + GRACE_S


def steps_around(at: datetime) -> list[int]:
    """The steps whose code is fresh at that time, the latest first."""
    here, reach = step_at(at), (VALID_S + GRACE_S) // STEP_S + 1
    steps = range(here + reach, here - reach - 1, -1)
    return [step for step in steps if step >= 0 and is_fresh(step, at)]


def step_of(key: bytes, activity: UUID, code: str, at: datetime) -> int | None:
    """The step of a code that was typed by hand; also of one that has just grown old."""
    latest = max(steps_around(at), default=-1)
    said = tidied(code)
    for step in range(latest, max(latest - _LATE_STEPS, -1), -1):
        if _same(code_of(key, activity, step), said):
            return step
    return None


def is_right(key: bytes, activity: UUID, step: int, code: str) -> bool:
    return 0 <= step < 2**63 and _same(code_of(key, activity, step), tidied(code))


def tidied(code: str) -> str:
    """As people type it: small letters, a space in the middle."""
    return "".join(code.split()).replace("-", "").upper()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
