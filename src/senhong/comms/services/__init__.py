"""People are told things, see them, and choose how they are reached."""

from senhong.comms.services.delivering import (
    Manner,
    Said,
    deliver,
    see_all_messages,
    see_message,
    see_occasion,
)
from senhong.comms.services.reaching import (
    Browser,
    carry_messages,
    choose_messages,
    choose_topics,
    confirm_email,
    end_push,
    forget_push,
    take_push,
)
from senhong.comms.services.reminding import (
    About,
    Reminded,
    remind,
    see_reminder,
)
from senhong.comms.services.sending import (
    PAUSES,
    claim_delivery,
    forget_deliveries,
    note_failed,
    note_sent,
    retry_delivery,
)

__all__ = [
    "PAUSES",
    "About",
    "Browser",
    "Manner",
    "Reminded",
    "Said",
    "carry_messages",
    "choose_messages",
    "choose_topics",
    "claim_delivery",
    "confirm_email",
    "deliver",
    "end_push",
    "forget_deliveries",
    "forget_push",
    "note_failed",
    "note_sent",
    "remind",
    "retry_delivery",
    "see_all_messages",
    "see_message",
    "see_occasion",
    "see_reminder",
    "take_push",
]
