from senhong.activities.views.activities import activities, activity
from senhong.activities.views.answering import answer
from senhong.activities.views.attendance import present, present_number
from senhong.activities.views.calendar import calendar
from senhong.activities.views.check_in import check_in, check_in_code, mark
from senhong.activities.views.helps import correct_help, doorstep, record_help, withdraw_help
from senhong.activities.views.hours import hours_of
from senhong.activities.views.participating import arrive, cancel_sign_up, confirm, sign_up
from senhong.activities.views.partners import say_parts
from senhong.activities.views.photos import photo
from senhong.activities.views.planning import change_activity, plan_activity, plan_series
from senhong.activities.views.review import accept_help, return_help, review_team, review_unit
from senhong.activities.views.rules import set_counting_rule
from senhong.activities.views.states import (
    cancel_activity,
    close_activity,
    reopen_activity,
    start_activity,
)
from senhong.activities.views.templates import delete_template, save_template

__all__ = [
    "accept_help",
    "activities",
    "activity",
    "answer",
    "arrive",
    "calendar",
    "cancel_activity",
    "cancel_sign_up",
    "change_activity",
    "check_in",
    "check_in_code",
    "close_activity",
    "confirm",
    "correct_help",
    "delete_template",
    "doorstep",
    "hours_of",
    "mark",
    "photo",
    "plan_activity",
    "plan_series",
    "present",
    "present_number",
    "record_help",
    "reopen_activity",
    "return_help",
    "review_team",
    "review_unit",
    "save_template",
    "say_parts",
    "set_counting_rule",
    "sign_up",
    "start_activity",
    "withdraw_help",
]
