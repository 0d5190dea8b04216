"""Reminders, messages and notes to phones over the API."""

from senhong.comms.api import messages, push, reminders
from senhong.comms.api.routing import router

__all__ = ["messages", "push", "reminders", "router"]
