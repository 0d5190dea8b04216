from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from senhong.comms.queries import unseen_number
from senhong.web.components import Bell


def bell(request: HttpRequest) -> dict[str, Any]:
    """For the frame of a page: how much waits in the reader's inbox; None for a stranger.

    Looked up when a page draws it: programs and strangers cost nothing.
    """
    return {"bell": SimpleLazyObject(lambda: _bell(request))}


def _bell(request: HttpRequest) -> Bell | None:
    actor = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        return None
    return Bell(unseen_number(actor))
