"""What people are told: reminders between units, deliveries to persons, and how each is reached."""

from senhong.comms.models.deliveries import Channel, Delivery, DeliveryQuerySet, DeliveryState
from senhong.comms.models.reaching import MessageSettings, PushSubscription
from senhong.comms.models.reminders import Reminder, ReminderQuerySet, Subject

__all__ = [
    "Channel",
    "Delivery",
    "DeliveryQuerySet",
    "DeliveryState",
    "MessageSettings",
    "PushSubscription",
    "Reminder",
    "ReminderQuerySet",
    "Subject",
]
