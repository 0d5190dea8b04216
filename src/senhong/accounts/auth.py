"""How a program or a signed-in browser says who asks; for ``config.api``."""

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from senhong.accounts.models import User
from senhong.accounts.queries import user_of_token


class TokenAuth(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        user = user_of_token(token)
        if user is not None:
            request.user = user  # before ``request.actor`` is first asked for
        return user


SIGNED_IN = [TokenAuth(), SessionAuth()]
