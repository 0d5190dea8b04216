"""People are told something, each once, and see it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from senhong.audit.services import all_happened
from senhong.comms.models import Channel, Delivery, DeliveryQuerySet, DeliveryState, Topic
from senhong.comms.queries import Reach, reaches, untold
from senhong.comms.quiet import NEVER, Quiet
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.ids import uuid7
from senhong.core.text import nfc, plain

_MOST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody is told. The link is a path of ours, or nothing."""

    subject: str
    words: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How people are told something.

    topic     what people choose by on which channels they get it
    quiet     hours in which it waits, for those who chose none of their own
    outside   outside the app only: in the app they see it by other means
    """

    topic: Topic = Topic.OTHER
    quiet: Quiet = NEVER
    outside: bool = False


@transaction.atomic
def deliver(
    actor: Actor,
    to: Collection[int],
    *,
    occasion: str,
    say: Callable[[], Said],
    until: datetime | None = None,
    manner: Manner = Manner(),
) -> list[Delivery]:
    """Tell these users something: in the app, and on every channel that each has chosen.

    The caller, a service or a job, has asked whether the actor may. Nobody is told of the same
    occasion twice, so calling again is safe; the answer is what is new, in the app only.

    occasion  what happened, for the machine: "activity.tomorrow:0190…:20260321"; nothing personal
    say       is called once for each language of those who are told
    until     later it is of no use outside the app
    """
    people = reaches(untold(occasion, to), manner.topic)
    said = {each.language: _said(say, each.language) for each in people}
    template = Delivery(occasion=occasion, at=clock.now(), until=until)
    rows = [row for each in people for row in _rows(each, said[each.language], template, manner)]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    written = Delivery.objects.filter(pk__in=[row.pk for row in rows])
    new = list(written.filter(channel=Channel.IN_APP).order_by("user"))
    all_happened(actor, "delivery.made", [(row, {"occasion": occasion}) for row in new])
    return new


def _said(say: Callable[[], Said], language: str) -> Said:
    with override(language):
        said = say()
        return Said(nfc(str(said.subject))[:_MOST_SUBJECT], plain(str(said.words)), said.link)


def _rows(reach: Reach, said: Said, told: Delivery, manner: Manner) -> list[Delivery]:
    """One for each channel. In the app it has arrived when it is written."""
    due = _due(reach.quiet or manner.quiet, told)
    made = []
    for channel in reach.channels:
        arrived = channel == Channel.IN_APP
        if arrived and manner.outside:
            continue
        made.append(
            Delivery(
                id=uuid7(), user_id=reach.user_id, channel=channel, occasion=told.occasion,
                subject=said.subject, words=said.words, link=said.link, at=told.at,
                until=told.until, state=DeliveryState.SENT if arrived else DeliveryState.WAITING,
                sent_at=told.at if arrived else None, next_try_at=None if arrived else due,
            )
        )  # fmt: skip
    return made


def _due(quiet: Quiet, told: Delivery) -> datetime:
    """At once, or after the quiet hours: not where it would then be too late."""
    over = quiet.over(told.at)
    return told.at if told.until is not None and told.until <= over else over


@transaction.atomic
def see_message(actor: Actor, message: Delivery) -> None:
    """The person has seen it: what is still to be sent elsewhere about it is not sent any more.

    Seeing it again changes nothing. Raises Forbidden.
    """
    require_own(actor, message.user_id)
    _see(actor, Delivery.objects.filter(user=message.user_id, occasion=message.occasion))


@transaction.atomic
def see_occasion(actor: Actor, occasion: str) -> None:
    """The person has done what a message asked of her. Raises Forbidden."""
    require_own(actor, actor.user_id)
    _see(actor, Delivery.objects.filter(user=actor.user_id, occasion=occasion))


@transaction.atomic
def see_all_messages(actor: Actor) -> None:
    """Everything that the person was told so far. Raises Forbidden."""
    require_own(actor, actor.user_id)
    _see(actor, Delivery.objects.filter(user=actor.user_id))


def require_own(actor: Actor, user_id: int | None) -> None:
    """Everybody looks after her own; whoever edits accounts everywhere after everybody's."""
    if actor.user_id is None or actor.user_id != user_id:
        actor.require("user.edit", at="")


def _see(actor: Actor, rows: DeliveryQuerySet) -> None:
    unseen = rows.unseen().exclude(state=DeliveryState.GIVEN_UP)
    seen = list(unseen.filter(channel=Channel.IN_APP))
    unseen.update(state=DeliveryState.SEEN, seen_at=clock.now(), next_try_at=None)
    all_happened(actor, "delivery.seen", [(row, {}) for row in seen])
