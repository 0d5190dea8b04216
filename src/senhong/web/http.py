"""What the pages of every app share."""

from collections.abc import Callable
from copy import copy
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from senhong.core.actor import Actor


class PageRequest(HttpRequest):
    """A request after ActorMiddleware."""

    actor: Actor
    # The day that boards and reports read: today, or what the demo clock was set to. A call,
    # since it may take a query, and a lazy date is no date to C code and databases.
    reading_on: Callable[[], date]


ApiRequest = PageRequest


def known_actor(request: PageRequest) -> Actor:
    """Who acts, looked up now: not in a transaction for which others wait."""
    return copy(request.actor)


def for_a_program(request: HttpRequest) -> bool:
    """Whether the answer is read by a program: problem+json, never a page."""
    return request.path.startswith("/api/")


def see_other(to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """After a POST: 303, go and read there."""
    answer: HttpResponse = redirect(to, *args, **kwargs)
    answer.status_code = 303
    return answer
