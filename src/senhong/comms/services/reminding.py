"""Units are reminded, and see it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from senhong.audit.services import all_happened, happened
from senhong.comms.errors import NobodyToRemind, ReminderWithoutWords
from senhong.comms.models import Reminder, Subject
from senhong.comms.queries import occasion_of_reminder
from senhong.comms.services.delivering import see_occasion
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import derived_id
from senhong.core.text import is_blank, plain
from senhong.org.models import Unit


@dataclass(frozen=True, slots=True)
class About:
    """What a reminder is about; ``key`` says which one where there are several."""

    kind: Subject
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reminded:
    """What became of a sending."""

    sent: list[Reminder]  # with their units
    already: list[Unit]  # had been reminded of the same thing that day, and were not again


@transaction.atomic
def remind(
    actor: Actor, id: UUID, *, units: Collection[Unit], words: str, about: About
) -> Reminded:
    """Ask those responsible for the units to look at something.

    Nobody is reminded of the same thing twice in a day: such units are left out and named in the
    answer. The same ``id`` with the same facts sends nothing again. Raises Forbidden,
    NobodyToRemind, ReminderWithoutWords, IdReused.
    """
    for unit in units:
        actor.require("reminder.send", at=unit.path)
    if not units:
        raise NobodyToRemind()
    if is_blank(words):
        raise ReminderWithoutWords()
    asked = {unit.pk: unit for unit in units}
    _hold(asked)
    said = plain(words).strip()
    sent = list(Reminder.objects.filter(act=id).select_related("unit").order_by("pk"))
    if any(not _is_of(reminder, asked, said, about) for reminder in sent):
        raise IdReused(id=str(id))
    sent = sent or _send(actor, id, list(asked.values()), said, about)
    reached = {reminder.unit_id for reminder in sent}
    return Reminded(sent, [unit for unit in asked.values() if unit.pk not in reached])


@transaction.atomic
def see_reminder(actor: Actor, reminder: Reminder) -> None:
    """Somebody of the unit has seen it; who was the first is kept.

    Raises Forbidden, also for those above, whom it was not meant for.
    """
    place = reminder.unit.path
    teams = (path for path in actor.paths("reminder.read") if path.startswith(place))
    actor.require("reminder.read", at=next(teams, place))
    mine = Reminder.objects.received_by(actor).filter(pk=reminder.pk)
    if not mine.exists():
        raise Forbidden(verb="reminder.read")
    see_occasion(actor, occasion_of_reminder(reminder.act))
    if mine.unseen().update(seen_at=clock.now(), seen_by=actor.user_id):
        happened(actor, "reminder.seen", reminder, unit=reminder.unit.key)


def _hold(units: Collection[int]) -> None:
    """Until the transaction ends: of two who remind the same unit the second must see the first.

    SQLite has one writer and needs nothing.
    """
    rows = Unit.objects.filter(pk__in=units).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk"))


def _is_of(reminder: Reminder, asked: Collection[int], said: str, about: About) -> bool:
    same = (reminder.words, reminder.subject_kind, reminder.subject_key)
    return same == (said, about.kind, about.key) and reminder.unit_id in asked


def _send(actor: Actor, act: UUID, units: list[Unit], said: str, about: About) -> list[Reminder]:
    now = clock.now()
    day = as_day(clock.date_of(now))
    done = Reminder.objects.filter(
        unit__in=units, day=day, subject_kind=about.kind, subject_key=about.key
    )
    reminded = set(done.values_list("unit_id", flat=True))
    new = [
        Reminder(
            id=derived_id(act, unit.pk), act=act, unit=unit, subject_kind=about.kind,
            subject_key=about.key, words=said, by_id=actor.user_id, at=now, day=day,
        )
        for unit in units
        if unit.pk not in reminded
    ]  # fmt: skip
    Reminder.objects.bulk_create(new)
    facts = [(each, {"unit": each.unit.key, "kind": str(about.kind)}) for each in new]
    all_happened(actor, "reminder.sent", facts)
    return new
