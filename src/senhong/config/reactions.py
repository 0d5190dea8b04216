"""What follows from what. The one place to look for side effects.

*Together*: in the event's own transaction, called with the actor and the event's facts.
*Afterwards*: a job, queued in that transaction, called with the event's id.
"""

from senhong.activities.services import (
    accept_helps_of_newcomer,
    attach_photo,
    carry_participants,
    carry_recorded,
    return_helps_of_newcomer,
)
from senhong.audit.services import AFTERWARDS, TOGETHER
from senhong.ledger.services import carry_totals, restore_totals
from senhong.org.jobs import import_country, run_map_changes, settle_units_in_time
from senhong.plans.services import hand_on_parts

TOGETHER.update(
    {
        "account.united": [carry_recorded],
        "map.changed": [carry_totals],
        "map.restored": [restore_totals],
        "newcomer.confirmed": [accept_helps_of_newcomer],
        "newcomer.refused": [return_helps_of_newcomer],
        "member.merged": [carry_participants],
        "partner.handed-on": [hand_on_parts],
        "upload.finished": [attach_photo],
    }
)
AFTERWARDS.update(
    {
        "units.wanted": [import_country],
        "map.foreseen": [settle_units_in_time],
        "map-change.confirmed": [run_map_changes],
        "map-change.undo-confirmed": [run_map_changes],
        "map-change.taken-up": [run_map_changes],
    }
)
