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

READING_KEY = "reading_on"  # in the session: where the demo clock stands, as an ISO date
READ_TODAY = "today"  # … or that it goes with the real one


class ActorMiddleware:
    """Who acts, and which day is read: both looked up when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        page = cast(PageRequest, request)
        page.actor = cast(Any, SimpleLazyObject(lambda: actor_of(request.user.pk)))
        page.reading_on = lambda: reading_day(request)
        return self.get_response(request)


def reading_day(request: HttpRequest) -> date:
    """Today; in a demo, the day to which its clock was set."""
    installation = _installation(request)
    if installation is None or installation.demo_reading_on is None:
        return clock.today()
    chosen = request.session.get(READING_KEY)
    if chosen == READ_TODAY:
        return clock.today()
    return date.fromisoformat(chosen) if chosen else installation.demo_reading_on


def _installation(request: HttpRequest) -> Installation | None:
    """Looked up once per request, when first asked for."""
    if not hasattr(request, "_installation"):
        request._installation = get_installation()  # type: ignore[attr-defined]  # our own note
    return cast("Installation | None", request._installation)  # type: ignore[attr-defined]


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame around every page needs."""
    return {
        "user": getattr(request, "user", None),
        "actor": getattr(request, "actor", None),
        "clock": SimpleLazyObject(lambda: _clock(request)),
    }


def _clock(request: HttpRequest) -> Clock | None:
    """The demo clock; none in a real installation, and none for a stranger."""
    installation = _installation(request)
    if installation is None or installation.demo_reading_on is None:
        return None
    if not request.user.is_authenticated:
        return None
    today, reading_on = clock.today(), reading_day(request)
    is_today = reading_on == today
    return Clock(
        reading_on=reading_on, today=today, back_to=request.get_full_path(), is_today=is_today
    )
