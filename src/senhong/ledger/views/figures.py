from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.core.days import as_date
from senhong.ledger import queries
from senhong.ledger.errors import UnitNotOnMap
from senhong.ledger.forms import BREAKDOWNS, Question
from senhong.ledger.models import Indicator
from senhong.ledger.notes import names_of, shown, with_end
from senhong.ledger.queries import By, FigureRow
from senhong.ledger.views import asking
from senhong.org.queries import search_units
from senhong.web.charts import Chart, Point, bar_chart, line_chart
from senhong.web.components import Cell, Column, Option, Row, Table
from senhong.web.http import PageRequest
from senhong.web.templatetags.ui import period as said_period

MOST_BARS = 20
MOST_LINES = 5
MOST_POINTS = 120


@login_required
@require_safe
def figures(request: PageRequest) -> HttpResponse:
    """Figures of a unit; every number leads to what is behind it. The address is the question."""
    form = asking.form_of(request, queries.indicators())
    if not form.is_valid():
        return render(request, "ledger/figures.html", {"form": form}, status=422)
    asked = asking.question_of(request, form)
    try:
        found = queries.figure_page(request.actor, asked.reading, asked.indicators, asked.by)
    except UnitNotOnMap as error:
        return asking.not_standing(request, asked, error)
    answer = _Answer(
        asked, found.rows, leads_to_postings=asking.may_see_postings(request, asked.unit)
    )
    page = {
        "form": form,
        "asked": asked,
        "parent": found.around.parent,
        "period": asking.period_of(asked),
        "crumbs": asking.crumbs_of(asked, found.around),
        "map_switch": asking.map_switch(asked, found.around),
        "breakdowns": _breakdowns(asked),
        "notes": asking.notes_of(asked, found.around),
        "table": answer.table(),
        "chart": answer.chart(),
        "definitions": asking.definitions_of(asked, answer.shown, found.around),
        **_found_units(request, asked),
    }
    return render(request, "ledger/figures.html", page)


def _breakdowns(asked: Question) -> list[Option]:
    return [
        Option(label, asked.url(by=by.value), by is asked.by) for by, label in BREAKDOWNS.items()
    ]


def _found_units(request: PageRequest, asked: Question) -> dict[str, Any]:
    """Units whose name was typed, each leading to the same question about itself."""
    text = request.GET.get("q", "").strip()
    if not text:
        return {"q": "", "found": None}
    found = search_units(request.actor, text, limit=10)
    rows = [
        Row(
            [
                Cell(each.title, url=asked.url(unit=each.unit.key, map="of-day"), is_header=True),
                Cell(each.parent_title),
                Cell(each.years),
            ]
        )
        for each in found
    ]
    columns = [Column(_("Đơn vị")), Column(_("Thuộc")), Column(_("Thời gian"))]
    empty = _("Không thấy đơn vị nào tên như vậy.")
    return {"q": text, "found": Table(_("Đơn vị tìm thấy"), columns, rows, empty)}


