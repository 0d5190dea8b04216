"""Activities and help over the API."""

from senhong.activities.api import activities, helps, participants, reviewing

__all__ = ["activities", "helps", "participants", "reviewing", "router"]
