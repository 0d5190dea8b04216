"""One list of all that waits for a person: what she was told, what her units were reminded of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from senhong.comms.models import Delivery, Reminder
from senhong.core.actor import Actor
from senhong.core.errors import NotFound, UnknownCursor

Sent = TypeVar("Sent", Delivery, Reminder)


@dataclass(frozen=True, slots=True)
class InboxSlice:
    """Part of an inbox, and the id after which it goes on; None at its end."""

    items: Sequence[Delivery | Reminder]
    next: UUID | None


def unseen_number(actor: Actor) -> int:
    """How many messages and reminders wait to be seen. One query."""
    told = Delivery.objects.received_by(actor).unseen().order_by().values("pk")
    reminded = Reminder.objects.received_by(actor).unseen().order_by().values("pk")
    return told.union(reminded, all=True).count()


def inbox(actor: Actor, *, after: UUID | None = None, limit: int = 20) -> InboxSlice:
    """The actor's messages and the reminders of her units and teams, newest first.

    Reminders with unit, sender and who has seen them. Two queries, and two for a later part.
    """
    told = Delivery.objects.received_by(actor)
    reminded = Reminder.objects.received_by(actor).select_related("unit", "by", "seen_by")
    at = _at(actor, after)
    found: list[Delivery | Reminder] = [*_newest(told, at, after, limit)]
    found += _newest(reminded, at, after, limit)
    found.sort(key=lambda each: (each.at, each.pk), reverse=True)
    return InboxSlice(found[:limit], found[limit - 1].pk if len(found) > limit else None)


def _at(actor: Actor, id: UUID | None) -> datetime | None:
    """When the message or reminder came. Raises UnknownCursor."""
    if id is None:
        return None
    for rows in (Delivery.objects.received_by(actor), Reminder.objects.received_by(actor)):
        at = rows.filter(pk=id).values_list("at", flat=True).first()
        if at is not None:
            return at
    raise UnknownCursor(after=str(id))


def _newest(
    rows: QuerySet[Sent], at: datetime | None, after: UUID | None, limit: int
) -> list[Sent]:
    if at is not None:
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=after))
    return list(rows.order_by("-at", "-pk")[: limit + 1])


def get_message(actor: Actor, id: UUID) -> Delivery:
    """A message that the actor received. Raises NotFound. One query."""
    message = Delivery.objects.received_by(actor).filter(pk=id).first()
    if message is None:
        raise NotFound(what=_("tin nhắn này"))
    return message
