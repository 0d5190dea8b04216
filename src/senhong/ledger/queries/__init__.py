"""What pages, reports and clients ask of the ledger. Nothing here writes."""

from senhong.ledger.queries.checking import WrongTotal, wrong_totals
from senhong.ledger.queries.figures import Ask, FigureRow, figures, figures_for
from senhong.ledger.queries.indicators import get_indicator, indicators
from senhong.ledger.queries.on_map import relatives_on
from senhong.ledger.queries.periods import By
from senhong.ledger.queries.postings import (
    SOURCES,
    PostingLine,
    PostingPage,
    SourceSeen,
    postings_behind,
    postings_with_ids,
)
from senhong.ledger.queries.sums import STATES

__all__ = [
    "SOURCES",
    "STATES",
    "Ask",
    "By",
    "FigureRow",
    "PostingLine",
    "PostingPage",
    "SourceSeen",
    "WrongTotal",
    "figures",
    "figures_for",
    "get_indicator",
    "indicators",
    "postings_behind",
    "postings_with_ids",
    "relatives_on",
    "wrong_totals",
]
