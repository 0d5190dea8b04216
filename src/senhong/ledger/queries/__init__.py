"""What pages, reports and clients ask of the ledger. Nothing here writes."""

from senhong.ledger.queries.around import Around, Step, heir_of, unit_to_begin_with
from senhong.ledger.queries.atlas import Reading
from senhong.ledger.queries.carried import figures_before
from senhong.ledger.queries.checking import WrongTotal, wrong_totals, wrong_totals_said
from senhong.ledger.queries.figures import (
    Ask,
    FigurePage,
    FigureRow,
    figure_page,
    figures,
    figures_for,
    unit_titles,
)
from senhong.ledger.queries.indicators import get_indicator, indicators
from senhong.ledger.queries.last_days import last_days
from senhong.ledger.queries.notes import NOTES, notes_beside, notes_of_each
from senhong.ledger.queries.on_map import relatives_on
from senhong.ledger.queries.periods import Bucket, By, buckets
from senhong.ledger.queries.postings import (
    SOURCES,
    PostingLine,
    PostingPage,
    SourceSeen,
    postings_behind,
    postings_with_ids,
)
from senhong.ledger.queries.pulse import Watched, pulse_of, watched
from senhong.ledger.queries.sums import STATES
from senhong.ledger.queries.versions import (
    Versions,
    VersionSeen,
    Words,
    history_of,
    versions_of,
)

__all__ = [
    "NOTES",
    "SOURCES",
    "STATES",
    "Around",
    "Ask",
    "Bucket",
    "By",
    "FigurePage",
    "FigureRow",
    "PostingLine",
    "PostingPage",
    "Reading",
    "SourceSeen",
    "Step",
    "VersionSeen",
    "Versions",
    "Watched",
    "Words",
    "WrongTotal",
    "buckets",
    "figure_page",
    "figures",
    "figures_before",
    "figures_for",
    "get_indicator",
    "heir_of",
    "history_of",
    "indicators",
    "last_days",
    "notes_beside",
    "notes_of_each",
    "postings_behind",
    "postings_with_ids",
    "pulse_of",
    "relatives_on",
    "unit_titles",
    "unit_to_begin_with",
    "versions_of",
    "watched",
    "wrong_totals",
    "wrong_totals_said",
]
