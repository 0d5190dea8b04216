"""The file that the app for phones makes of acts that wait on it."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from senhong.sync.errors import ExportUnreadable
from senhong.sync.parsing import loaded

VERSION = 1
MOST_BYTES = 10_000_000
MOST_ACTS = 20_000


@dataclass(frozen=True, slots=True)
class Export:
    """Acts of one person, from one device."""

    person: int
    device: UUID | None
    values: list[Any]

    @classmethod
    def again(cls, person: int, device: str | None, values: list[Any]) -> "Export":
        """From what ``signing`` kept of one."""
        return cls(person, UUID(device) if device else None, values)

    def texts(self, first: int, end: int) -> list[str]:
        """As the phone writes them when it sends: so that what it keeps is known again."""
        return [
            json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            for value in self.values[first:end]
        ]


def export_of(content: bytes) -> Export:
    """Raises ExportUnreadable."""
    try:
        value = loaded(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as broken:
        raise ExportUnreadable from broken
    if not isinstance(value, dict) or value.get("senhong-acts") != VERSION:
        raise ExportUnreadable
    person, acts = _person(value.get("person")), value.get("acts")
    if person is None or not isinstance(acts, list) or len(acts) > MOST_ACTS:
        raise ExportUnreadable
    return Export(person, _device(value.get("device")), acts)


def _person(value: object) -> int | None:
    """The user's id, alone or beside her name."""
    if isinstance(value, dict):
        value = value.get("user_id", value.get("id"))
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    is_id = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31
    return value if is_id else None  # type: ignore[return-value]  # checked above


def _device(value: object) -> UUID | None:
    if isinstance(value, dict):
        value = value.get("id", value.get("device_id"))
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
