"""Where a person can be reached outside the app."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing

from senhong.accounts.models import User
from senhong.comms.models import Channel, Delivery, MessageSettings, PushSubscription
from senhong.core.actor import Actor

ASKING = "email.asked:"  # the occasion of a letter that asks whether an address is hers
_SALT = "comms.email"
_DIGEST = 16  # signs
_ASKED_FOR_S = 7 * 24 * 3600  # how long the link in the first letter holds


@dataclass(frozen=True, slots=True)
class Reach:
    """On which channels somebody is told things, and in which language."""

    user_id: int
    language: str
    channels: tuple[Channel, ...]


def reaches(users: Collection[int]) -> list[Reach]:
    """The channels of those of the users who may still sign in, by user. Three queries."""
    active = User.objects.filter(pk__in=users, is_active=True).order_by("pk").values_list("pk")
    chosen = MessageSettings.objects.in_bulk(users)
    with_phone = set(
        PushSubscription.objects.filter(user__in=users).values_list("user_id", flat=True)
    )
    return [_reach(pk, chosen.get(pk), with_phone=pk in with_phone) for (pk,) in active]


def _reach(user_id: int, chosen: MessageSettings | None, *, with_phone: bool) -> Reach:
    channels = [Channel.IN_APP]
    if chosen is not None and takes_email(chosen):
        channels.append(Channel.EMAIL)
    if with_phone:
        channels.append(Channel.PUSH)
    return Reach(user_id, speaks(chosen), tuple(channels))


def takes_email(chosen: MessageSettings) -> bool:
    """Whether she wants e-mail, has shown that the address is hers, and there is a server."""
    return bool(settings.EMAIL_URL and chosen.by_email and chosen.email_confirmed_at)


def speaks(chosen: MessageSettings | None) -> str:
    """The language in which somebody is written to."""
    return (chosen.language if chosen else "") or settings.LANGUAGE_CODE


def settings_of(user_id: int | None) -> MessageSettings:
    """What the person chose; what holds for everybody when she chose nothing. One query."""
    chosen = MessageSettings.objects.filter(user=user_id).first()
    return chosen or MessageSettings(user_id=user_id or 0)


def addresses_of(delivery: Delivery) -> list[dict[str, str]]:
    """Where it goes; nowhere when the person wants none any more. One query."""
    if delivery.channel == Channel.EMAIL:
        chosen = settings_of(delivery.user_id)
        asks = delivery.occasion.startswith(ASKING) and chosen.email
        return [{"email": chosen.email}] if asks or takes_email(chosen) else []
    found = PushSubscription.objects.filter(user=delivery.user_id).order_by("pk")
    return [{"endpoint": p.endpoint, "p256dh": p.p256dh, "auth": p.auth} for p in found]


def pushes_of(actor: Actor) -> list[PushSubscription]:
    """The actor's own phones that take notes, the latest first; at most 20. One query."""
    return list(PushSubscription.objects.filter(user=actor.user_id).order_by("-made_at")[:20])


def is_push_service(endpoint: str) -> bool:
    """Whether the address is of a push service that we write to: nobody sends us elsewhere."""
    try:
        parts = urlsplit(endpoint)
    except ValueError:
        return False
    if not endpoint.isascii() or parts.username is not None or not parts.netloc:
        return False
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    return any(fnmatchcase(origin, allowed.strip()) for allowed in settings.PUSH_SERVICES)


def email_asked(token: str) -> tuple[int, str] | None:
    """Whose address a letter asked about, and its digest; None for another link. No query."""
    try:
        user_id, digest = signing.loads(token, salt=_SALT, max_age=_ASKED_FOR_S)
    except signing.BadSignature:
        return None
    return user_id, digest


def email_token(user_id: int, email: str) -> str:
    """What the link in the letter carries, signed; links are logged, addresses not. No query."""
    return signing.dumps([user_id, email_digest(email)], salt=_SALT)


def email_digest(email: str) -> str:
    """What stands for an address where nobody should read it. No query."""
    return hashlib.sha256(email.lower().encode()).hexdigest()[:_DIGEST]
