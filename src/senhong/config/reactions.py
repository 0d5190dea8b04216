"""What follows from what. The one place to look for side effects.

*Together*: in the event's own transaction, called with the actor and the event's facts.
*Afterwards*: a job, queued in that transaction, called with the event's id.
"""

from senhong.activities.services import carry_attendance
from senhong.audit.services import AFTERWARDS, TOGETHER
from senhong.ledger.services import carry_totals, restore_totals
from senhong.org.jobs import import_country, run_map_changes, settle_units_in_time
from senhong.plans.services import hand_on_parts
from senhong.sync.services import replay_held_of

TOGETHER.update(
    {
        "map.changed": [carry_totals],
        "map.restored": [restore_totals],
        "member.merged": [carry_attendance],
        "partner.handed-on": [hand_on_parts],
        "newcomer.confirmed": [replay_held_of],
        "newcomer.refused": [replay_held_of],
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
