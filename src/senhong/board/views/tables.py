"""The table units × indicators."""

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from senhong.board.queries import ChildLine, UnitBoard
from senhong.board.views.asked import period_url
from senhong.core.days import FIRST_DAY, as_date
from senhong.ledger.models import Indicator
from senhong.plans.cards import TONES, WORDS
from senhong.web.components import Cell, Column, Row, Table

SHOWN = 12  # rows before the rest is folded away


def units_shown(board: UnitBoard) -> dict[str, object] | None:
    """The units below, who needs support first; None where there are none."""
    if not board.lines:
        return None
    columns = [Column(_("Đơn vị"))] + [
        Column(each.title, numeric=True, note=each.measure) for each in board.columns
    ]
    rows = [_row(board, line) for line in board.lines if line.spot]
    # What has ended, and the unit's own: part of the sum, but nobody to support.
    others = [_row(board, line) for line in board.lines if not line.spot]
    total = Row(
        [
            Cell(_("Cộng"), is_header=True),
            *(_whole(board, each) for each in board.columns),
        ],
        is_total=True,
    )
    caption = _("Đơn vị và chỉ tiêu, xếp theo mức cần hỗ trợ")
    shown = SHOWN if len(rows) > SHOWN + 2 else len(rows)
    rest = Table(_("Các đơn vị còn lại"), columns, rows[shown:])
    return {
        "first": Table(caption, columns, [*rows[:shown], *others, total]),
        "rest": rest if rest.rows else None,
        "rest_number": len(rest.rows),
        "number": len(rows),
    }


def _row(board: UnitBoard, line: ChildLine) -> Row:
    cells = [_cell(board, line, each) for each in board.columns]
    return Row([_name(board, line), *cells], id=f"unit-{line.key}" if not line.is_own else "")


def _name(board: UnitBoard, line: ChildLine) -> Cell:
    if line.is_own:
        has_past = board.tree.map.from_day > FIRST_DAY
        note = _("cùng số của đơn vị cũ không còn cấp tương ứng") if has_past else ""
        return Cell(_("Ghi ở {unit}").format(unit=line.title), is_header=True, note=note)
    note = ""
    if line.stood_until:
        day = date_format(as_date(line.stood_until), "DATE_FORMAT")
        note = _("đến {day}").format(day=day)
    return Cell(line.title, reverse("board:unit", args=[line.key]), is_header=True, note=note)


def _cell(board: UnitBoard, line: ChildLine, each: Indicator) -> Cell:
    figure, progress = line.figures.get(each.code, 0), line.progress.get(each.code)
    if progress is not None:
        value = f"{number_format(progress.figure)} / {number_format(progress.target.quantity)}"
        url = reverse("plans:target", args=[progress.target.pk])
        word = WORDS[progress.state]
        return Cell(value, url, TONES[progress.state], title=word, note=word)
    return Cell(figure, _behind(board, line.key, each))


def _whole(board: UnitBoard, each: Indicator) -> Cell:
    return Cell(board.whole[each.code], _behind(board, board.unit.key, each))


def _behind(board: UnitBoard, key: str, each: Indicator) -> str:
    return period_url(board.period, key, each, by="unit")
