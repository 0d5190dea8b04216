"""Accounts are made, named, opened again, closed; tokens issued and revoked."""

import re
import secrets
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from senhong.accounts.errors import (
    AccountInactive,
    AlreadyNamed,
    TokenAlreadyShown,
    UsernameNotAllowed,
    UsernameTaken,
    WeakPassword,
)
from senhong.accounts.models import JOINED, ApiToken, Device, User
from senhong.accounts.queries import token_digest
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.text import nfc

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,49}")
# Read aloud and copied by hand: no letters or digits that look alike.
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def make_user(
    actor: Actor, *, username: str, full_name: str, password: str | None = None, at: str = ""
) -> User:
    """Somebody new can sign in; without a password only after a reset.

    The user name is kept in lower case. Raises Forbidden, UsernameNotAllowed, UsernameTaken,
    WeakPassword.
    """
    actor.require("user.edit", at=at)
    username = _checked(username)
    facts = User(username=username, full_name=nfc(full_name))
    _set_password(facts, password)
    user, made = User.objects.get_or_create(
        username=username,
        defaults={"full_name": facts.full_name, "password": facts.password},
    )
    if not made:
        raise UsernameTaken(username=username)
    happened(actor, "account.made", user)
    return user


@transaction.atomic
def name_user(actor: Actor, user: User, *, username: str, at: str = "") -> None:
    """Who came in by the word of a team gets a user name of her own; her phones go on.

    The name that she has already changes nothing. Raises Forbidden, AlreadyNamed,
    UsernameNotAllowed, UsernameTaken.
    """
    actor.require("user.edit", at=at)
    username = _checked(username)
    if user.username == username:
        return
    if not user.has_joined:
        raise AlreadyNamed(username=user.username)
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(username=username)
    except IntegrityError as taken:
        raise UsernameTaken(username=username) from taken
    user.username = username
    happened(actor, "account.named", user)


def joined_username() -> str:
    """A user name for who comes in by the word of a team: nobody has to know it."""
    return JOINED + "".join(secrets.choice(_CLEAR) for _ in range(8))


def _checked(username: str) -> str:
    username = username.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise UsernameNotAllowed(username=username)
    return username


def _set_password(user: User, password: str | None) -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as mistakes:
        raise WeakPassword(reasons=" ".join(mistakes.messages)) from mistakes
    user.set_password(password)


@transaction.atomic
def reset_password(actor: Actor, user: User, *, at: str = "") -> str:
    """A one-time password, to be told to the person; the next sign-in asks for a new one.

    Ends the person's sessions; tokens stay. Raises Forbidden, AccountInactive.
    """
    actor.require("user.reset", at=at)
    if not user.is_active:
        raise AccountInactive(username=user.username)
    password = "-".join("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(3))
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    happened(actor, "account.reset", user)
    return password


@transaction.atomic
def change_password(actor: Actor, user: User, password: str) -> None:
    """The person chose her own password. Raises Forbidden, WeakPassword."""
    require_own(actor, user, "user.edit")
    _set_password(user, password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    happened(actor, "account.changed", user)


@transaction.atomic
def deactivate(actor: Actor, user: User, *, at: str = "") -> None:
    """The person can no longer sign in: her tokens are revoked, her phones signed out.

    What she did stays. Closing what is closed changes nothing. Raises Forbidden.
    """
    actor.require("user.edit", at=at)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        for keys in (ApiToken.objects, Device.objects):
            keys.filter(user=user, revoked_at=None).update(revoked_at=clock.now())
        happened(actor, "account.closed", user)
    user.is_active = False


@transaction.atomic
def reactivate(actor: Actor, user: User, *, at: str = "") -> None:
    """The person signs in again with her old password; tokens and phones stay out.

    Raises Forbidden.
    """
    actor.require("user.edit", at=at)
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        happened(actor, "account.opened", user)
    user.is_active = True


@transaction.atomic
def issue_token(actor: Actor, id: UUID, *, user: User, name: str) -> str:
    """A key with which a program acts as the user. Only its digest is kept.

    Everybody may issue her own. The same id again is TokenAlreadyShown.
    Raises Forbidden, AccountInactive, TokenAlreadyShown, IdReused.
    """
    require_own(actor, user, "token.issue")
    if not user.is_active:
        raise AccountInactive(username=user.username)
    secret = f"sh_{secrets.token_urlsafe(32)}"
    token, issued = ApiToken.objects.get_or_create(
        id=id, defaults={"user": user, "name": nfc(name), "digest": token_digest(secret)}
    )
    if not issued:
        if token.user_id != user.pk:
            raise IdReused(id=str(id))
        raise TokenAlreadyShown(name=token.name)
    happened(actor, "token.issued", token)
    return secret


@transaction.atomic
def revoke_token(actor: Actor, token: ApiToken) -> None:
    """The token opens nothing any more. Revoking again changes nothing. Raises Forbidden."""
    require_own(actor, token.user, "token.issue")
    now = clock.now()
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        token.revoked_at = now
        happened(actor, "token.revoked", token)


def require_own(actor: Actor, user: User, verb: str, *, at: str = "") -> None:
    """Raise Forbidden unless it is the actor's own account, or she holds the verb there."""
    if actor.user_id is None or actor.user_id != user.pk:
        actor.require(verb, at=at)
