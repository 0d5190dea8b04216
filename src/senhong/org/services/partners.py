"""Which organisations take part, until when, and who goes on with their work."""

from datetime import date
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.days import FIRST_DAY, LAST_DAY, as_day, day_after
from senhong.core.errors import IdReused
from senhong.core.saving import save_changes
from senhong.core.text import nfc
from senhong.org.errors import AlreadyHandedOn, NoSuchSuccessor, PartnerNotThere, PeriodTurned
from senhong.org.models import Partner, Unit


@transaction.atomic
def add_partner(  # a partner is these facts
    actor: Actor,
    id: UUID,
    *,
    unit: Unit,
    name: str,
    from_day: int = FIRST_DAY,
    to_day: int = LAST_DAY,
) -> Partner:
    """An organisation takes part, kept by the unit.

    The same id and facts again return the first. Raises Forbidden, PeriodTurned, IdReused.
    """
    actor.require("partner.edit", at=unit.path)
    if to_day <= from_day:
        raise PeriodTurned()
    facts = {"unit_id": unit.pk, "name": nfc(name), "from_day": from_day, "to_day": to_day}
    partner, made = Partner.objects.get_or_create(id=id, defaults=facts)
    if made:
        happened(actor, "partner.added", partner)
    elif any(getattr(partner, field) != value for field, value in facts.items()):
        raise IdReused(id=str(id))
    return partner


@transaction.atomic
def change_partner(
    actor: Actor, partner: Partner, *, name: str, from_day: int, to_day: int | None = None
) -> Partner:
    """Corrects what a partner is called, its first day and its last; one that is called otherwise
    from a day on has a successor.

    to_day  None leaves it, as does a successor, who begins then. Raises Forbidden, PeriodTurned.
    """
    actor.require("partner.edit", at=partner.unit.path)
    end = partner.to_day if to_day is None or partner.successor is not None else to_day
    if end <= from_day:
        raise PeriodTurned()
    if save_changes(partner, {"name": nfc(name), "from_day": from_day, "to_day": end}):
        happened(actor, "partner.changed", partner)
    return partner


@transaction.atomic
def end_partner(actor: Actor, partner: Partner, *, on: date) -> None:
    """The partner takes part for the last time on the day before ``on``.

    Ending what has ended by then changes nothing. Raises Forbidden.
    """
    actor.require("partner.edit", at=partner.unit.path)
    day = max(as_day(on), day_after(partner.from_day))  # it has taken part for at least a day
    if Partner.objects.filter(pk=partner.pk, to_day__gt=day).update(to_day=day):
        partner.to_day = day
        happened(actor, "partner.ended", partner)


@transaction.atomic
def hand_on_partner(actor: Actor, partner: Partner, *, successor: Partner, on: date) -> Partner:
    """From that day on another organisation does what this one did; the past keeps its name.

    A department was merged into another, or is called otherwise. The same again changes nothing.
    What it still had to do passes on as well (``config.reactions``). Raises Forbidden,
    AlreadyHandedOn, NoSuchSuccessor, PeriodTurned, PartnerNotThere.
    """
    actor.require("partner.edit", at=partner.unit.path)
    actor.require("partner.edit", at=successor.unit.path)
    day = as_day(on)
    if (partner.successor_id, partner.to_day) == (successor.pk, day):
        return partner
    if partner.successor is not None:
        raise AlreadyHandedOn(name=partner.successor.name)
    _require_successor(partner, successor)
    if day <= partner.from_day:
        raise PeriodTurned()
    if not successor.from_day <= day < successor.to_day:
        raise PartnerNotThere(name=successor.name, on=on)
    save_changes(partner, {"successor": successor, "to_day": day})
    happened(actor, "partner.handed-on", partner, partner=partner.pk, to=successor.pk, on=day)
    return partner


def _require_successor(partner: Partner, successor: Partner) -> None:
    """Another one, that does not itself go back to this one."""
    later: Partner | None = successor
    while later is not None:
        if later.pk == partner.pk:
            raise NoSuchSuccessor(name=successor.name)
        later = later.successor
