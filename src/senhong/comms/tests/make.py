"""Makers of valid things. A test names only what it is about."""

from uuid import UUID

from senhong.comms.models import Reminder, Subject
from senhong.comms.services import About, remind
from senhong.core.actor import Actor
from senhong.core.ids import uuid7
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM

WORDS = "Mời xã ghi hoạt động tuần này."


def reminded(
    *units: Unit,
    actor: Actor = SYSTEM,
    kind: Subject = Subject.SILENT,
    words: str = WORDS,
    id: UUID | None = None,
) -> list[Reminder]:
    """The units have been reminded of something; what was sent."""
    return remind(actor, id or uuid7(), units=units, words=words, about=About(kind)).sent
