"""Excel workbooks, in and out: the one place that knows how they are made."""

from senhong.web.workbooks.columns import CellMistake, Column, Value
from senhong.web.workbooks.reading import MOST_BYTES, MOST_ROWS, Line, Table, read_any, read_table
from senhong.web.workbooks.writing import Sheet, written, xlsx_response

ACCEPT = ".xlsx"  # for the form's field

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
    "read_any",
    "read_table",
    "written",
    "xlsx_response",
]
