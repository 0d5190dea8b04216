"""What a channel needs to be: something that carries a letter to an address.

A connector lives in a folder of its own under ``connectors`` and knows no other, no table and
no service; ``jobs`` decides what is sent where, and what follows when it was not.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

Address = Mapping[str, str]  # what the connector's channel needs: "email", or a subscription's keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is carried. The id is the same however often it is tried."""

    id: UUID
    subject: str
    words: str
    link: str  # a path of ours, or nothing
    language: str
    until: datetime | None = None  # later it is of no use


@dataclass(eq=False)
class NotSent(Exception):
    """A letter did not go out. ``code`` is ours: what a server said may name people."""

    code: str
    is_final: bool = False  # trying again would change nothing
    is_gone: bool = False  # nobody is at the address any more


class Connector(ABC):
    """One way to reach a person. Made for one round of sending, closed after it."""

    @abstractmethod
    def send(self, letter: Letter, address: Address) -> None:
        """The letter was taken over by the next in line. Raises NotSent."""

    def close(self) -> None:  # noqa: B027  # most hold nothing open
        """Let go of what was kept open between letters."""
