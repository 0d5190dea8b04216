"""Makers of valid things. A test names only what it is about."""

from typing import Any
from uuid import UUID

from senhong.accounts.models import User
from senhong.comms.models import Delivery, Reminder, Subject
from senhong.comms.queries.channels import ASKING
from senhong.comms.queries.reaching import email_token
from senhong.comms.services import (
    About,
    Browser,
    Said,
    choose_messages,
    confirm_email,
    deliver,
    remind,
    take_push,
)
from senhong.core.actor import Actor
from senhong.core.ids import uuid7
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM, actor_of

WORDS = "Mời xã ghi hoạt động tuần này."


def reminded(
    *units: Unit,
    actor: Actor = SYSTEM,
    kind: Subject = Subject.SILENT,
    words: str = WORDS,
    id: UUID | None = None,
) -> list[Reminder]:
    """The units have been reminded of something; what was sent."""
    return remind(actor, id or uuid7(), units=units, words=words, about=About(kind)).sent


def told(
    *users: User, occasion: str = "test:1", subject: str = "Ngày mai", **facts: Any
) -> list[Delivery]:
    """The users have been told something; what stands in the app."""
    said = Said(subject, facts.pop("words", "07:30, chợ Sa Đéc."), facts.pop("link", "/messages/"))
    to = [user.pk for user in users]
    return deliver(SYSTEM, to, occasion=occasion, say=lambda: said, **facts)


def with_email(user: User, email: str = "an@example.com") -> User:
    """The user takes e-mail, at an address that she has shown to be hers."""
    actor = actor_of(user.pk)
    choose_messages(actor, by_email=True, email=email)
    confirm_email(actor, email_token(user.pk, email))
    Delivery.objects.filter(user=user, occasion__startswith=ASKING).delete()
    return user


def with_phone(user: User, address: dict[str, str]) -> User:
    """The user takes notes on a phone: the subscription of its browser."""
    take_push(actor_of(user.pk), Browser(**address))
    return user
