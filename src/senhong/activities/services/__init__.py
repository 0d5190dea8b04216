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
from senhong.activities.services.attendance import (
    count_present,
    list_present,
    mark_absent,
    mark_present,
)
from senhong.activities.services.closing import cancel_activity, close_activity, reopen_activity
from senhong.activities.services.correcting import correct_help, withdraw_help
from senhong.activities.services.merging import carry_attendance
from senhong.activities.services.partners import say_parts
from senhong.activities.services.planning import (
    change_activity,
    plan_activity,
    start_activity,
)
from senhong.activities.services.recording import MOST_HELPS, record_help, record_helps

__all__ = [
    "MOST_HELPS",
    "ActivityFacts",
    "Answer",
    "GivenHelp",
    "HelpAnswer",
    "HelpFacts",
    "HelpOutcome",
    "Present",
    "answer_activity",
    "cancel_activity",
    "carry_attendance",
    "change_activity",
    "close_activity",
    "correct_help",
    "count_present",
    "list_present",
    "mark_absent",
    "mark_present",
    "plan_activity",
    "record_help",
    "record_helps",
    "reopen_activity",
    "say_parts",
    "start_activity",
    "withdraw_help",
]
