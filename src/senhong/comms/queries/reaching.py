"""Where a person can be reached outside the app."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing

from senhong.accounts.models import User
from senhong.comms.models import (
    OPTIONAL,
    Channel,
    Delivery,
    MessageSettings,
    PushSubscription,
    Topic,
)
from senhong.comms.queries.channels import CHANNELS, channels_of
from senhong.comms.quiet import Quiet
from senhong.core.actor import Actor

_SALT = "comms.email"
_DIGEST = 16  # signs
_ASKED_FOR_S = 7 * 24 * 3600  # how long the link in the first letter holds


@dataclass(frozen=True, slots=True)
class Reach:
    """On which channels somebody is told things of a topic, in which language, and when not."""

    user_id: int
    language: str
    channels: tuple[str, ...]
    quiet: Quiet | None  # her own hours, where she chose some


def reaches(users: Collection[int], topic: Topic = Topic.OTHER) -> list[Reach]:
    """The channels of those of the users who may still sign in, by user; without those who do not
    want the topic. Two queries, and one for each channel."""
    active = User.objects.filter(pk__in=users, is_active=True).order_by("pk")
    chosen = MessageSettings.objects.in_bulk(users)
    outside = channels_of(users)
    found = [
        _reach(pk, chosen.get(pk), topic, outside.get(pk, ()))
        for pk in active.values_list("pk", flat=True)
    ]
    return [each for each in found if each.channels]


def _reach(
    user_id: int, chosen: MessageSettings | None, topic: Topic, outside: tuple[str, ...]
) -> Reach:
    """In the app always, but for what may be done without; that goes nowhere then."""
    unwanted = set(chosen.unwanted) if chosen else set()
    wanted = tuple(name for name in (Channel.IN_APP, *outside) if f"{topic}:{name}" not in unwanted)
    is_told = Channel.IN_APP in wanted or topic not in OPTIONAL
    channels = tuple(dict.fromkeys((Channel.IN_APP, *wanted))) if is_told else ()
    return Reach(user_id, speaks(chosen), channels, quiet_of(chosen))


def quiet_of(chosen: MessageSettings | None) -> Quiet | None:
    """The hours in which somebody chose not to be disturbed; None where she chose none."""
    if chosen is None or chosen.quiet_from is None or chosen.quiet_to is None:
        return None
    return Quiet(chosen.quiet_from, chosen.quiet_to)


def speaks(chosen: MessageSettings | None) -> str:
    """The language in which somebody is written to."""
    return (chosen.language if chosen else "") or settings.LANGUAGE_CODE


def settings_of(user_id: int | None) -> MessageSettings:
    """What the person chose; what holds for everybody when she chose nothing. One query."""
    chosen = MessageSettings.objects.filter(user=user_id).first()
    return chosen or MessageSettings(user_id=user_id or 0)


def addresses_of(delivery: Delivery) -> list[dict[str, str]]:
    """Where it goes; nowhere when the person wants none any more. One query."""
    return CHANNELS[delivery.channel].addresses(delivery)


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
