"""Who signs in."""

import hashlib
from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from senhong.accounts.models import ApiToken, User
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import NotFound


def token_digest(token: str) -> str:
    """What is kept of a token: its SHA-256, hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def user_of_token(token: str) -> User | None:
    """The active user for whom the token stands, or None. One query.

    The token itself is never compared: its digest is looked up in a unique index, so a wrong
    one costs the same however much of it was right.
    """
    found = User.objects.raw(  # plain SQL, because it runs for every request of a program
        """SELECT u.* FROM accounts_apitoken t JOIN accounts_user u ON u.id = t.user_id
        WHERE t.digest = %s AND t.revoked_at IS NULL AND u.is_active""",
        [token_digest(token)],
    )
    return next(iter(found), None)


# The next two are asked by every request of a browser, so they are plain SQL, too: as queries of
# Django they took a fifth of the time of recording one help.


def active_user(user_id: int) -> User | None:
    """The user who may still sign in, or None. One query."""
    found = User.objects.raw("SELECT * FROM accounts_user WHERE id = %s AND is_active", [user_id])
    return next(iter(found), None)


def live_session(key: str | None) -> Session | None:
    """The session that is not over, or None. One query."""
    found = Session.objects.raw(
        "SELECT * FROM django_session WHERE session_key = %s AND expire_date > %s",
        [key, clock.now()],
    )
    return next(iter(found), None)


def get_user(username: str) -> User:
    """The user with this name, for the console. Raises NotFound. One query."""
    user = find_user(username)
    if user is None:
        raise NotFound(what=_("tài khoản này"))
    return user


def find_user(username: str) -> User | None:
    """The user with this name, or None. One query."""
    return User.objects.filter(username=username.strip().lower()).first()


def own_tokens(actor: Actor) -> list[ApiToken]:
    """The actor's own tokens, newest first, revoked ones last; at most 100. One query."""
    found = ApiToken.objects.filter(user=actor.user_id).order_by("-issued_at")[:100]
    return sorted(found, key=lambda token: token.revoked_at is not None)


def get_own_token(actor: Actor, id: UUID) -> ApiToken:
    """One of the actor's own tokens, with its user. Raises NotFound. One query."""
    token = ApiToken.objects.filter(user=actor.user_id, pk=id).select_related("user").first()
    if token is None:
        raise NotFound(what=_("mã truy cập này"))
    return token
