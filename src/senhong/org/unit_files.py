"""The files of units and lineage, proved to fit together before anything is written.

What passes here cannot be refused by ``restructure`` for its own sake: parents stand while
their units do, edges lead from what ends to what stands, a province leaves a successor.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from senhong.core.days import FIRST_DAY, LAST_DAY, as_day
from senhong.org.changes import Edge, NewUnit
from senhong.org.csv_table import CsvTable, Record
from senhong.org.models import Level, Share

DATA = Path(__file__).parent / "data"
UNITS, LINEAGE = DATA / "vn-units.csv", DATA / "vn-unit-lineage.csv"

_UNIT_COLUMNS = (
    "id", "code", "level", "kind", "name", "parent", "lat", "lon", "valid_from", "valid_to",
)  # fmt: skip
_EDGE_COLUMNS = ("predecessor", "successor", "share", "is_default")
_MOST = {"id": 20, "code": 10, "kind": 20, "name": 100}  # characters
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_HEIGHT = {Level.PROVINCE: 3, Level.DISTRICT: 2, Level.COMMUNE: 1}
_FARTHEST = {"lat": 90.0, "lon": 180.0}  # degrees


@dataclass(frozen=True, slots=True)
class DatedUnit:
    """A unit of the file, the days between which it stands, and its line."""

    facts: NewUnit
    from_day: int
    to_day: int
    line: int

    def stands(self, day: int) -> bool:
        return self.from_day <= day < self.to_day


@dataclass(frozen=True)
class Country:
    """What the two files say."""

    units: Mapping[str, DatedUnit]
    edges: Collection[Edge]
    province_of: Mapping[str, str]  # every unit's
    table: CsvTable  # the units' file, to name a line of it

    def part(self, provinces: Collection[str]) -> "Country":
        """Only what lies in these provinces."""
        units = {k: u for k, u in self.units.items() if self.province_of[k] in provinces}
        edges = [e for e in self.edges if e.predecessor in units and e.successor in units]
        return Country(units, edges, {key: self.province_of[key] for key in units}, self.table)


def read_country(units: Path = UNITS, lineage: Path = LINEAGE) -> Country:
    """The country as the files tell it. Raises UnitFileRefused."""
    table = CsvTable(units, _UNIT_COLUMNS)
    found = _read_units(table)
    for unit in found.values():
        if reason := next(_misplaced(unit, found), None):
            raise table.refused(unit.line, reason)
    edges = _read_edges(CsvTable(lineage, _EDGE_COLUMNS), found)
    kept = {edge.predecessor for edge in edges if edge.is_default}
    for key, unit in found.items():
        if unit.facts.is_province and unit.to_day != LAST_DAY and key not in kept:
            raise table.refused(unit.line, _("Tỉnh kết thúc mà không có nơi nhận lịch sử."))
    return Country(found, edges, {key: _province(key, found) for key in found}, table)


def _read_units(table: CsvTable) -> dict[str, DatedUnit]:
    found: dict[str, DatedUnit] = {}
    for line, row in table.records():
        if reason := next(_malformed(row), None):
            raise table.refused(line, reason)
        if row["id"] in found:
            raise table.refused(line, _("Trùng id {key}.").format(key=row["id"]))
        found[row["id"]] = _unit(line, row)
    if not found:
        raise table.refused(1, _("Tệp không có đơn vị nào."))
    return found


def _malformed(row: Record) -> Iterator[str]:
    """What is wrong with a line by itself."""
    for name, most in _MOST.items():
        if not row[name]:
            yield _("Cột {name} để trống.").format(name=name)
        if len(row[name]) > most:
            yield _("Cột {name} dài quá {most} ký tự.").format(name=name, most=most)
    if not _KEY.fullmatch(row["id"]):
        text = _("id {key} chỉ được gồm chữ không dấu, chữ số, dấu chấm và gạch.")
        yield text.format(key=row["id"])
    if row["level"] not in list(_HEIGHT):
        yield _("Không có cấp {level}.").format(level=row["level"] or "“”")
    yield from _not_degrees(row)
    yield from _not_days(row)


def _not_degrees(row: Record) -> Iterator[str]:
    for name, farthest in _FARTHEST.items():
        if row[name] and not _is_degrees(row[name], farthest):
            yield _("Cột {name} không phải tọa độ: {value}.").format(name=name, value=row[name])


def _not_days(row: Record) -> Iterator[str]:
    for name in ("valid_from", "valid_to"):
        if row[name] and _day(row[name]) is None:
            yield _("Cột {name} không phải ngày: {value}.").format(name=name, value=row[name])
    if (_day(row["valid_to"]) or LAST_DAY) <= (_day(row["valid_from"]) or FIRST_DAY):
        yield _("valid_to phải sau valid_from.")


def _is_degrees(text: str, most: float) -> bool:
    try:
        return abs(float(text)) <= most
    except ValueError:
        return False


def _day(text: str) -> int | None:
    """A day of the calendar after the first, or None."""
    try:
        day = as_day(date.fromisoformat(text)) if _DATE.fullmatch(text) else 0
    except ValueError:
        return None
    return day if FIRST_DAY < day < LAST_DAY else None


def _unit(line: int, row: Record) -> DatedUnit:
    facts = NewUnit(
        key=row["id"],
        code=row["code"],
        level=row["level"],
        kind=row["kind"],
        name=row["name"],
        parent=row["parent"] or None,
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
    )
    days = _day(row["valid_from"]) or FIRST_DAY, _day(row["valid_to"]) or LAST_DAY
    return DatedUnit(facts, *days, line)


def _misplaced(unit: DatedUnit, units: Mapping[str, DatedUnit]) -> Iterator[str]:
    """What is wrong with where a unit hangs."""
    key = unit.facts.parent
    if unit.facts.is_province != (key is None):
        yield _("Cấp tỉnh không có parent, cấp khác phải có.")
    if key is None:
        return
    parent = units.get(key)
    if parent is None:
        yield _("Không có parent {key}.").format(key=key)
        return
    if _height(parent) <= _height(unit):
        yield _("parent {key} không phải cấp trên.").format(key=key)
    if parent.from_day > unit.from_day or parent.to_day < unit.to_day:
        yield _("parent {key} không tồn tại suốt thời gian của đơn vị.").format(key=key)


def _height(unit: DatedUnit) -> int:
    return _HEIGHT[Level(unit.facts.level)]


def _province(key: str, units: Mapping[str, DatedUnit]) -> str:
    while parent := units[key].facts.parent:
        key = parent
    return key


def _read_edges(table: CsvTable, units: Mapping[str, DatedUnit]) -> list[Edge]:
    found: dict[tuple[str, str], Edge] = {}
    lines: dict[tuple[str, str] | str, int] = {}  # of each edge, and of each default
    for line, row in table.records():
        if reason := next(_disjoint(row, units), None):
            raise table.refused(line, reason)
        edge = Edge(row["predecessor"], row["successor"], row["share"], row["is_default"] == "1")
        between = edge.predecessor, edge.successor
        if between in found:
            text = _("Kế thừa này đã có ở dòng {first}.")
            raise table.refused(line, text.format(first=lines[between]))
        if edge.is_default and edge.predecessor in lines:
            text = _("{key} đã có nơi nhận lịch sử ở dòng {first}.")
            first = lines[edge.predecessor]
            raise table.refused(line, text.format(key=edge.predecessor, first=first))
        found[between], lines[between] = edge, line
        if edge.is_default:
            lines[edge.predecessor] = line
    return list(found.values())


def _disjoint(row: Record, units: Mapping[str, DatedUnit]) -> Iterator[str]:
    """What is wrong with an edge by itself."""
    for name in ("predecessor", "successor"):
        if row[name] not in units:
            yield _("Cột {name}: không có đơn vị {key}.").format(name=name, key=row[name])
    if row["share"] not in Share.values:
        yield _("Cột share chỉ nhận whole hoặc part.")
    if row["is_default"] not in {"0", "1"}:
        yield _("Cột is_default chỉ nhận 1 hoặc 0.")
    old, new = units[row["predecessor"]], units[row["successor"]]
    if old.to_day == LAST_DAY:
        yield _("{key} chưa kết thúc nên không có nơi kế thừa.").format(key=row["predecessor"])
    if not new.stands(old.to_day):
        yield _("{key} không tồn tại vào ngày đơn vị kia kết thúc.").format(key=row["successor"])
