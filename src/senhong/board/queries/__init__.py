"""What a person who is responsible for a unit or a team looks at first."""

from senhong.board.queries.home import home_of
from senhong.board.queries.leaves import Leaf, leaves_of
from senhong.board.queries.needs import Needs
from senhong.board.queries.period import Period, Span, period_of
from senhong.board.queries.team import TeamBoard, team_board
from senhong.board.queries.tree import DayTree, Spot, tree_on
from senhong.board.queries.unit import ChildLine, UnitBoard, relatives_of, unit_board

__all__ = [
    "ChildLine",
    "DayTree",
    "Leaf",
    "Needs",
    "Period",
    "Span",
    "Spot",
    "TeamBoard",
    "UnitBoard",
    "home_of",
    "leaves_of",
    "period_of",
    "relatives_of",
    "team_board",
    "tree_on",
    "unit_board",
]
