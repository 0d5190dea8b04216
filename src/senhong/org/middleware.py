from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from senhong.core import clock
from senhong.org.models import Installation
from senhong.org.queries import actor_of, get_installation
from senhong.web.components import Clock
from senhong.web.http import PageRequest

READING_KEY = "reading_on"  # in the session: where the demo clock stands


class ActorMiddleware:
    """Attaches who acts and which day is read, each looked up when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page = cast(PageRequest, request)
        page.actor = cast(Any, SimpleLazyObject(lambda: actor_of(request.user.pk)))
        page.reading_on = cast(Any, SimpleLazyObject(lambda: reading_day(request)))
        return self.get_response(request)


def reading_day(request: HttpRequest) -> date:
    """Today; in a demo, the day to which its clock was set."""
    installation = get_installation()
    if installation is None or installation.demo_reading_on is None:
        return clock.today()
    request.META[_DEMO] = installation
    chosen = request.session.get(READING_KEY)
    return date.fromisoformat(chosen) if chosen else installation.demo_reading_on


_DEMO = "senhong.demo"  # on a request that has read the demo clock: whose demo it is


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame around every page needs."""
    return {
        "user": getattr(request, "user", None),
        "actor": getattr(request, "actor", None),
        "clock": demo_clock(cast(PageRequest, request)),
    }


def demo_clock(request: PageRequest) -> Clock | None:
    """Which day is read, stated on every page of a demo that reads it. No query."""
    installation: Installation | None = request.META.get(_DEMO)
    if installation is None:
        return None
    today = clock.today()
    return Clock(
        reading_on=request.reading_on,
        today=today,
        back_to=request.get_full_path(),
        is_today=request.reading_on == today,
    )
