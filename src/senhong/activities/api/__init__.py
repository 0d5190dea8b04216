"""Activities and help over the API."""

from senhong.activities.api import activities, helps, reviewing
from senhong.activities.api.routing import router

__all__ = ["activities", "helps", "reviewing", "router"]
