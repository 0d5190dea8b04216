"""What follows from what. The one place to look for side effects.

*Together*: in the event's own transaction, called with the actor and the event's facts.
*Afterwards*: a job, queued in that transaction, called with the event's id.
"""

from senhong.activities.jobs import tell_of_cancelling, tell_of_moving, tell_of_promotion
from senhong.activities.services import (
    accept_helps_of_newcomer,
    attach_photo,
    carry_participants,
    carry_recorded,
    return_helps_of_newcomer,
)
from senhong.audit.services import AFTERWARDS, TOGETHER
from senhong.comms.jobs import end_notes_of_phone, welcome_newcomer
from senhong.comms.services import carry_messages
from senhong.ledger.services import carry_totals, restore_totals
from senhong.org.jobs import import_country, run_map_changes, settle_units_in_time
from senhong.plans.services import hand_on_parts
from senhong.sync.services import carry_kept, replay_held_of
from senhong.work.services import (
    carry_tasks,
    carry_tasks_of_account,
    release_tasks_of_member,
    restore_tasks,
)

TOGETHER.update(
    {
        "map.changed": [carry_totals, carry_tasks],
        "map.restored": [restore_totals, restore_tasks],
        "newcomer.confirmed": [accept_helps_of_newcomer, replay_held_of],
        "newcomer.refused": [return_helps_of_newcomer, replay_held_of],
        "member.merged": [carry_participants],
        "account.united": [
            carry_recorded,
            carry_messages,
            carry_kept,
            carry_tasks_of_account,
        ],
        "member.left": [release_tasks_of_member],
        "member.transferred": [release_tasks_of_member],
        "partner.handed-on": [hand_on_parts],
        "upload.finished": [attach_photo],
    }
)
AFTERWARDS.update(
    {
        "activity.cancelled": [tell_of_cancelling],
        "activity.changed": [tell_of_moving],
        "device.signed-out": [end_notes_of_phone],
        "newcomer.confirmed": [welcome_newcomer],
        "participant.promoted": [tell_of_promotion],
        "units.wanted": [import_country],
        "map.foreseen": [settle_units_in_time],
        "map-change.confirmed": [run_map_changes],
        "map-change.undo-confirmed": [run_map_changes],
        "map-change.taken-up": [run_map_changes],
    }
)
