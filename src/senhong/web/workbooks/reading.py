"""A workbook as people send it → the lines of one table.

People's workbooks begin with a title over merged cells, name the columns in their own spelling
and have a sum at the end. So the row of names is looked for, and names are compared without
tone marks. Nothing here knows what a table is about.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from django.core.files import File
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from senhong.core.text import search_key
from senhong.web.errors import (
    WorkbookColumnsMissing,
    WorkbookOld,
    WorkbookTooLarge,
    WorkbookUnreadable,
)
from senhong.web.workbooks.columns import Column, Value, day_of, number_of, text_of, whole_of

MOST_BYTES = 2_621_440  # 2.5 MB: what Django keeps in memory
MOST_ROWS = 20_000
_MOST_UNPACKED = 64 * 1024**2  # a small file can hold gigabytes of the same letter
_HEAD_ROWS = 15  # among which the names of the columns stand
_MOST_COLUMNS = 60
_BLANK_ROWS = 1_000  # after so many, the rest of the sheet is only painted
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel until 2003, and any workbook with a password
# What openpyxl raises at files that are none, or were cut on the way.
_UNREADABLE = (
    BadZipFile, InvalidFileException, ParseError, zlib.error, KeyError, ValueError, TypeError,
    IndexError, AttributeError, EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One row that says something. Reading a cell may raise CellMistake, said for people."""

    number: int  # of the row in the sheet, as Excel counts
    values: dict[str, Value]  # by the column's key
    others: dict[str, Value]  # of columns that were not asked for, by the name they have
    titles: dict[str, str] = field(default_factory=dict)  # of the columns, by key
    beside: dict[str, Value] = field(default_factory=dict)  # right of a column, under no name

    def text(self, key: str) -> str:
        return text_of(self.values.get(key))

    def across(self, key: str) -> str:
        """The text of a column and of the one beside it that has no name of its own.

        So people write a name in two columns under one merged head.
        """
        parts = (self.text(key), text_of(self.beside.get(key)))
        return " ".join(part for part in parts if part)

    def number_at(self, key: str) -> Decimal | None:
        return number_of(self.values.get(key), self.titles.get(key, key))

    def whole(self, key: str) -> int | None:
        return whole_of(self.values.get(key), self.titles.get(key, key))

    def day(self, key: str) -> date | None:
        return day_of(self.values.get(key), self.titles.get(key, key))

    def other_number(self, title: str) -> Decimal | None:
        return number_of(self.others.get(title), title)


@dataclass(frozen=True, slots=True)
class Table:
    """The lines under a row of names, in their order, blank ones left out."""

    sheet: str
    lines: list[Line]
    known: list[str]  # keys of the columns that are there
    unknown: list[str]  # names of columns that were not asked for

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)


def read_table(upload: File[bytes], columns: Sequence[Column], *, sheet: str = "") -> Table:
    """The first table in the workbook that has the needed columns.

    sheet  the title of the sheet to look at first. Names are compared without tone marks and
    case. Raises WorkbookOld, WorkbookUnreadable, WorkbookTooLarge, WorkbookColumnsMissing.
    """
    _refuse_strange(upload)
    asked = _Asked([(column, column.names) for column in columns])
    return _first_table(_pages(upload, sheet), asked)


def read_any(upload: File[bytes]) -> Table:
    """The first table of a workbook whose columns nobody knows yet: each line has ``others``.

    Its row of names is the one that says most among the first. Raises WorkbookOld,
    WorkbookUnreadable, WorkbookTooLarge.
    """
    _refuse_strange(upload)
    for page in _pages(upload, ""):
        heads = [_head(number, row, _Asked([])) for number, row in islice(page.rows, _HEAD_ROWS)]
        head = max(heads, key=lambda each: len(each.others), default=None)
        if head is not None and len(head.others) > 1:
            return _table(page, head)
    raise WorkbookUnreadable


