"""Phones come to a token by a session or a one-time link, and are signed out."""

import secrets
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from senhong.accounts.errors import AccountInactive, LinkExpired, LinkSpent
from senhong.accounts.models import Device, KeepKey, SignInLink, User
from senhong.accounts.queries import SEEN_EVERY, token_digest
from senhong.accounts.services.users import deactivate, require_own
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.text import nfc

LINK_STANDS = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class IssuedDevice:
    """A phone with what it is told once: its token and its person's keys."""

    device: Device
    token: str
    keep_key: str  # base64 of 32 bytes; of no use to anybody else
    earlier_keys: Sequence[KeepKey] = ()  # of accounts that became this one


@transaction.atomic
def make_link(actor: Actor, id: UUID, user: User, *, at: str = "") -> str:
    """The secret of a link that signs one phone in, within ten minutes.

    Everybody may make her own. The same id again gives another secret for the same link, so
    that the first no longer opens. Raises Forbidden, AccountInactive, LinkSpent, IdReused.
    """
    require_own(actor, user, "device.edit", at=at)
    _require_active(user)
    secret, now = secrets.token_urlsafe(32), clock.now()
    facts = {"digest": token_digest(secret), "made_at": now, "expires_at": now + LINK_STANDS}
    link, made = SignInLink.objects.get_or_create(id=id, defaults={"user": user, **facts})
    if link.user_id != user.pk:
        raise IdReused(id=str(id))
    if not made and not SignInLink.objects.filter(pk=id, used_at=None).update(**facts):
        raise LinkSpent
    happened(actor, "link.made", link, user_id=user.pk)
    return secret


@transaction.atomic
def add_device(actor: Actor, id: UUID, *, user: User, name: str) -> IssuedDevice:
    """A phone acts for the user from now on.

    Sent again after a lost answer, the same id gets another token in place of the first. Raises
    Forbidden, AccountInactive, IdReused.
    """
    require_own(actor, user, "token.issue")
    _require_active(user)
    token, now = f"sd_{secrets.token_urlsafe(32)}", clock.now()
    facts = {"name": nfc(name), "digest": token_digest(token), "seen_at": now}
    device, added = Device.objects.get_or_create(
        id=id, defaults={"user": user, "issued_at": now, **facts}
    )
    if not added:
        same = Device.objects.filter(pk=id, user=user, revoked_at=None)
        if not same.update(**facts):
            raise IdReused(id=str(id))
        device.refresh_from_db()
    happened(actor, "device.added", device, user_id=user.pk)
    own, earlier = _keep_keys(user)
    return IssuedDevice(device=device, token=token, keep_key=own.secret, earlier_keys=earlier)


@transaction.atomic
def add_device_by_link(id: UUID, *, secret: str, name: str) -> IssuedDevice:
    """The phone that has the link acts for its person. Of two phones one wins.

    The one that won may send again until the link expires. Raises LinkSpent, LinkExpired,
    AccountInactive, IdReused.
    """
    now = clock.now()
    found = SignInLink.objects.filter(digest=token_digest(secret)).select_related("user")
    link = found.first()
    if link is None:
        raise LinkSpent
    if link.expires_at <= now:
        raise LinkSpent if link.used_at else LinkExpired
    fresh = SignInLink.objects.filter(pk=link.pk, used_at=None)
    if not fresh.update(used_at=now):
        won = SignInLink.objects.filter(pk=link.pk, used_device=id)
        if not won.exists():
            raise LinkSpent
    issued = add_device(Actor(link.user_id), id, user=link.user, name=name)
    SignInLink.objects.filter(pk=link.pk).update(used_device=issued.device)
    return issued


@transaction.atomic
def end_device(actor: Actor, device: Device, *, at: str = "") -> None:
    """The phone no longer acts for anybody. Ending it again changes nothing. Raises Forbidden."""
    require_own(actor, device.user, "device.edit", at=at)
    now = clock.now()
    if Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=now):
        device.revoked_at = now
        happened(actor, "device.signed-out", device, user_id=device.user_id)


def see_device(device: Device) -> None:
    """The phone asked for something; noted once an hour."""
    now = clock.now()
    Device.objects.filter(pk=device.pk, seen_at__lt=now - SEEN_EVERY).update(seen_at=now)


@transaction.atomic
def hand_on_sign_in(actor: Actor, giver: User, taker: User, *, at: str = "") -> None:
    """Two accounts were one person's: phones and their keys pass on, the first is closed.

    Upper apps move their rows in the same transaction (``config.reactions``). Raises Forbidden.
    """
    actor.require("user.edit", at=at)
    _keep_keys(taker)  # before it could take the other's for its own
    Device.objects.filter(user=giver).update(user=taker)
    KeepKey.objects.filter(user=giver).update(user=taker)
    deactivate(actor, giver, at=at)
    happened(actor, "account.united", taker, kept=taker.pk, given_up=giver.pk)


def _keep_keys(user: User) -> tuple[KeepKey, list[KeepKey]]:
    """The account's own key, made when it is first asked for, and those that it took over."""
    facts = {"user": user, "secret": b64encode(secrets.token_bytes(32)).decode()}
    own, _made = KeepKey.objects.get_or_create(made_for=user.pk, defaults=facts)
    return own, list(KeepKey.objects.filter(user=user).exclude(pk=own.pk).order_by("pk"))


def _require_active(user: User) -> None:
    if not user.is_active:
        raise AccountInactive(username=user.username)
