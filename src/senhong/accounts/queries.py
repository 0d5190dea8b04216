"""Who signs in, with which programs and phones."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils.translation import gettext_lazy as _

from senhong.accounts.models import ApiToken, Device, SignInLink, User
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.core.rows import Row, run_often, stored_uuid

SEEN_EVERY = timedelta(hours=1)  # how far behind a phone's last sign of life may be
_MOST = 100


@dataclass(frozen=True, slots=True)
class Bearer:
    """For whom a token stands; with the phone, when it is a phone's."""

    user: User
    device: Device | None = None
    is_long_unseen: bool = False


def token_digest(token: str) -> str:
    """What is kept of a token: its SHA-256, hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def user_of_token(token: str) -> User | None:
    """The active user for whom the token of a program or of a phone stands, or None. One query."""
    bearer = bearer_of(token)
    return bearer.user if bearer else None


# Plain SQL, because one of these runs for every request of a program or of a phone.
_USER = ["id", "username", "full_name", "must_change_password"]
_BY_PROGRAM = """SELECT u.id, u.username, u.full_name, u.must_change_password
FROM accounts_apitoken t
JOIN accounts_user u ON u.id = t.user_id
WHERE t.digest = %s AND t.revoked_at IS NULL AND u.is_active"""
_BY_PHONE = """SELECT u.id, u.username, u.full_name, u.must_change_password,
d.id, d.name, d.seen_at < %s
FROM accounts_device d JOIN accounts_user u ON u.id = d.user_id
WHERE d.digest = %s AND d.revoked_at IS NULL AND u.is_active"""


def bearer_of(token: str) -> Bearer | None:
    """For whom the token stands; None for one that opens nothing. One query.

    The token itself is never compared: its digest is looked up in a unique index, so a wrong
    one costs the same however much of it was right.
    """
    digest = token_digest(token)
    if not token.startswith("sd_"):
        found = run_often(_BY_PROGRAM, [digest])
        return Bearer(_user_of(found[0])) if found else None
    seen_before = connection.ops.adapt_datetimefield_value(clock.now() - SEEN_EVERY)
    found = run_often(_BY_PHONE, [seen_before, digest])
    return _on_phone(found[0]) if found else None


def _user_of(row: Row) -> User:
    """With what a request needs; the rest is read when asked for."""
    return User.from_db(None, _USER, row[: len(_USER)])


def _on_phone(row: Row) -> Bearer:
    user, (id, name, is_long_unseen) = _user_of(row), row[len(_USER) :]
    device = Device(id=stored_uuid(id), user=user, name=name)
    return Bearer(user, device, bool(is_long_unseen))


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


def own_devices(actor: Actor) -> list[Device]:
    """The actor's own phones that are signed in, latest seen first; at most 100. One query."""
    found = Device.objects.filter(user=actor.user_id, revoked_at=None)
    return list(found.order_by("-seen_at")[:_MOST])


def get_own_device(actor: Actor, id: UUID) -> Device:
    """One of the actor's own phones, with its user. Raises NotFound. One query."""
    device = Device.objects.filter(user=actor.user_id, pk=id).select_related("user").first()
    if device is None:
        raise NotFound(what=_("thiết bị này"))
    return device


def find_link(secret: str) -> SignInLink | None:
    """The one-time link with this secret, or None. One query."""
    return SignInLink.objects.filter(digest=token_digest(secret)).first()
