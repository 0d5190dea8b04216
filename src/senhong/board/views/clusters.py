"""The table of a province's clusters on its first page."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senhong.board.queries import UnitBoard
from senhong.board.queries.clusters import ClusterLine, cluster_lines
from senhong.plans.cards import TONES, WORDS
from senhong.web.components import Cell, Column, Row, Table


def clusters_shown(board: UnitBoard) -> Table | None:
    """One row for each cluster; None where there are none."""
    lines = cluster_lines(board)
    if not lines:
        return None
    columns = [Column(_("Cụm"))] + [
        Column(each.title, numeric=True, note=each.measure) for each in board.columns
    ]
    return Table(_("Theo cụm"), columns, [_row(board, line) for line in lines])


def _row(board: UnitBoard, line: ClusterLine) -> Row:
    query = urlencode({"cluster": str(line.cluster.pk)})
    url = f"{reverse('board:matrix', args=[board.unit.key])}?{query}"
    note = ngettext("{number} đơn vị", "{number} đơn vị", line.units).format(number=line.units)
    name = Cell(line.cluster.name, url, is_header=True, note=note)
    return Row([name, *(_cell(line, each.code, url) for each in board.columns)])


def _cell(line: ClusterLine, code: str, url: str) -> Cell:
    progress = line.progress.get(code)
    if progress is None:
        return Cell(line.figures[code], url)
    value = f"{number_format(progress.figure)} / {number_format(progress.target.quantity)}"
    word = WORDS[progress.state]
    return Cell(value, url, TONES[progress.state], title=word, note=word)
