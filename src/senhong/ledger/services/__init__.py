"""The only code that writes to the ledger."""

from senhong.ledger.services.carrying import carry_totals, repair_totals, restore_totals
from senhong.ledger.services.emptying import empty_ledger
from senhong.ledger.services.indicators import (
    IndicatorFacts,
    add_indicator,
    change_indicator,
)
from senhong.ledger.services.posting import NewPosting, Outcome, post, reversal_of

__all__ = [
    "IndicatorFacts",
    "NewPosting",
    "Outcome",
    "add_indicator",
    "carry_totals",
    "change_indicator",
    "empty_ledger",
    "post",
    "repair_totals",
    "restore_totals",
    "reversal_of",
]
