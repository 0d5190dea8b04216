"""What people do with activities and the help given in them."""

from senhong.activities.facts import (
    ActivityFacts,
    GivenHelp,
    HelpAnswer,
    HelpFacts,
    HelpOutcome,
    Present,
)
from senhong.activities.services.answering import Answer, answer_activity
from senhong.activities.services.checking_in import check_in, check_in_key
from senhong.activities.services.closing import cancel_activity, close_activity, reopen_activity
from senhong.activities.services.correcting import correct_help, withdraw_help
from senhong.activities.services.everyday import everyday_activities
from senhong.activities.services.evidence import attach_photo
from senhong.activities.services.merging import carry_participants, carry_recorded
from senhong.activities.services.participants import cancel_sign_up, confirm, sign_up
from senhong.activities.services.partners import hand_on_activities, say_parts
from senhong.activities.services.planning import (
    change_activity,
    plan_activity,
    start_activity,
)
from senhong.activities.services.presence import (
    count_present,
    list_present,
    mark_absent,
    mark_left,
    mark_present,
)
from senhong.activities.services.recording import MOST_HELPS, record_help, record_helps
from senhong.activities.services.reviewing import (
    accept_helps,
    accept_helps_of_newcomer,
    return_helps,
    return_helps_of_newcomer,
)
from senhong.activities.services.rules import set_counting_rule
from senhong.activities.services.series import plan_series
from senhong.activities.services.steering import steer_activity
from senhong.activities.services.templates import delete_template, save_template
from senhong.activities.services.ticking import tick

__all__ = [
    "MOST_HELPS",
    "ActivityFacts",
    "Answer",
    "GivenHelp",
    "HelpAnswer",
    "HelpFacts",
    "HelpOutcome",
    "Present",
    "accept_helps",
    "accept_helps_of_newcomer",
    "answer_activity",
    "attach_photo",
    "cancel_activity",
    "cancel_sign_up",
    "carry_participants",
    "carry_recorded",
    "change_activity",
    "check_in",
    "check_in_key",
    "close_activity",
    "confirm",
    "correct_help",
    "count_present",
    "delete_template",
    "everyday_activities",
    "hand_on_activities",
    "list_present",
    "mark_absent",
    "mark_left",
    "mark_present",
    "plan_activity",
    "plan_series",
    "record_help",
    "record_helps",
    "reopen_activity",
    "return_helps",
    "return_helps_of_newcomer",
    "save_template",
    "say_parts",
    "set_counting_rule",
    "sign_up",
    "start_activity",
    "steer_activity",
    "tick",
    "withdraw_help",
]
