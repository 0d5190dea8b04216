from senhong.ledger.views.figures import figures
from senhong.ledger.views.indicators import (
    edit_indicator,
    indicator_history,
    indicators,
    new_indicator,
)
from senhong.ledger.views.postings import postings

__all__ = [
    "edit_indicator",
    "figures",
    "indicator_history",
    "indicators",
    "new_indicator",
    "postings",
]
