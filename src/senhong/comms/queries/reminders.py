"""Reminders as those who received or sent them read them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from senhong.comms.models import Reminder, Subject
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import NotFound
from senhong.core.slices import beyond
from senhong.org.models import Unit
from senhong.org.queries import unit_names


@dataclass(frozen=True, slots=True)
class ReminderSlice:
    """Part of a list of reminders, and the id after which it goes on; None at its end."""

    items: Sequence[Reminder]
    next: UUID | None


@dataclass(frozen=True, slots=True)
class Sending:
    """The same words to one unit or many, and which of them have seen it."""

    act: UUID
    at: datetime
    kind: Subject
    words: str
    reminders: Sequence[Reminder]  # by the name of the unit
    names: dict[int, str]  # unit id → the unit with what it hangs on

    @property
    def seen(self) -> int:
        return sum(reminder.seen_at is not None for reminder in self.reminders)


@dataclass(frozen=True, slots=True)
class SendingSlice:
    """Part of the list of sendings, and the act after which it goes on."""

    items: Sequence[Sending]
    next: UUID | None


def occasion_of_reminder(act: UUID) -> str:
    """Of what is delivered to the people of the units that one sending reminded. No query."""
    return f"reminder:{act}"


def reminders_for(actor: Actor, *, after: UUID | None = None, limit: int = 20) -> ReminderSlice:
    """What the actor's units and teams were reminded of, newest first. One query.

    With unit, sender and who has seen it.
    """
    found = Reminder.objects.received_by(actor).select_related("unit", "by", "seen_by")
    if after is not None:
        found = found.filter(beyond(Reminder.objects.all(), after, "at", rising=False))
    items = list(found.order_by("-at", "-pk")[: limit + 1])
    return ReminderSlice(items[:limit], items[limit - 1].pk if len(items) > limit else None)


def get_reminder(actor: Actor, id: UUID) -> Reminder:
    """A reminder that the actor received, with its unit. Raises NotFound. One query."""
    found = Reminder.objects.received_by(actor).filter(pk=id)
    reminder = found.select_related("unit", "by", "seen_by").first()
    if reminder is None:
        raise NotFound(what=_("nhắc việc này"))
    return reminder


def sendings_of(actor: Actor, *, after: UUID | None = None, limit: int = 20) -> SendingSlice:
    """What the actor has sent, newest first, with who has seen it. Three queries."""
    sent = Reminder.objects.filter(by=actor.user_id, by__isnull=False)
    acts = sent.values_list("act", "at").distinct()
    if after is not None:
        acts = acts.filter(beyond(sent, after, "at", id="act", rising=False))
    shown = [act for act, _at in acts.order_by("-at", "-act")[: limit + 1]]
    items = _sendings(sent.filter(act__in=shown[:limit]).select_related("unit", "seen_by"))
    return SendingSlice(items, shown[limit - 1] if len(shown) > limit else None)


def _sendings(reminders: Iterable[Reminder]) -> list[Sending]:
    rows = sorted(reminders, key=lambda each: (each.unit.sort_key, each.unit_id))
    names = unit_names([each.unit for each in rows])
    by_act: dict[tuple[datetime, UUID], list[Reminder]] = defaultdict(list)
    for each in rows:
        by_act[each.at, each.act].append(each)
    return [
        Sending(act, at, Subject(rows[0].subject_kind), rows[0].words, rows, names)
        for (at, act), rows in sorted(by_act.items(), reverse=True)
    ]


def reminded_today(actor: Actor, units: Iterable[Unit]) -> dict[str, set[int]]:
    """Which units have been reminded today: unit ids by the kind of thing. One query.

    Of units that the actor may remind herself; whoever sent it.
    """
    ids = [unit.pk for unit in units if actor.can("reminder.send", at=unit.path)]
    found = Reminder.objects.filter(unit__in=ids, day=as_day(clock.today()))
    reminded: dict[str, set[int]] = defaultdict(set)
    for kind, unit_id in found.values_list("subject_kind", "unit_id"):
        reminded[kind].add(unit_id)
    return reminded
