"""The acts that a phone sends: plain values, each with the id that the phone made."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from senhong.activities.models import Helped
from senhong.activities.services.steering import Direction

Answer = Literal["sign-up", "confirm", "cancel"]


@dataclass(frozen=True, kw_only=True)
class HelpAct:
    """Help given by a team to so many; without an activity it counts for the team's everyday."""

    kind: ClassVar[str] = "help"
    id: UUID
    at: datetime  # by the phone's clock
    team: UUID
    activity: UUID | None
    services: tuple[str, ...]
    citizens: int
    same_people: bool  # they have been counted before
    same_people_as: UUID | None  # the first help to them
    helped: Helped
    note: str
    point: tuple[float, float] | None  # degrees north, degrees east


@dataclass(frozen=True, kw_only=True)
class CorrectionAct:
    """Other facts in the place of a help; 0 citizens withdraw it."""

    kind: ClassVar[str] = "correction"
    id: UUID
    at: datetime
    corrects: UUID
    services: tuple[str, ...]
    citizens: int
    note: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CheckInAct:
    """Who sends it scanned the leader's code; ``step`` is unknown when it was typed."""

    kind: ClassVar[str] = "check-in"
    id: UUID
    at: datetime
    activity: UUID
    step: int | None
    code: str


@dataclass(frozen=True, kw_only=True)
class AttendanceAct:
    """The leader says that a member is there, or that she is not."""

    kind: ClassVar[str] = "attendance"
    id: UUID
    at: datetime
    activity: UUID
    member: UUID
    present: bool
    left: bool = False  # and has gone home before the end


@dataclass(frozen=True, kw_only=True)
class SignUpAct:
    """Who sends it wants a seat, confirms it, or gives it back."""

    kind: ClassVar[str] = "sign-up"
    id: UUID
    at: datetime
    activity: UUID
    answer: Answer
    anyway: bool = False  # although another activity of hers takes place at that time


@dataclass(frozen=True, kw_only=True)
class ActivityAct:
    """The leader starts or closes an activity."""

    kind: ClassVar[str] = "activity"
    id: UUID
    at: datetime
    activity: UUID
    to: Direction


StateAct = CorrectionAct | CheckInAct | AttendanceAct | SignUpAct | ActivityAct
Act = HelpAct | StateAct
