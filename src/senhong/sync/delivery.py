"""What a delivery is made of: who sent it, and what became of each act."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from senhong.core.errors import DomainError


class Result(StrEnum):
    RECORDED = "recorded"
    ALREADY_RECORDED = "already-recorded"
    RETURNED = "returned"  # a rule is not met: the person decides
    CONFLICT = "conflict"  # the id names other facts: kept, the office decides
    HELD = "held"  # it does not fit, or waits for another: kept


@dataclass(frozen=True, slots=True)
class Sender:
    """The person whose acts they are, the device, and how far its clock runs behind ours."""

    user_id: int | None
    device: UUID | None = None
    behind: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Sent:
    """An act as JSON, and as the text that came."""

    value: Any
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an act; ``error`` says why, where there is something to say."""

    id: str | None  # as it was sent, if it can be read
    result: Result
    error: DomainError | None = None
