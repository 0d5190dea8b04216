"""What happened, for those who check."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from senhong.audit.models import Event
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden


@dataclass(frozen=True, slots=True)
class EventSlice:
    """Part of the list of events, newest first, and the id after which it goes on."""

    events: Sequence[Event]
    next: int | None


def latest_events(
    actor: Actor, *, name: str = "", subject: str = "", after: int | None = None, limit: int = 50
) -> EventSlice:
    """What happened, newest first, with who did it as far as the account is still there. One query.

    name     how the event's name begins: "help." or "help.recorded"
    subject  what it is about: all of one kind ("activities.help") or one ("activities.help:0190…")

    Events know no place, so only who may view them for a whole province reads them.
    Raises Forbidden.
    """
    if not actor.can_for_a_province("event.view"):
        raise Forbidden(verb="event.view")
    rule = Q()
    if name:
        rule &= Q(name__startswith=name)
    if subject:
        rule &= Q(subject=subject) if ":" in subject else Q(subject__startswith=f"{subject}:")
    if after is not None:
        rule &= Q(pk__lt=after)
    events = list(Event.objects.filter(rule).select_related("actor").order_by("-pk")[: limit + 1])
    return EventSlice(events[:limit], events[limit - 1].pk if len(events) > limit else None)


def may_see_names(actor: Actor) -> bool:
    """Whether the actor may know the people of a whole province by name. No query."""
    return actor.can_for_a_province("member.view")


def events_about(subjects: Iterable[str], names: Iterable[str]) -> list[Event]:
    """What of these names happened to these subjects, oldest first, with who did it. One query.

    For pages whose readers may see the subjects themselves.
    """
    found = Event.objects.filter(subject__in=list(subjects), name__in=list(names))
    return list(found.select_related("actor").order_by("at", "pk"))


def get_event(id: int) -> Event:
    """The event from which a job follows: it is always there. One query."""
    return Event.objects.get(pk=id)
