"""What people are told: reminders between units, deliveries to persons, and how each is reached."""

from senhong.comms.models.deliveries import Channel, Delivery, DeliveryQuerySet, DeliveryState
from senhong.comms.models.reaching import OPTIONAL, MessageSettings, PushSubscription, Topic
from senhong.comms.models.reminders import Reminder, ReminderQuerySet, Subject

__all__ = [
    "OPTIONAL",
    "Channel",
    "Delivery",
    "DeliveryQuerySet",
    "DeliveryState",
    "MessageSettings",
    "PushSubscription",
    "Reminder",
    "ReminderQuerySet",
    "Subject",
    "Topic",
]
