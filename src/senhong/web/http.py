"""What the pages of every app share."""

from datetime import date

from django.http import HttpRequest

from senhong.core.actor import Actor


class PageRequest(HttpRequest):
    """A request after ActorMiddleware."""

    actor: Actor
    # The day that boards and reports read: today, or what the demo clock was set to.
    reading_on: date


ApiRequest = PageRequest
