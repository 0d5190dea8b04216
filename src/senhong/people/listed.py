"""A list of members as a workbook says it, and what taking it in would do: plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from senhong.people.models import Member, MembershipRole, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One row of a list, as it was written."""

    line: int  # of the sheet, as Excel counts
    full_name: str
    distinction: str = ""
    joined_on: date | None = None
    team: str = ""  # by name
    role: str = ""  # in words
    mistakes: tuple[str, ...] = ()  # what could not be read, in sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What one row would do. ``team`` is set when she joins it."""

    listed: Listed
    id: UUID
    member: Member | None = None  # None: she is new
    joined_on: date
    moves_first_day: bool = False
    team: Team | None = None
    role: MembershipRole = MembershipRole.MEMBER
    joins_from: int = 0
    mistakes: tuple[str, ...] = ()  # what keeps the whole list from being taken in
    notes: tuple[str, ...] = ()  # what is worth knowing


@dataclass(frozen=True, slots=True)
class PlannedImport:
    """What a list would do, row by row."""

    rows: Sequence[Planned]

    @property
    def wrong(self) -> list[Planned]:
        return [row for row in self.rows if row.mistakes]

    @property
    def new(self) -> list[Planned]:
        return [row for row in self.rows if row.member is None and not row.mistakes]

    @property
    def changed(self) -> list[Planned]:
        """Who is there already, and to whom the list adds something."""
        known = (row for row in self.rows if row.member is not None and not row.mistakes)
        return [row for row in known if row.team is not None or row.moves_first_day]

    @property
    def same(self) -> int:
        return len(self.rows) - len(self.wrong) - len(self.new) - len(self.changed)