class _Answer:
    """The rows as a table and a picture."""

    def __init__(
        self, asked: Question, rows: Sequence[FigureRow], *, leads_to_postings: bool
    ) -> None:
        self.asked = asked
        self.rows = rows
        self.leads_to_postings = leads_to_postings
        self.names = names_of(rows) if asked.by is By.UNIT else {}
        self.shown = self._shown()
        self.pieces = (
            {piece.label: piece for piece in queries.buckets(asked.by, asked.first, asked.last)}
            if asked.by.is_time
            else {}
        )

    def _shown(self) -> list[Indicator]:
        """What was chosen; when all are broken down, those that are not 0 throughout."""
        if self.asked.chosen or self.asked.by is By.INDICATOR:
            return [*self.asked.indicators]
        moved = {row.indicator for row in self.rows if row.quantity}
        return [each for each in self.asked.indicators if each.code in moved]

    def table(self) -> Table:
        caption = _("Số liệu của {unit}").format(unit=self.asked.unit.title)
        if self.asked.by is By.INDICATOR:
            return self._list(caption)
        head = _("Đơn vị") if self.asked.by is By.UNIT else _("Kỳ")
        columns = [Column(head)]
        columns += [Column(each.title, numeric=True, note=each.measure) for each in self.shown]
        rows = [self._line(found) for found in self._lines()]
        return Table(caption, columns, rows, _("Kỳ này chưa có số liệu nào."))

    def _list(self, caption: str) -> Table:
        by_code = {row.indicator: row for row in self.rows}
        columns = [Column(_("Chỉ tiêu")), Column(_("Số liệu"), numeric=True)]
        rows = [
            Row([Cell(each.title, is_header=True), self._cell(by_code[each.code], each)])
            for each in self.shown
        ]
        return Table(caption, columns, rows)

    def _lines(self) -> Iterable[dict[str, FigureRow]]:
        """For each unit, or each piece of time, its figures by indicator."""
        lines: dict[object, dict[str, FigureRow]] = {}
        for row in self.rows:
            lines.setdefault(row.period or row.line, {})[row.indicator] = row
        return lines.values()

    def _line(self, found: dict[str, FigureRow]) -> Row:
        some = next(iter(found.values()))
        head = Cell(
            self._label(some),
            url=self._unit_url(some),
            is_header=True,
            note=_ended(some) if self.asked.by is By.UNIT else "",
        )
        cells = [
            self._cell(found[each.code], each, says_measure=False)
            if each.code in found
            else Cell(None)
            for each in self.shown
        ]
        return Row([head, *cells], is_total=False)

    def _label(self, row: FigureRow) -> str:
        return said_period(row.period) if row.period else self.names[row.line]

    def _cell(self, row: FigureRow, each: Indicator, *, says_measure: bool = True) -> Cell:
        note = each.measure if says_measure else ""
        return Cell(row.quantity, url=self._behind(row, each), note=note)

    def _unit_url(self, row: FigureRow) -> str:
        """The same question about the unit of the row; a period or the own row has none."""
        if self.asked.by is not By.UNIT or row.unit == self.asked.unit.key:
            return ""
        return self.asked.url(unit=row.unit)

    def _behind(self, row: FigureRow, each: Indicator) -> str:
        """One level down: units below, else the postings."""
        changes: dict[str, Any] = {"unit": row.unit, "indicator": each.code}
        if piece := self.pieces.get(row.period or ""):
            last = min(piece.last, row.stood_until or piece.last)
            changes["from"] = as_date(last if each.is_state else piece.first).isoformat()
            changes["to"] = as_date(last).isoformat()
        if row.has_below:
            return self.asked.url(by=By.UNIT.value, **changes)
        if each.is_state or not self.leads_to_postings or self._is_abolished(row):
            return ""
        if row.is_own:
            changes["own"] = "1"
        return self.asked.url("ledger:postings", **changes)

    def _is_abolished(self, row: FigureRow) -> bool:
        """A level that was abolished has no page: its units are on an earlier map."""
        same = row.unit == self.asked.unit.key
        return self.asked.by is By.UNIT and same and not row.is_own

    def chart(self) -> Chart | None:
        """Bars for units, a line for periods; nothing where a picture would not help."""
        if self.asked.by is By.INDICATOR or not self.shown:
            return None
        if self.asked.by is By.UNIT:
            return self._bars(self.shown[0])
        return self._lines_chart(self.shown[:MOST_LINES])

    def _bars(self, each: Indicator) -> Chart | None:
        rows = [row for row in self.rows if row.indicator == each.code and row.quantity]
        rows.sort(key=lambda row: -row.quantity)
        if len(rows) < 2:
            return None
        rows = rows[:MOST_BARS]
        points = [
            Point(label=label, value=row.quantity, url=self._behind(row, each))
            for row, label in zip(rows, self._bar_labels(rows), strict=True)
        ]
        title = _("{indicator} theo đơn vị, cao nhất trước").format(indicator=each.title)
        return bar_chart(title, points, measure=each.measure, head=_("Đơn vị"), lying=True)

    def _bar_labels(self, rows: Sequence[FigureRow]) -> list[str]:
        """Names, and the end of those that only it tells apart: there is little room for more."""
        names = [self._label(row) for row in rows]
        return [
            with_end(name, row) if names.count(name) > 1 else name
            for name, row in zip(names, rows, strict=True)
        ]

    def _lines_chart(self, shown: Sequence[Indicator]) -> Chart | None:
        titles = {each.code: each for each in shown}
        rows = [row for row in self.rows if row.indicator in titles]
        if not 2 * len(shown) < len(rows) <= MOST_POINTS * len(shown):
            return None
        points = [
            Point(
                label=said_period(row.period),
                value=row.quantity,
                url=self._behind(row, titles[row.indicator]),
                series=titles[row.indicator].title if len(shown) > 1 else "",
            )
            for row in rows
        ]
        title = ", ".join(each.title for each in shown)
        return line_chart(title, points, measure=shown[0].measure, head=_("Kỳ"))


def _ended(row: FigureRow) -> str:
    if row.stood_until is None:
        return ""
    return _("đến {day}").format(day=shown(row.stood_until))
