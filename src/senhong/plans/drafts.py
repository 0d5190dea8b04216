"""A split that is being prepared: what is shown before anything of it is saved."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from senhong.core.text import nfc
from senhong.plans.queries import Part
from senhong.plans.services import Share
from senhong.plans.splitting import Weight, shares_by
from senhong.web.workbooks import CellMistake
from senhong.web.workbooks.columns import whole_of

MOST_BY_HAND = 400  # fields in one form; more are corrected in a workbook
_LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Line:
    """What one unit is to get."""

    part: Part
    quantity: int
    note: str = ""

    @property
    def key(self) -> str:
        return self.part.unit.key

    @property
    def was(self) -> int:
        return self.part.quantity or 0

    @property
    def change(self) -> int:
        return self.quantity - self.was


@dataclass(frozen=True, slots=True)
class Draft:
    """Shares that may not add up yet, and what was wrong with what was sent."""

    whole: int
    lines: list[Line]
    mistakes: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def left(self) -> int:
        """What is still to be given out; below 0: what is too much."""
        return self.whole - self.total

    @property
    def too_much(self) -> int:
        return max(0, -self.left)

    @property
    def by_hand(self) -> bool:
        return len(self.lines) <= MOST_BY_HAND

    @property
    def packed(self) -> str:
        """Every line as it goes through the form, also where it has no field of its own."""
        return json.dumps([[line.key, line.quantity, line.note] for line in self.lines])

    def shares(self) -> list[Share]:
        return [
            Share(unit=line.part.unit, quantity=line.quantity, note=line.note)
            for line in self.lines
        ]


def draft_of_now(whole: int, parts: Sequence[Part]) -> Draft:
    """The shares that there are."""
    return Draft(whole, [Line(part, part.quantity or 0) for part in parts])


def draft_by(
    weights: Mapping[str, Weight] | None, whole: int, parts: Sequence[Part], *, own: bool
) -> Draft:
    """In proportion to weights by the unit's key; without weights all alike.

    own  whether the unit itself gets a share, too. Where nobody has a weight, all are alike.
    """
    chosen = [part for part in parts if own or not part.is_own]
    found = [1 if weights is None else weights.get(part.unit.key, 0) for part in chosen]
    given = dict(zip([part.unit.key for part in chosen], shares_by(found, whole), strict=True))
    return Draft(whole, [Line(part, given.get(part.unit.key, 0)) for part in parts])


def draft_changed(
    draft: Draft, read: Mapping[str, tuple[int, str]], mistakes: Sequence[str]
) -> Draft:
    """The draft with what was read for some of its lines, by the unit's key."""
    lines = []
    for line in draft.lines:
        quantity, note = read.get(line.key, (line.quantity, line.note))
        lines.append(Line(line.part, quantity, nfc(note)[:_LONGEST_NOTE]))
    return Draft(draft.whole, lines, [*draft.mistakes, *mistakes])


def draft_typed(data: Mapping[str, str], whole: int, parts: Sequence[Part]) -> Draft:
    """What comes back with the form: every line as it was shown, corrected where it was."""
    draft = draft_changed(draft_of_now(whole, parts), _unpacked(data.get("lines", "")), [])
    read: dict[str, tuple[int, str]] = {}
    mistakes = []
    for line in draft.lines:
        said = data.get(f"share-{line.key}")
        if said is None:
            continue
        try:
            read[line.key] = (share_of(said), line.note)
        except CellMistake:
            mistakes.append(
                _("{unit}: “{said}” không phải số nguyên từ 0 trở lên.").format(
                    unit=line.part.name, said=said[:40]
                )
            )
    return draft_changed(draft, read, mistakes)


def share_of(said: str | float | None) -> int:
    """A share as somebody wrote it; nothing is 0. Raises CellMistake."""
    quantity = whole_of(said, _("Phần mới")) or 0
    if quantity < 0:
        raise CellMistake(_("Cột “Phần mới”: số phải từ 0 trở lên."))
    return quantity


def _unpacked(text: str) -> dict[str, tuple[int, str]]:
    """Lines as ``packed`` writes them; what is not of that form is left out."""
    try:
        rows = json.loads(text or "[]")
    except ValueError:
        return {}
    found: dict[str, tuple[int, str]] = {}
    for row in rows if isinstance(rows, list) else []:
        match row:
            case [str(key), int(quantity), str(note)] if 0 <= quantity <= 10**12:
                found[key] = (quantity, note)
    return found
