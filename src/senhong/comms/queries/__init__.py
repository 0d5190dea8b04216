"""Messages as those who received, sent or look after them read them."""

from senhong.comms.queries.channels import CHANNELS, ChannelKind, choices
from senhong.comms.queries.deliveries import (
    GivenUpSlice,
    due_deliveries,
    get_given_up,
    given_up_deliveries,
    hears_of_failures,
    office_path,
    untold,
)
from senhong.comms.queries.inbox import InboxSlice, get_message, inbox, unseen_number
from senhong.comms.queries.reaching import (
    Reach,
    addresses_of,
    email_asked,
    is_push_service,
    pushes_of,
    quiet_of,
    reaches,
    settings_of,
    speaks,
)
from senhong.comms.queries.reminders import (
    ReminderSlice,
    Sending,
    SendingSlice,
    get_reminder,
    occasion_of_reminder,
    reminded_today,
    reminders_for,
    sendings_of,
)

__all__ = [
    "CHANNELS",
    "ChannelKind",
    "GivenUpSlice",
    "InboxSlice",
    "Reach",
    "ReminderSlice",
    "Sending",
    "SendingSlice",
    "addresses_of",
    "choices",
    "due_deliveries",
    "email_asked",
    "get_given_up",
    "get_message",
    "get_reminder",
    "given_up_deliveries",
    "hears_of_failures",
    "inbox",
    "is_push_service",
    "occasion_of_reminder",
    "office_path",
    "pushes_of",
    "quiet_of",
    "reaches",
    "reminded_today",
    "reminders_for",
    "sendings_of",
    "settings_of",
    "speaks",
    "unseen_number",
    "untold",
]
