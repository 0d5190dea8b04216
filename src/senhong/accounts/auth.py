"""How a program or a signed-in browser says who asks; for ``config.api``."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from senhong.accounts.errors import CsrfMissing
from senhong.accounts.models import User
from senhong.accounts.queries import user_of_token


class TokenAuth(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        user = user_of_token(token)
        if user is not None:
            request.user = user  # before ``request.actor`` is first asked for
        return user


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


SIGNED_IN = [TokenAuth(), BrowserAuth()]
