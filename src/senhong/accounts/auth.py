"""How a program, a phone or a signed-in browser says who asks; for ``config.api``."""

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from senhong.accounts.errors import CsrfMissing
from senhong.accounts.models import Device, User
from senhong.accounts.queries import bearer_of
from senhong.accounts.services import see_device


class TokenAuth(HttpBearer):
    """The token of a program, or of a phone: then ``request.device`` is the phone."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        bearer = bearer_of(token)
        if bearer is None:
            return None
        request.user = bearer.user  # before ``request.actor`` is first asked for
        request.device = bearer.device  # type: ignore[attr-defined]  # see ``asking_device``
        if bearer.device is not None and bearer.is_long_unseen:
            see_device(bearer.device)
        return bearer.user


def asking_device(request: HttpRequest) -> Device | None:
    """The phone that asks, if one does."""
    return getattr(request, "device", None)


class BrowserAuth(APIKeyCookie):
    """A signed-in browser. Who is not signed in is told so (401), not asked for a CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        if key is None or not request.user.is_authenticated:
            return None
        if check_csrf(request) is not None:
            raise CsrfMissing
        return request.user


def signed_in_user(request: HttpRequest) -> User:
    """Who is signed in in this browser, for an operation that need not know who asks.

    Raises CsrfMissing, and what ninja raises for nobody.
    """
    user = BrowserAuth()(request)
    if user is None:
        raise AuthenticationError
    return cast(User, user)


SIGNED_IN = [TokenAuth(), BrowserAuth()]
