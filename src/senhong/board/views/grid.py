"""The table units × targets, written: on a page, and as a sheet of a workbook."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from senhong.board.queries.matrix import Group, Line, Mark, Matrix, Measure
from senhong.core.days import as_date
from senhong.plans.cards import TONES, WORDS, figures_url, said_days
from senhong.web import workbooks
from senhong.web.components import Cell, Column, Row, Table

_SOME_UNIT = "UNIT"  # stands for a unit's key in an address
_SOME_ID = str(UUID(int=0))


def table_of(found: Matrix, page: str) -> Table:
    """The page's table. ``page``: its own address, to be sorted in another way."""
    return _Grid(found).table(page)


class _Grid:
    """Addresses and numbers are made once for all cells: there are two thousand of them."""

    def __init__(self, found: Matrix) -> None:
        self.found = found
        self.separator = get_format("THOUSAND_SEPARATOR")
        self.target = reverse("plans:target", args=[_SOME_ID])
        self.unit = reverse("board:unit", args=[_SOME_UNIT])
        self.figures = [self._figures(measure) for measure in found.measures]
        below = {spot.parent_id for spot in found.tree.spots.values()}
        self.leads_down = below - {None}

    def _figures(self, measure: Measure) -> tuple[str, str]:
        """What is behind a figure: by unit, and by week where nothing is below."""
        last = max(measure.first, min(self.found.asked.day, measure.last))
        by_unit, by_week = (
            figures_url(_SOME_UNIT, [measure.indicator.code], measure.first, last, by=by)
            for by in ("unit", "week")
        )
        return by_unit, by_week

    def table(self, page: str) -> Table:
        found = self.found
        columns = [self._column(page, "name", _("Đơn vị"))]
        columns += [
            self._column(page, str(number), measure.indicator.title, measure)
            for number, measure in enumerate(found.measures, 1)
        ]
        rows = [row for group in found.groups for row in self._rows(group)]
        if found.own is not None:
            name = Cell(_("Ghi ở chính {unit}").format(unit=found.own.title), is_header=True)
            rows.append(Row([name, *map(self._plain, found.own.marks)]))
        if rows:
            rows.append(self._row(found.whole, title=_("Cộng"), is_total=True))
        return Table(_("Đơn vị và chỉ tiêu"), columns, rows, _("Không có đơn vị nào ở đây."))

    def _column(self, page: str, key: str, title: str, measure: Measure | None = None) -> Column:
        """Worst first; the same column again turns it round."""
        sort = self.found.asked.sort
        asked = {name: values[0] for name, values in parse_qs(page.lstrip("?")).items()}
        wanted = {"name": "" if sort == "name" else "name"}.get(
            key, f"-{key}" if sort == key else key
        )
        said = {name: value for name, value in (asked | {"sort": wanted}).items() if value}
        note = ""
        if measure is not None:
            days = said_days(as_date(measure.first), as_date(measure.last))
            note = f"{measure.indicator.measure} · {days}"
        return Column(
            title, numeric=measure is not None, note=note, url=f"?{urlencode(said)}",
            order={key: "ascending", f"-{key}": "descending"}.get(sort, ""),
        )  # fmt: skip

    def _rows(self, group: Group) -> Iterator[Row]:
        if group.head is not None:
            yield self._row(group.head, is_group=True)
        for line in group.lines:
            yield self._row(line)

    def _row(
        self, line: Line, *, title: str = "", is_total: bool = False, is_group: bool = False
    ) -> Row:
        cells = [self._cell(line, at, mark) for at, mark in enumerate(line.marks)]
        name = Cell(title or line.title, "" if title else self._page(line), is_header=True)
        return Row([name, *cells], is_total=is_total, is_group=is_group)

    def _page(self, line: Line) -> str:
        if line.spot is not None:
            return self.unit.replace(_SOME_UNIT, line.spot.unit.key)
        if line.cluster is not None:
            return f"?{urlencode({'cluster': str(line.cluster.pk)})}"
        return ""

    def _cell(self, line: Line, at: int, mark: Mark) -> Cell:
        progress, figure = mark.progress, mark.figure
        if progress is None:
            return Cell(self._said(figure), self._behind(line, at) if figure is not None else "")
        value = f"{self._said(progress.figure)} / {self._said(progress.target.quantity)}"
        word = WORDS[progress.state]
        note = f"{word} · {progress.share_percent:.0f} %"
        is_real = line.spot is not None  # a cluster's target is a sum, and has no page
        url = (
            self.target.replace(_SOME_ID, str(progress.target.pk)) if is_real else self._page(line)
        )
        return Cell(value, url, TONES[progress.state], note=note)

    def _behind(self, line: Line, at: int) -> str:
        if line.spot is None:
            return self._page(line)
        by_unit, by_week = self.figures[at]
        url = by_unit if line.spot.id in self.leads_down else by_week
        return url.replace(_SOME_UNIT, line.spot.unit.key)

    def _plain(self, mark: Mark) -> Cell:
        return Cell(self._said(mark.figure))

    def _said(self, figure: int | None) -> str:
        return "–" if figure is None else f"{figure:,}".replace(",", self.separator)


def sheet_of(found: Matrix) -> workbooks.Sheet:
    """Every row with its group; figure, target, share and state of each column apart."""
    columns = [
        workbooks.Column("code", _("Mã số")),
        workbooks.Column("unit", _("Đơn vị")),
        workbooks.Column("group", _("Thuộc")),
    ]
    for number, measure in enumerate(found.measures, 1):
        columns += _columns(number, measure)
    rows = [row for group in found.groups for row in _sheet_rows(group)]
    if found.own is not None:
        own = _("Ghi ở chính {unit}").format(unit=found.own.title)
        rows.append(["", own, "", *_values(found.own)])
    rows.append(["", _("Cộng"), "", *_values(found.whole)])
    return workbooks.Sheet(_("Đơn vị × chỉ tiêu"), columns, rows)


def _columns(number: int, measure: Measure) -> list[workbooks.Column]:
    days = said_days(as_date(measure.first), as_date(measure.last))
    title = f"{measure.indicator.title} ({measure.indicator.measure}, {days})"
    return [
        workbooks.Column(f"figure-{number}", title, width=18),
        workbooks.Column(f"target-{number}", _("Mức giao")),
        workbooks.Column(f"percent-{number}", _("Tỉ lệ (%)")),
        workbooks.Column(f"state-{number}", _("Nhịp độ")),
    ]


def _sheet_rows(group: Group) -> Iterator[list[workbooks.Value]]:
    above = group.head.title if group.head else ""
    if group.head is not None:
        yield _sheet_row(group.head, "")
    for line in group.lines:
        yield _sheet_row(line, above)


def _sheet_row(line: Line, above: str) -> list[workbooks.Value]:
    return [line.spot.unit.code if line.spot else "", line.title, above, *_values(line)]


def _values(line: Line) -> Iterator[workbooks.Value]:
    for mark in line.marks:
        yield mark.figure
        if mark.progress is None:
            yield from (None, None, None)
        else:
            yield mark.progress.target.quantity
            yield mark.progress.share_percent
            yield str(WORDS[mark.progress.state])
