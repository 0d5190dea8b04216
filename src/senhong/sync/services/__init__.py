"""What phones send is judged, and what could not be recorded is decided by people."""

from senhong.sync.services.deciding import dismiss_act, replay_act, replay_held_of
from senhong.sync.services.doing import do_act
from senhong.sync.services.importing import import_acts
from senhong.sync.services.keeping import clear_bytes, keep_acts, keep_body
from senhong.sync.services.receiving import receive_acts
from senhong.sync.services.uniting import carry_kept

__all__ = [
    "carry_kept",
    "clear_bytes",
    "dismiss_act",
    "do_act",
    "import_acts",
    "keep_acts",
    "keep_body",
    "receive_acts",
    "replay_act",
    "replay_held_of",
]
