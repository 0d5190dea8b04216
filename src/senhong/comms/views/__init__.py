from senhong.comms.views.given_up import given_up, retry
from senhong.comms.views.inbox import inbox, old_reminders, see_all_messages, see_message
from senhong.comms.views.reaching import (
    choose_topics,
    confirm_email,
    end_push,
    message_settings,
)
from senhong.comms.views.reminders import see_reminder, sent

__all__ = [
    "choose_topics",
    "confirm_email",
    "end_push",
    "given_up",
    "inbox",
    "message_settings",
    "old_reminders",
    "retry",
    "see_all_messages",
    "see_message",
    "see_reminder",
    "sent",
]
