"""What every chart is made of, and the table that always comes with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from senhong.web.components import Cell, Column, Row, Table, Text, Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One value of a chart. ``title`` is said when a pointer rests on it, or read aloud."""

    label: Text
    value: float | None  # None: nothing known, nothing drawn
    url: str = ""
    title: Text = ""
    series: Text = ""
    tone: Tone = ""
    is_partial: bool = False  # the period is not over


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and its table. ``svg`` is empty when there is nothing to draw."""

    svg: SafeString
    table: Table
    title: Text


def table_of(title: Text, points: Sequence[Point], *, head: Text, measure: Text) -> Table:
    """The points as a table: a row for each label, a column for each series."""
    series = list(dict.fromkeys(str(point.series) for point in points))
    labels = list(dict.fromkeys(str(point.label) for point in points))
    found = {(str(point.label), str(point.series)): point for point in points}
    columns = [Column(head), *(Column(name or measure, numeric=True) for name in series)]
    rows = [
        Row([Cell(label, is_header=True), *(_cell(found.get((label, name))) for name in series)])
        for label in labels
    ]
    return Table(title, columns, rows, empty=_("Chưa có số liệu."))


def _cell(point: Point | None) -> Cell:
    if point is None:
        return Cell(None)
    return Cell(point.value, url=point.url, note=_("đang diễn ra") if point.is_partial else "")
