"""Members leave, come back and move to another unit; where they were stays where it was."""

from datetime import date

from django.db import transaction

from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY, as_date, as_day
from senhong.core.ids import derived_id
from senhong.core.saving import save_changes
from senhong.org.models import Unit
from senhong.people.errors import (
    BackBeforeLeaving,
    EndsBeforeItBegins,
    MemberHasLeft,
    MoveAhead,
    UnitNotStanding,
)
from senhong.people.models import Member, Membership, Stay


@transaction.atomic
def leave_movement(actor: Actor, member: Member, *, on: date) -> Member:
    """The person no longer takes part from that date on; she is in no team any more.

    What she did stays. The same date again changes nothing. Raises Forbidden,
    EndsBeforeItBegins.
    """
    actor.require("member.edit", at=member.unit.path)
    if member.left_on == on:
        return member
    stay, day = _latest(member), as_day(on)
    in_teams = Membership.objects.filter(member=member, to_day__gt=day)
    latest = max([stay.from_day, *in_teams.values_list("from_day", flat=True)])
    if day <= latest:
        raise EndsBeforeItBegins(begins_on=as_date(latest))
    in_teams.update(to_day=day)
    save_changes(stay, {"to_day": day})
    save_changes(member, {"left_on": on})
    happened(actor, "member.left", member, member=member.pk)
    return member


@transaction.atomic
def rejoin_movement(actor: Actor, member: Member, *, on: date | None = None) -> Member:
    """Who had left takes part again from that date on (None: today); teams are joined anew.

    The days between stay without her. Raises Forbidden, BackBeforeLeaving.
    """
    actor.require("member.edit", at=member.unit.path)
    if member.left_on is None:
        return member
    first = max(member.left_on, clock.today()) if on is None else on
    if first < member.left_on:
        raise BackBeforeLeaving(left_on=member.left_on)
    if first == member.left_on:
        save_changes(_latest(member), {"to_day": LAST_DAY})
    else:
        _begin(member, member.unit, as_day(first))
    save_changes(member, {"left_on": None})
    happened(actor, "member.returned", member)
    return member


@transaction.atomic
def transfer_member(
    actor: Actor, member: Member, *, unit: Unit, on: date, leaves_teams: bool = True
) -> Member:
    """From that date on the person takes part at another unit.

    What she did before stays with the unit where she was then. leaves_teams: she is no longer in
    the teams of other units than the new one. Moving her to where she is changes nothing.
    Raises Forbidden, MoveAhead, MemberHasLeft, UnitNotStanding, EndsBeforeItBegins.
    """
    actor.require("member.edit", at=member.unit.path)
    actor.require("member.edit", at=unit.path)
    if member.unit_id == unit.pk:
        return member
    stay = _latest(member)
    _require_move(member, stay, unit, on)
    day = as_day(on)
    save_changes(stay, {"to_day": day})
    _begin(member, unit, day)
    save_changes(member, {"unit": unit})
    if leaves_teams:
        left = Membership.objects.filter(member=member, from_day__lt=day, to_day__gt=day)
        left.exclude(team__unit=unit).update(to_day=day)
    happened(actor, "member.transferred", member, member=member.pk, unit=unit.key, day=day)
    return member


def _require_move(member: Member, stay: Stay, unit: Unit, on: date) -> None:
    if on > clock.today():
        raise MoveAhead(on=on)
    if member.left_on is not None:
        raise MemberHasLeft(left_on=member.left_on)
    if not unit.from_day <= as_day(on) < unit.to_day:
        raise UnitNotStanding(unit=unit.title, on=on)
    if as_day(on) <= stay.from_day:
        raise EndsBeforeItBegins(begins_on=as_date(stay.from_day))


def _latest(member: Member) -> Stay:
    return Stay.objects.filter(member=member).latest("from_day")


def _begin(member: Member, unit: Unit, day: int) -> None:
    id = derived_id(member.pk, "stay", unit.pk, day)
    Stay.objects.create(id=id, member=member, unit=unit, from_day=day)
