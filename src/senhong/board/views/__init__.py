"""The first pages."""

from senhong.board.views.cards import cards, live
from senhong.board.views.clock import set_reading_date
from senhong.board.views.communes import communes
from senhong.board.views.home import home
from senhong.board.views.matrix import matrix, matrix_xlsx
from senhong.board.views.remind import needs
from senhong.board.views.state_map import state_map
from senhong.board.views.team import team
from senhong.board.views.unit import unit

__all__ = [
    "cards",
    "communes",
    "home",
    "live",
    "matrix",
    "matrix_xlsx",
    "needs",
    "set_reading_date",
    "state_map",
    "team",
    "unit",
]
