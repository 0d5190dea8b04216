"""What was kept, and what a phone takes along."""

from senhong.sync.queries.bundle import Bundle, bundle_of
from senhong.sync.queries.kept import (
    KeptLine,
    KeptSlice,
    get_kept_act,
    kept_acts,
    open_number,
    text_of,
    value_of,
)

__all__ = [
    "Bundle",
    "KeptLine",
    "KeptSlice",
    "bundle_of",
    "get_kept_act",
    "kept_acts",
    "open_number",
    "text_of",
    "value_of",
]
