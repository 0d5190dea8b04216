"""Activities and help over the API."""

from senhong.activities.api import activities, helps, participants, reviewing
from senhong.activities.api.routing import router

__all__ = ["activities", "helps", "participants", "reviewing", "router"]