@dataclass(frozen=True, slots=True)
class _Page:
    title: str
    rows: list[tuple[int, tuple[Value, ...]]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The columns that are looked for, each with its names."""

    columns: list[tuple[Column, set[str]]]

    @property
    def needed(self) -> list[Column]:
        return [column for column, _names in self.columns if column.is_needed]


@dataclass(frozen=True, slots=True)
class _Head:
    """A row of names: at which place which column stands."""

    at: int  # number of the row
    places: dict[int, Column]
    others: dict[int, str]

    def lacks(self, needed: list[Column]) -> list[Column]:
        there = {column.key for column in self.places.values()}
        return [column for column in needed if column.key not in there]


def _refuse_strange(upload: File[bytes]) -> None:
    if upload.size > MOST_BYTES:
        raise WorkbookTooLarge(most_mb=MOST_BYTES / 1024**2, most_rows=MOST_ROWS)
    upload.seek(0)
    if upload.read(8) == _OLE:
        raise WorkbookOld
    upload.seek(0)
    try:
        with ZipFile(upload) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise WorkbookUnreadable from error
    if unpacked > _MOST_UNPACKED:
        raise WorkbookTooLarge(most_mb=MOST_BYTES / 1024**2, most_rows=MOST_ROWS)
    upload.seek(0)


def _pages(upload: File[bytes], wanted: str) -> Iterator[_Page]:
    """Each sheet when it is asked for: most hold their table in the first."""
    try:
        book = load_workbook(upload, read_only=True, data_only=True)
        for page in _ordered(book.worksheets, wanted):
            yield _rows(page)
    except _UNREADABLE as error:
        raise WorkbookUnreadable from error


def _ordered(pages: list[Any], wanted: str) -> list[Any]:
    key = search_key(wanted)
    return sorted(pages, key=lambda page: search_key(page.title) != key)


def _rows(page: Any) -> _Page:
    """The rows that say something; a sheet may be painted down to its last row."""
    page.reset_dimensions()  # some programs write a wrong size
    found: list[tuple[int, tuple[Value, ...]]] = []
    numbered = enumerate(page.iter_rows(max_col=_MOST_COLUMNS, values_only=True), start=1)
    for number, row in numbered:
        if any(text_of(value) for value in row):
            found.append((number, row))
        elif number - (found[-1][0] if found else 0) > _BLANK_ROWS:
            break
        if len(found) > MOST_ROWS + _HEAD_ROWS:
            raise WorkbookTooLarge(most_mb=MOST_BYTES / 1024**2, most_rows=MOST_ROWS)
    return _Page(page.title, found)


def _first_table(pages: Iterator[_Page], asked: _Asked) -> Table:
    nearest = asked.needed
    for page in pages:
        for number, row in islice(page.rows, _HEAD_ROWS):
            head = _head(number, row, asked)
            lacking = head.lacks(asked.needed)
            if not lacking:
                return _table(page, head)
            nearest = min(nearest, lacking, key=len)
    raise WorkbookColumnsMissing(columns=", ".join(f"“{column.title}”" for column in nearest))


def _head(number: int, row: tuple[Value, ...], asked: _Asked) -> _Head:
    """Each column once: of two with the same name the first counts."""
    left = dict(enumerate(asked.columns))
    head = _Head(number, {}, {})
    for place, value in enumerate(row):
        said = text_of(value)
        found = next((at for at, (_column, names) in left.items() if _names(said) & names), None)
        if found is not None:
            head.places[place] = left.pop(found)[0]
        elif said and said not in head.others.values():
            head.others[place] = said
    return head


def _names(said: str) -> set[str]:
    """What a head may mean: all of it, or what stands before a bracket ("Chỉ tiêu (lượt)")."""
    return {search_key(said), search_key(said.partition("(")[0])} - {""}


def _table(page: _Page, head: _Head) -> Table:
    titles = {column.key: str(column.title) for column in head.places.values()}
    lines = [_line(number, row, head, titles) for number, row in page.rows if number > head.at]
    known = [column.key for column in head.places.values()]
    return Table(page.title, lines, known, list(head.others.values()))


def _line(number: int, row: tuple[Value, ...], head: _Head, titles: dict[str, str]) -> Line:
    there = dict(enumerate(row))
    values = {column.key: there.get(place) for place, column in head.places.items()}
    others = {name: there.get(place) for place, name in head.others.items()}
    named = {*head.places, *head.others}
    beside = {
        column.key: there.get(place + 1)
        for place, column in head.places.items()
        if place + 1 not in named
    }
    return Line(number, values, others, titles, beside)
