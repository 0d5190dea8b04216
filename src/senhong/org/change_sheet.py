"""A change of the map as one table of a workbook: the same columns out and in.

One row for each unit; a unit that is divided has a row for each part. What a row says is in its
first column: it ends, begins or is altered; a row without a word stays as it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from hashlib import sha256
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from senhong.core.text import search_key
from senhong.org.changes import Alteration, Change, Edge, NewUnit
from senhong.org.models import Level, Placement, Share
from senhong.org.unit_kinds import LEVEL_OF_KIND, kind_and_name
from senhong.web.workbooks import CellMistake, Column, Line, Sheet, Table, Value

COLUMNS = (
    Column("act", pgettext_lazy("đơn vị", "Việc"), also=("Thay đổi",)),
    Column("key", gettext_lazy("Mã định danh"), is_needed=False),
    Column("unit", gettext_lazy("Đơn vị"), also=("Tên đơn vị",)),
    Column("parent", gettext_lazy("Thuộc"), also=("Cấp trên",), is_needed=False),
    Column("code", gettext_lazy("Mã số"), is_needed=False),
    Column("successor", gettext_lazy("Trở thành"), also=("Nhập vào",)),
    Column("share", gettext_lazy("Phần"), is_needed=False),
    Column("heir", gettext_lazy("Nhận lịch sử"), is_needed=False),
    Column("renamed", gettext_lazy("Tên mới"), also=("Đổi thành",), is_needed=False),
)
ENDS = pgettext_lazy("đơn vị", "kết thúc")
BEGINS = pgettext_lazy("đơn vị", "thành lập")
ALTERS = pgettext_lazy("đơn vị", "đổi")
_ACTS = {
    "ket thuc": "ends", "het": "ends", "ends": "ends", "end": "ends",
    "thanh lap": "begins", "lap moi": "begins", "begins": "begins", "new": "begins",
    "doi": "alters", "doi ten": "alters", "altered": "alters", "change": "alters",
}  # fmt: skip
_SHARES = {"": "", "toan bo": Share.WHOLE, "whole": Share.WHOLE, "mot phan": Share.PART,
           "part": Share.PART}  # fmt: skip
_YES = {"x", "co", "1", "yes", "true"}
_KEY = re.compile(r"\[([^\]]+)\]\s*$")
_NEW_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")  # it stands in addresses
_HEIGHT = {Level.PROVINCE: 3, Level.DISTRICT: 2, Level.COMMUNE: 1, Level.BRANCH: 0}
_SUGGESTED = 3
_LONGEST = 100  # letters of a name


def sheet_of(change: Change, placed: Sequence[Placement]) -> Sheet:
    """What the change says, then every other unit of the map without a word."""
    names = _Names(placed, change.begins)
    rows = [*_rows_of_change(change, names)]
    touched = {*change.ends, *(each.unit for each in change.alters)}
    rows += [
        ["", place.unit.key, str(place), names.parent(place), place.unit.code, "", "", "", ""]
        for place in placed
        if place.unit.key not in touched and place.parent_id
    ]
    return Sheet(_("Thay đổi bản đồ"), COLUMNS, rows)


def _rows_of_change(change: Change, names: "_Names") -> Iterator[list[Value]]:
    heirs: dict[str, list[Edge]] = defaultdict(list)
    for edge in change.edges:
        heirs[edge.predecessor].append(edge)
    for unit in change.begins:
        yield [str(BEGINS), unit.key, unit.title, names.of(unit.parent), unit.code, "", "", "", ""]
    for key in change.ends:
        begun = [str(ENDS), key, names.title(key), names.parent_of(key), names.code(key)]
        if not heirs[key]:
            yield [*begun, "", "", "", ""]
        for edge in heirs[key]:
            share = str(Share(edge.share).label)
            yield [*begun, names.of(edge.successor), share, "x" if edge.is_default else "", ""]
    for alters in change.alters:
        parent = names.of(alters.parent) if alters.parent else names.parent_of(alters.unit)
        facts = [alters.unit, names.title(alters.unit), parent, names.code(alters.unit)]
        yield [str(ALTERS), *facts, "", "", "", names.renamed(alters)]


@dataclass
class SheetRead:
    """What a table says: a change, or what is wrong with which row."""

    change: Change
    mistakes: list[tuple[int, str]] = field(default_factory=list)


def read_change(id: UUID, day: int, table: Table, placed: Sequence[Placement]) -> SheetRead:
    """The change in a table of the province's map. Nothing is written.

    id  of the change: new units without a key get one that is always the same
    """
    reader = _Reader(id, placed)
    for line in table:
        reader.take(line)
    return reader.finished(day)


class _Names:
    """Units by key and by what they are called; what is called alike is told by its key."""

    def __init__(self, placed: Sequence[Placement], begins: Iterable[NewUnit]) -> None:
        self._placed = {place.unit.key: place for place in placed}
        self._begins = {unit.key: unit for unit in begins}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for key in (*self._placed, *self._begins):
            self._by_name[search_key(self.title(key))].append(key)

    def knows(self, key: str) -> bool:
        return key in self._placed

    def place(self, key: str) -> Placement:
        return self._placed[key]

    def title(self, key: str) -> str:
        if key in self._begins:
            return self._begins[key].title
        return str(self._placed[key]) if key in self._placed else key

    def of(self, key: str | None) -> str:
        """The title, with the key where another unit is called the same."""
        if key is None:
            return ""
        title = self.title(key)
        return title if len(self._by_name[search_key(title)]) < 2 else f"{title} [{key}]"

    def parent(self, place: Placement) -> str:
        return self.of(place.parent.key) if place.parent else ""

    def parent_of(self, key: str) -> str:
        return self.parent(self._placed[key]) if key in self._placed else ""

    def code(self, key: str) -> str:
        return self._placed[key].unit.code if key in self._placed else ""

    def renamed(self, alters: Alteration) -> str:
        if not (alters.kind or alters.name):
            return ""
        place = self._placed.get(alters.unit)
        kind, name = (place.kind, place.name) if place else ("", "")
        new = NewUnit(key="", code="", level="", parent=None,
                      kind=alters.kind or kind, name=alters.name or name)  # fmt: skip
        return new.title

    def found(self, said: str, parent: str = "") -> str:
        """The key of the one unit that is called so. Raises CellMistake, with the nearest."""
        written = _KEY.search(said)
        key = written[1].strip() if written else said.strip()
        if key in self._placed or key in self._begins:
            return key
        name = search_key(_KEY.sub("", said))
        keys = self._by_name.get(name, [])
        if len(keys) > 1 and parent:
            wanted = search_key(_KEY.sub("", parent))
            keys = [k for k in keys if search_key(self.parent_of(k)) == wanted] or keys
        if len(keys) == 1:
            return keys[0]
        if keys:
            text = _("Có {number} đơn vị tên “{said}”. Hãy ghi mã định danh, ví dụ [{key}].")
            raise CellMistake(text.format(number=len(keys), said=said, key=keys[0]))
        raise CellMistake(self._unknown(said, name))

    def require_above(self, above: str, title: str, level: str) -> None:
        """A unit hangs on one of a higher level. Raises CellMistake."""
        placed = self._placed.get(above)
        of_parent = placed.unit.level if placed else self._begins[above].level
        if _HEIGHT[Level(of_parent)] <= _HEIGHT[Level(level)]:
            text = _("{unit} không thể thuộc {parent}: cấp trên phải ở cấp cao hơn.")
            raise CellMistake(text.format(unit=title, parent=self.title(above)))

    def _unknown(self, said: str, name: str) -> str:
        near = get_close_matches(name, self._by_name, n=_SUGGESTED, cutoff=0.6)
        if not near:
            return _("Không có đơn vị nào tên “{said}” trên bản đồ.").format(said=said)
        titles = ", ".join(self.title(self._by_name[each][0]) for each in near)
        text = _("Không có đơn vị “{said}”. Có phải là: {titles}?")
        return text.format(said=said, titles=titles)


@dataclass(frozen=True, slots=True)
class _Ending:
    """A row of a unit that ends, or of one part of it."""

    number: int
    key: str
    successor: str
    share: str
    is_heir: bool


class _Reader:
    """Rows gathered; successors are looked up once every new unit is known."""

    def __init__(self, id: UUID, placed: Sequence[Placement]) -> None:
        self._id, self._placed = id, placed
        self._names = _Names(placed, ())
        self._begins: list[NewUnit] = []
        self._endings: list[tuple[Line, str]] = []
        self._alters: list[Alteration] = []
        self._parents: list[tuple[int, str, str]] = []
        self.mistakes: list[tuple[int, str]] = []

    def take(self, line: Line) -> None:
        said = search_key(line.text("act"))
        if not said:
            return
        try:
            self._take(line, _ACTS.get(said, ""))
        except CellMistake as mistake:
            self.mistakes.append((line.number, str(mistake)))

    def _take(self, line: Line, act: str) -> None:
        if act == "begins":
            self._begin(line)
        elif act == "ends":
            self._endings.append((line, self._unit(line)))
        elif act == "alters":
            self._alter(line)
        else:
            text = _("Cột “Việc” chỉ nhận: kết thúc, thành lập, đổi; không phải “{said}”.")
            raise CellMistake(text.format(said=line.text("act")))

    def _unit(self, line: Line) -> str:
        if key := line.text("key"):
            if self._names.knows(key):
                return key
            text = _("Không có mã định danh {key} trên bản đồ hiện nay.")
            raise CellMistake(text.format(key=key))
        return self._names.found(line.text("unit"), line.text("parent"))

    def _begin(self, line: Line) -> None:
        kind, name = kind_and_name(line.text("unit"))
        if not kind:
            text = _("“{said}” thiếu loại ở đầu. Hãy viết đủ, ví dụ: Phường Cao Lãnh.")
            raise CellMistake(text.format(said=line.text("unit")))
        if len(line.text("code")) > 10 or len(name) > _LONGEST:
            raise CellMistake(_("Tên dài nhất 100 ký tự, mã số dài nhất 10 ký tự."))
        if (key := line.text("key")) and not _NEW_KEY.fullmatch(key):
            text = _("Mã định danh “{key}”: chỉ chữ không dấu, chữ số, chấm, gạch; dài nhất 20.")
            raise CellMistake(text.format(key=key))
        self._begins.append(
            NewUnit(
                key=key or self._new_key(line),
                code=line.text("code"),
                level=LEVEL_OF_KIND[kind],
                kind=kind,
                name=name,
                parent=line.text("parent"),  # a title until all are known
            )
        )
        self._parents.append((line.number, self._begins[-1].key, line.text("parent")))

    def _new_key(self, line: Line) -> str:
        said = f"{self._id}{search_key(line.text('unit'))}{search_key(line.text('parent'))}"
        return f"N{sha256(said.encode()).hexdigest()[:12]}"

    def _alter(self, line: Line) -> None:
        key = self._unit(line)
        place, kind, name = self._names.place(key), "", ""
        if renamed := line.text("renamed"):
            kind, name = self._renamed(place, renamed)
        parent = line.text("parent")
        above = self._names.found(parent) if parent else ""
        moved = above if place.parent and above != place.parent.key else ""
        if moved:
            self._names.require_above(moved, str(place), place.unit.level)
        if not (renamed or moved):
            raise CellMistake(_("Dòng này không nói đổi gì. Hãy ghi tên mới hoặc cấp trên mới."))
        self._alters.append(Alteration(key, kind or None, name or None, moved or None))

    def _renamed(self, place: Placement, said: str) -> tuple[str, str]:
        """Kind and name; a unit keeps its level, whatever it is called."""
        kind, name = kind_and_name(said)
        if len(name) > _LONGEST:
            raise CellMistake(_("Tên dài nhất 100 ký tự, mã số dài nhất 10 ký tự."))
        level = place.unit.level
        if kind and level != Level.PROVINCE and LEVEL_OF_KIND[kind] != level:
            text = _("“{said}” không cùng cấp với {unit}.")
            raise CellMistake(text.format(said=said, unit=place))
        return kind or place.kind, name

    def finished(self, day: int) -> SheetRead:
        self._names = _Names(self._placed, self._begins)
        begins = [*self._hung()]
        endings = [*self._led()]
        edges = [*self._edges(endings)]
        ends = dict.fromkeys(ending.key for ending in endings)
        change = Change(day, tuple(ends), tuple(begins), tuple(edges), tuple(self._alters))
        return SheetRead(change, sorted(self.mistakes))

    def _hung(self) -> Iterator[NewUnit]:
        """New units with the key of what they hang on; the province where nothing is said."""
        top = next(place.unit.key for place in self._placed if place.parent_id is None)
        for unit, (number, _key, parent) in zip(self._begins, self._parents, strict=True):
            try:
                above = self._names.found(parent) if parent else top
                self._names.require_above(above, unit.title, unit.level)
            except CellMistake as mistake:
                self.mistakes.append((number, str(mistake)))
                continue
            yield NewUnit(key=unit.key, code=unit.code, level=unit.level, kind=unit.kind,
                          name=unit.name, parent=above)  # fmt: skip

    def _led(self) -> Iterator[_Ending]:
        for line, key in self._endings:
            said = line.text("successor")
            share = _SHARES.get(search_key(line.text("share")))
            try:
                if share is None:
                    text = _("Cột “Phần” chỉ nhận: toàn bộ, một phần; không phải “{said}”.")
                    raise CellMistake(text.format(said=line.text("share")))
                successor = self._names.found(said) if said else ""
            except CellMistake as mistake:
                self.mistakes.append((line.number, str(mistake)))
                continue
            is_heir = search_key(line.text("heir")) in _YES
            yield _Ending(line.number, key, successor, share, is_heir)

    def _edges(self, endings: Sequence[_Ending]) -> Iterator[Edge]:
        by_unit: dict[str, list[_Ending]] = defaultdict(list)
        for ending in endings:
            if ending.successor:
                by_unit[ending.key].append(ending)
        for key, parts in by_unit.items():
            heirs = [part for part in parts if part.is_heir] or (parts if len(parts) == 1 else [])
            if len(heirs) != 1:
                text = _("{title} chia cho {number} nơi: hãy đánh dấu x một nơi nhận lịch sử.")
                said = text.format(title=self._names.title(key), number=len(parts))
                self.mistakes.append((parts[0].number, said))
                continue
            usual = Share.WHOLE if len(parts) == 1 else Share.PART
            for part in parts:
                yield Edge(key, part.successor, part.share or usual, part is heirs[0])
