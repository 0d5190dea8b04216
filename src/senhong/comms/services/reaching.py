"""People choose how they are reached outside the app."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from senhong.audit.services import happened
from senhong.comms.connectors.push.keys import are_usable
from senhong.comms.errors import (
    EmailLinkUnusable,
    PushKeysUnusable,
    PushServiceUnknown,
    TooManyAddresses,
)
from senhong.comms.models import (
    Channel,
    Delivery,
    DeliveryState,
    MessageSettings,
    PushSubscription,
)
from senhong.comms.queries import email_asked, is_push_service, settings_of, speaks
from senhong.comms.queries.channels import ASKING, choices
from senhong.comms.queries.reaching import email_digest, email_token
from senhong.comms.quiet import Quiet
from senhong.comms.services.delivering import require_own
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.ids import uuid7
from senhong.core.saving import save_changes

_MOST_ASKED = 3  # addresses in a day


@transaction.atomic
def choose_messages(
    actor: Actor, *, by_email: bool, email: str = "", language: str = ""
) -> MessageSettings:
    """How the person herself is reached. A new address is first asked whether it is hers.

    Raises Forbidden, TooManyAddresses.
    """
    require_own(actor, actor.user_id)
    chosen = settings_of(actor.user_id)
    MessageSettings.objects.get_or_create(user_id=chosen.user_id)
    facts: dict[str, object] = {"by_email": by_email and bool(email), "language": language}
    if email != chosen.email:
        facts |= {"email": email, "email_confirmed_at": None}
    if save_changes(chosen, facts):
        happened(actor, "message-settings.chosen", chosen)
    if chosen.by_email and chosen.email_confirmed_at is None and settings.EMAIL_URL:
        _ask(chosen)
    return chosen


@transaction.atomic
def choose_topics(
    actor: Actor, *, unwanted: Collection[str], quiet: Quiet | None = None
) -> MessageSettings:
    """What the person herself does not want where, "topic:channel", and when she is left alone.

    Without hours of her own those of her unit hold. What is no topic or channel is left out; of a
    channel that this installation has not, what she chose before stays.
    Raises Forbidden.
    """
    require_own(actor, actor.user_id)
    chosen = settings_of(actor.user_id)
    MessageSettings.objects.get_or_create(user_id=chosen.user_id)
    facts = {
        "unwanted": sorted((set(unwanted) & choices()) | (set(chosen.unwanted) - choices())),
        "quiet_from": quiet.begins if quiet else None,
        "quiet_to": quiet.ends if quiet else None,
    }
    if save_changes(chosen, facts):
        happened(actor, "message-settings.chosen", chosen)
    return chosen


def _ask(chosen: MessageSettings) -> None:
    """Write to the address once a day, to few of them: it may be a stranger's."""
    today = as_day(clock.today())
    asked = Delivery.objects.filter(user=chosen.user_id, occasion__startswith=f"{ASKING}{today}:")
    known = set(asked.values_list("occasion", flat=True))
    occasion = f"{ASKING}{today}:{email_digest(chosen.email)}"
    if occasion in known:
        return
    if len(known) >= _MOST_ASKED:
        raise TooManyAddresses()
    now, token = clock.now(), email_token(chosen.user_id, chosen.email)
    with override(speaks(chosen)):
        subject = _("Địa chỉ thư này có phải của bạn?")
        words = _("Bấm vào liên kết để nhận tin của Sen Hồng qua thư. Không phải bạn: hãy bỏ qua.")
    Delivery.objects.create(
        id=uuid7(), user_id=chosen.user_id, channel=Channel.EMAIL, occasion=occasion,
        subject=subject, words=words, link=reverse("comms:confirm-email", args=[token]),
        at=now, state=DeliveryState.WAITING, next_try_at=now,
    )  # fmt: skip


@transaction.atomic
def confirm_email(actor: Actor, token: str) -> None:
    """The link in the letter shows that the address is the person's. Raises Forbidden,
    EmailLinkUnusable."""
    asked = email_asked(token)
    if asked is None:
        raise EmailLinkUnusable()
    user_id, digest = asked
    require_own(actor, user_id)
    chosen = settings_of(user_id)
    if not chosen.email or email_digest(chosen.email) != digest:
        raise EmailLinkUnusable()
    if save_changes(chosen, {"email_confirmed_at": chosen.email_confirmed_at or clock.now()}):
        happened(actor, "message-settings.confirmed", chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """Where a push service reaches a browser, and what it takes to write to it: base64url."""

    endpoint: str
    p256dh: str  # its public key
    auth: str  # what only it and we know


@transaction.atomic
def take_push(actor: Actor, browser: Browser, *, device: UUID | None = None) -> PushSubscription:
    """Notes for the actor go to this browser, and no longer to who used it before.

    Saying it again changes nothing. Raises Forbidden, PushServiceUnknown, PushKeysUnusable.
    """
    require_own(actor, actor.user_id)
    if not is_push_service(browser.endpoint):
        raise PushServiceUnknown()
    if not are_usable(browser.p256dh, browser.auth):
        raise PushKeysUnusable()
    keys: dict[str, object] = {"p256dh": browser.p256dh, "auth": browser.auth}
    keys |= {"user_id": actor.user_id, "device": device}
    push, made = PushSubscription.objects.get_or_create(
        endpoint=browser.endpoint, defaults={**keys, "id": uuid7(), "made_at": clock.now()}
    )
    if made or save_changes(push, keys):
        happened(actor, "push.begun", push)
    return push


@transaction.atomic
def end_push(actor: Actor, *, endpoint: str = "", device: UUID | None = None) -> None:
    """No more notes to the actor's browser at the endpoint, or on the device.

    Ending what has ended changes nothing. Raises Forbidden.
    """
    require_own(actor, actor.user_id)
    own = PushSubscription.objects.filter(user=actor.user_id)
    own = own.filter(endpoint=endpoint) if endpoint else own.filter(device=device)
    _end(actor, list(own if endpoint or device else own.none()))


@transaction.atomic
def forget_push(actor: Actor, *, endpoint: str = "", device: UUID | None = None) -> None:
    """Nobody is at the endpoint any more, or the device was signed out. Raises Forbidden."""
    actor.require("system.run", at="")
    found = PushSubscription.objects.filter(endpoint=endpoint)
    _end(actor, list(found if endpoint else PushSubscription.objects.filter(device=device)))


def carry_messages(actor: Actor, *, kept: int, given_up: int, **facts: Any) -> None:
    """Two accounts were one person's: "account.united". What both were told stays once."""
    same = Delivery.objects.filter(
        user=kept, channel=OuterRef("channel"), occasion=OuterRef("occasion")
    )
    Delivery.objects.filter(user=given_up).exclude(Exists(same)).update(user=kept)
    PushSubscription.objects.filter(user=given_up).update(user=kept)
    if not MessageSettings.objects.filter(user=kept).exists():
        MessageSettings.objects.filter(user=given_up).update(user=kept)


def _end(actor: Actor, pushes: list[PushSubscription]) -> None:
    for push in pushes:
        happened(actor, "push.ended", push)
    PushSubscription.objects.filter(pk__in=[push.pk for push in pushes]).delete()
