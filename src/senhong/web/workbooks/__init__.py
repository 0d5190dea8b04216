"""Excel workbooks, in and out: the one place that knows how they are made."""

from senhong.web.workbooks.columns import CellMistake, Column, Value
from senhong.web.workbooks.fields import ACCEPT, WorkbookField
from senhong.web.workbooks.reading import MOST_BYTES, MOST_ROWS, Line, Table, read_any, read_table
from senhong.web.workbooks.writing import Sheet, written, xlsx_response

__all__ = [
    "ACCEPT",
    "MOST_BYTES",
    "MOST_ROWS",
    "CellMistake",
    "Column",
    "Line",
    "Sheet",
    "Table",
    "Value",
    "WorkbookField",
    "read_any",
    "read_table",
    "written",
    "xlsx_response",
]
