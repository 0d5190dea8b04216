"""Deliveries as those who send them, and the office, see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from senhong.comms.models import Channel, Delivery
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, NotFound
from senhong.core.slices import beyond
from senhong.org.queries import get_installation


@dataclass(frozen=True, slots=True)
class GivenUpSlice:
    """Part of the list of what could not be sent, and the id after which it goes on."""

    items: Sequence[Delivery]
    next: UUID | None


def untold(occasion: str, users: Collection[int]) -> set[int]:
    """Which of these users have not been told of the occasion yet. One query, and no lock."""
    told = Delivery.objects.filter(
        user__in=users, channel=Channel.IN_APP, occasion=occasion
    ).values_list("user_id", flat=True)
    return set(users) - set(told)


def due_deliveries(now: datetime, *, limit: int) -> list[Delivery]:
    """What should be sent by now, the longest due first. One query, and no lock."""
    return list(Delivery.objects.due(now).order_by("next_try_at", "pk")[:limit])


def hears_of_failures(actor: Actor) -> bool:
    """Whether the actor looks after what could not be sent. No query."""
    return actor.can_somewhere("delivery.retry")


def office_path() -> str:
    """The place from which deliveries are looked after: the province's. One query."""
    installation = get_installation()
    return "" if installation is None else installation.province.path


def given_up_deliveries(
    actor: Actor, *, after: UUID | None = None, limit: int = 50
) -> GivenUpSlice:
    """What could not be sent, newest first, with the person. Three queries.

    Raises Forbidden for those who do not look after the whole installation.
    """
    _require_office(actor)
    found = Delivery.objects.given_up().select_related("user")
    if after is not None:
        found = found.filter(beyond(Delivery.objects.all(), after, "at", rising=False))
    items = list(found.order_by("-at", "-pk")[: limit + 1])
    return GivenUpSlice(items[:limit], items[limit - 1].pk if len(items) > limit else None)


def get_given_up(actor: Actor, id: UUID) -> Delivery:
    """A delivery that was given up. Raises Forbidden, NotFound. Two queries."""
    _require_office(actor)
    delivery = Delivery.objects.given_up().filter(pk=id).first()
    if delivery is None:
        raise NotFound(what=_("tin nhắn này"))
    return delivery


def _require_office(actor: Actor) -> None:
    if not actor.can("delivery.retry", at=office_path()):
        raise Forbidden(verb="delivery.retry")
