"""A split as a workbook: out, and back again with other shares or with weights."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from senhong.core.text import search_key
from senhong.org.models import bare_name
from senhong.plans.drafts import Draft, share_of
from senhong.plans.queries import Part
from senhong.web.workbooks import CellMistake, Column, Line, Sheet, Table

CODE = Column("code", pgettext_lazy("cột trong tệp Excel", "Mã"), is_needed=False, width=12)
UNIT = Column("unit", gettext_lazy("Đơn vị"), also=(gettext_lazy("Tên đơn vị"),))
COLUMNS = [
    CODE,
    UNIT,
    Column("now", gettext_lazy("Phần hiện có"), is_needed=False),
    Column("new", gettext_lazy("Phần mới")),
    Column("note", gettext_lazy("Ghi chú"), is_needed=False, width=40),
]
_SUMS = {"tong", "tong cong", "cong", "total", "sum"}  # a row of people's own at the end
_COUNTS = {"stt", "tt", "so thu tu", "no"}  # a column of numbers that weighs nothing
_MOST_MISTAKES = 20  # that are told at once


@dataclass(slots=True)
class Sent:
    """What a workbook says of units, by their keys, and what in it cannot be."""

    shares: dict[str, tuple[int, str]] = field(default_factory=dict)
    weights: dict[str, Decimal] = field(default_factory=dict)
    column: str = ""  # by which the weights are
    mistakes: list[str] = field(default_factory=list)

    def wrong(self, line: Line, sentence: str) -> None:
        if len(self.mistakes) < _MOST_MISTAKES:
            told = _("Dòng {number}: {mistake}")
            self.mistakes.append(told.format(number=line.number, mistake=sentence))


def split_sheet(draft: Draft) -> Sheet:
    """Code, unit, the share there is, the new one and why; to be filled in and sent back."""
    rows = [
        [line.key, line.part.name, line.part.quantity, line.quantity, line.note]
        for line in draft.lines
    ]
    return Sheet(_("Chia chỉ tiêu"), COLUMNS, rows)


def shares_in(table: Table, parts: Sequence[Part]) -> Sent:
    """New shares and notes of the units that have one in the table."""
    sent, names = Sent(), Names(parts)
    for line, part in _rows(table, names, sent):
        try:
            if line.text("new"):
                sent.shares[part.unit.key] = share_of(line.whole("new")), line.text("note")
        except CellMistake as mistake:
            sent.wrong(line, str(mistake))
    return sent


def weights_in(table: Table, parts: Sequence[Part], column: str) -> Sent:
    """What each unit weighs by a column: the one called so, or the first that has numbers."""
    sent, names = Sent(column=_chosen(table, column)), Names(parts)
    if not sent.column:
        sent.mistakes.append(_no_column(table, column))
        return sent
    for line, part in _rows(table, names, sent):
        try:
            sent.weights[part.unit.key] = _weight(line, sent.column)
        except CellMistake as mistake:
            sent.wrong(line, str(mistake))
    return sent


def left_out(sent: Sent, parts: Sequence[Part]) -> list[str]:
    """The units below of which a workbook says nothing, so that they weigh nothing."""
    below = (part for part in parts if not part.is_own)
    return [part.name for part in below if part.unit.key not in sent.weights]


def _rows(table: Table, names: "Names", sent: Sent) -> list[tuple[Line, Part]]:
    """The lines with the units that they are about; each unit once, sums left out."""
    found: dict[str, tuple[Line, Part]] = {}
    for line in table:
        if search_key(line.text("unit")) in _SUMS or not (line.text("unit") or line.text("code")):
            continue
        try:
            part = names.find(line.text("code"), line.text("unit"))
        except CellMistake as mistake:
            sent.wrong(line, str(mistake))
            continue
        if part.unit.key in found:
            told = _("{unit} đã có ở dòng {first}. Hãy xóa bớt một dòng.")
            sent.wrong(line, told.format(unit=part.name, first=found[part.unit.key][0].number))
        found.setdefault(part.unit.key, (line, part))
    return [*found.values()]


def _chosen(table: Table, column: str) -> str:
    if column:
        wanted = search_key(column)
        return next((name for name in table.unknown if search_key(name) == wanted), "")
    return next((name for name in table.unknown if _weighs(table, name)), "")


def _weighs(table: Table, name: str) -> bool:
    """Some unit has a number there, and none has anything else."""
    if search_key(name) in _COUNTS:
        return False
    try:
        numbers = [line.other_number(name) for line in table]
    except CellMistake:
        return False
    return any(number is not None and number > 0 for number in numbers)


def _no_column(table: Table, column: str) -> str:
    there = ", ".join(f"“{name}”" for name in table.unknown) or "–"
    if column:
        told = _("Tệp không có cột “{column}”. Các cột khác trong tệp: {there}.")
        return told.format(column=column, there=there)
    told = _("Tệp không có cột số nào để chia theo. Các cột khác trong tệp: {there}.")
    return told.format(there=there)


def _weight(line: Line, column: str) -> Decimal:
    number = line.other_number(column) or Decimal(0)
    if number < 0:
        raise CellMistake(_("Cột “{column}”: số phải từ 0 trở lên.").format(column=column))
    return number


class Names:
    """Units found by what somebody wrote: tone marks, case and the kind before a name aside."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._by_code = {part.unit.key.lower(): part for part in parts}
        self._by_name: dict[str, list[Part]] = {}
        for part in parts:
            unit = part.unit
            names = (part.name, unit.title, bare_name(unit.kind, unit.name))
            for key in {search_key(name) for name in names}:
                self._by_name.setdefault(key, []).append(part)

    def find(self, code: str, name: str) -> Part:
        """By code, else by name. Raises CellMistake, with the nearest name where there is one."""
        by_code = self._by_code.get(code.lower()) if code else None
        called = self._by_name.get(search_key(name), [])
        if by_code is None:
            return self._one(called, name or code)
        if called and by_code not in called:
            told = _("Mã {code} là của {unit}, không phải “{name}”.")
            raise CellMistake(told.format(code=code, unit=by_code.name, name=name))
        return by_code

    def _one(self, called: list[Part], name: str) -> Part:
        if len(called) == 1:
            return called[0]
        if called:
            names = ", ".join(f"“{part.name}”" for part in called)
            told = _("“{name}” có thể là {names}. Hãy ghi thêm mã.")
            raise CellMistake(told.format(name=name, names=names))
        raise CellMistake(self._unknown(name))

    def _unknown(self, name: str) -> str:
        near = get_close_matches(search_key(name), self._by_name, n=1, cutoff=0.5)
        if not near:
            return _("Không có đơn vị “{name}” trong lần chia này.").format(name=name)
        told = _("Không có đơn vị “{name}”. Có phải “{near}”?")
        return told.format(name=name, near=self._by_name[near[0]][0].name)
