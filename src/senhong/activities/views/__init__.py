from senhong.activities.views.activities import activities, activity
from senhong.activities.views.answering import answer
from senhong.activities.views.attendance import present, present_number
from senhong.activities.views.helps import correct_help, doorstep, record_help, withdraw_help
from senhong.activities.views.partners import say_parts
from senhong.activities.views.planning import change_activity, plan_activity
from senhong.activities.views.states import (
    cancel_activity,
    close_activity,
    reopen_activity,
    start_activity,
)

__all__ = [
    "activities",
    "activity",
    "answer",
    "cancel_activity",
    "change_activity",
    "close_activity",
    "correct_help",
    "doorstep",
    "plan_activity",
    "present",
    "present_number",
    "record_help",
    "reopen_activity",
    "say_parts",
    "start_activity",
    "withdraw_help",
]
