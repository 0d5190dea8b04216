"""A delivery is sent once, tried again with growing pauses, and at last given up.

The queue is the table of deliveries; the network is the job's (``comms.jobs``).
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from senhong.audit.services import happened
from senhong.comms.models import Delivery, DeliveryQuerySet, DeliveryState
from senhong.comms.queries import office_path
from senhong.core import clock
from senhong.core.actor import Actor

# After the first, second, … try; after the one that follows the last pause it is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
# How long a sender has; then another takes over what it was stopped in.
_LEASE = timedelta(minutes=10)
_KEPT = timedelta(days=365)


@transaction.atomic
def claim_delivery(actor: Actor, delivery: Delivery) -> bool:
    """Whether the caller is the one who sends it now. Of many workers one is. Raises Forbidden."""
    actor.require("system.run", at="")
    now = clock.now()
    mine = Delivery.objects.due(now).filter(pk=delivery.pk, attempts=delivery.attempts)
    claimed = mine.update(
        state=DeliveryState.SENDING, attempts=F("attempts") + 1, next_try_at=now + _LEASE
    )
    delivery.attempts += claimed
    return bool(claimed)


@transaction.atomic
def note_sent(actor: Actor, delivery: Delivery) -> None:
    """The next in line took it over. Raises Forbidden."""
    actor.require("system.run", at="")
    _mine(delivery).update(
        state=DeliveryState.SENT, sent_at=clock.now(), next_try_at=None, error=""
    )


@transaction.atomic
def note_failed(actor: Actor, delivery: Delivery, code: str, *, is_final: bool = False) -> None:
    """It did not go out: it is tried again later, or given up. Raises Forbidden."""
    actor.require("system.run", at="")
    if is_final or delivery.attempts > len(PAUSES):
        given_up = _mine(delivery).update(
            state=DeliveryState.GIVEN_UP, next_try_at=None, error=code
        )
        if given_up:
            happened(actor, "delivery.given-up", delivery, channel=delivery.channel, code=code)
        return
    due = clock.now() + PAUSES[delivery.attempts - 1]
    _mine(delivery).update(state=DeliveryState.WAITING, next_try_at=due, error=code)


@transaction.atomic
def retry_delivery(actor: Actor, delivery: Delivery) -> None:
    """Try anew what was given up, late or not; what is under way stays. Raises Forbidden."""
    actor.require("delivery.retry", at=office_path())
    again = Delivery.objects.given_up().filter(pk=delivery.pk)
    now = clock.now()
    if again.update(state=DeliveryState.WAITING, attempts=0, next_try_at=now, until=None):
        happened(actor, "delivery.retried", delivery, channel=delivery.channel)


@transaction.atomic
def forget_deliveries(actor: Actor) -> int:
    """What people were told more than a year ago is deleted; how much. Raises Forbidden."""
    actor.require("system.run", at="")
    gone, _tables = Delivery.objects.filter(at__lt=clock.now() - _KEPT).delete()
    return gone


def _mine(delivery: Delivery) -> DeliveryQuerySet:
    """The row, as long as nobody else took it over and the person has not seen it."""
    return Delivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.SENDING, attempts=delivery.attempts
    )
