"""Tables → a workbook that people open, sort and send back."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from senhong.core.text import plain
from senhong.web.components import Text
from senhong.web.workbooks.columns import Column, Value

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what Excel, or whoever it is copied to, computes
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_NARROWEST, _WIDEST = 8, 60


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its first row names the columns, and stays in sight."""

    title: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]  # values in the order of the columns


def written(sheets: Iterable[Sheet]) -> bytes:
    """A workbook: numbers are numbers, days are days, and no text is ever a formula."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book, sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_response(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """The workbook as a download called ``name`` (with .xlsx)."""
    answer = HttpResponse(written(sheets), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _write(book: Any, sheet: Sheet) -> None:
    page = book.create_sheet(_NOT_IN_TITLES.sub(" ", str(sheet.title))[:31])
    page.freeze_panes = "A2"
    for at, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(at)].width = _width(sheet, at - 1, column)
    page.append([_head(page, column) for column in sheet.columns])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])


def _head(page: Any, column: Column) -> Any:
    cell = _cell(page, str(column.title))
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(page: Any, value: Value) -> Any:
    cell = WriteOnlyCell(page, plain(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA)
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    elif isinstance(value, int):
        cell.number_format = "#,##0"
    return cell


def _width(sheet: Sheet, at: int, column: Column) -> int:
    if column.width:
        return column.width
    longest = max((len(str(row[at] or "")) for row in sheet.rows), default=0)
    head = max(len(word) for word in f"{column.title} ".split(" "))
    return min(max(longest + 2, head + 2, _NARROWEST), _WIDEST)
