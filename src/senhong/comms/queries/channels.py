"""The ways by which people are reached outside the app. Another channel is another line."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise

from senhong.comms.models import (
    OPTIONAL,
    Channel,
    Delivery,
    MessageSettings,
    PushSubscription,
    Topic,
)


@dataclass(frozen=True, slots=True)
class ChannelKind:
    """One channel outside the app. Who carries its letters: ``jobs.CONNECTORS``.

    label      on the page where people choose
    takers     those of the users whom it reaches today
    addresses  where a delivery goes, as its connector reads it; nowhere: nothing is sent
    is_open    whether this installation has it, and people may choose
    """

    label: str | Promise
    takers: Callable[[Collection[int]], set[int]]
    addresses: Callable[[Delivery], list[dict[str, str]]]
    is_open: Callable[[], bool] = lambda: True


def takes_email(chosen: MessageSettings) -> bool:
    """Whether she wants e-mail, has shown that the address is hers, and there is a server."""
    return bool(settings.EMAIL_URL and chosen.by_email and chosen.email_confirmed_at)


def _with_email(users: Collection[int]) -> set[int]:
    if not settings.EMAIL_URL:
        return set()
    chosen = MessageSettings.objects.filter(by_email=True).exclude(email_confirmed_at=None)
    return set(chosen.filter(user__in=users).values_list("user_id", flat=True))


def _with_phone(users: Collection[int]) -> set[int]:
    found = PushSubscription.objects.filter(user__in=users)
    return set(found.values_list("user_id", flat=True))


def _mailbox(delivery: Delivery) -> list[dict[str, str]]:
    chosen = MessageSettings.objects.filter(user=delivery.user_id).first()
    if chosen is None or not chosen.email:
        return []
    asks = delivery.occasion.startswith(ASKING)
    return [{"email": chosen.email}] if asks or takes_email(chosen) else []


def _browsers(delivery: Delivery) -> list[dict[str, str]]:
    found = PushSubscription.objects.filter(user=delivery.user_id).order_by("pk")
    return [{"endpoint": p.endpoint, "p256dh": p.p256dh, "auth": p.auth} for p in found]


ASKING = "email.asked:"  # the occasion of a letter that asks whether an address is hers

# By the name that stands in deliveries, in the order of the page.
CHANNELS: dict[str, ChannelKind] = {
    Channel.PUSH: ChannelKind(Channel.PUSH.label, _with_phone, _browsers),
    Channel.EMAIL: ChannelKind(
        Channel.EMAIL.label, _with_email, _mailbox, lambda: bool(settings.EMAIL_URL)
    ),
}


def channels_of(users: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """By which channels outside the app each of the users is reached today. A query for each."""
    takers = {name: kind.takers(users) for name, kind in CHANNELS.items()}
    return {user: tuple(name for name, all_ in takers.items() if user in all_) for user in users}


def choices() -> set[str]:
    """What somebody may do without, "topic:channel": everything outside the app, and what is
    optional in it. Only of channels that this installation has. No query."""
    opened = [name for name, kind in CHANNELS.items() if kind.is_open()]
    outside = {f"{topic}:{channel}" for topic in Topic for channel in opened}
    return outside | {f"{topic}:{Channel.IN_APP}" for topic in OPTIONAL}
