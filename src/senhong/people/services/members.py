from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from senhong.accounts.models import User
from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day
from senhong.core.errors import IdReused
from senhong.core.saving import save_changes
from senhong.core.text import nfc, person_sort_key, search_key
from senhong.org.models import Unit
from senhong.people.errors import EndsBeforeItBegins, NotAName
from senhong.people.models import Member, Membership


@transaction.atomic
def add_member(
    actor: Actor,
    id: UUID,
    *,
    unit: Unit,
    full_name: str,
    joined_on: date,
    user: User | None = None,
) -> Member:
    """Somebody takes part at the unit from that date on, with an account or without.

    The same ``id`` with the same facts returns the first row.
    Raises Forbidden, NotAName, IdReused.
    """
    actor.require("member.edit", at=unit.path)
    facts = {"unit": unit, "joined_on": joined_on, "user": user, **_names(full_name)}
    member, added = Member.objects.get_or_create(id=id, defaults=facts)
    if added:
        happened(actor, "member.added", member)
    elif any(getattr(member, name) != value for name, value in facts.items()):
        raise IdReused(id=str(id))
    return member


@transaction.atomic
def change_member(actor: Actor, member: Member, *, full_name: str, joined_on: date) -> Member:
    """The name as the person writes it, and since when she takes part.

    Raises Forbidden, NotAName, EndsBeforeItBegins.
    """
    actor.require("member.edit", at=member.unit.path)
    if member.left_on is not None and member.left_on <= joined_on:
        raise EndsBeforeItBegins(begins_on=joined_on)
    if save_changes(member, {"joined_on": joined_on, **_names(full_name)}):
        happened(actor, "member.changed", member)
    return member


@transaction.atomic
def leave_movement(actor: Actor, member: Member, *, on: date) -> Member:
    """The person no longer takes part from that date on; she is in no team any more.

    What she did stays. The same date again changes nothing. Raises Forbidden,
    EndsBeforeItBegins.
    """
    actor.require("member.edit", at=member.unit.path)
    if member.left_on == on:
        return member
    in_teams = Membership.objects.filter(member=member, to_day__gt=as_day(on))
    latest = max([member.joined_on, *map(as_date, in_teams.values_list("from_day", flat=True))])
    if on <= latest:
        raise EndsBeforeItBegins(begins_on=latest)
    in_teams.update(to_day=as_day(on))
    member.left_on = on
    member.save(update_fields=["left_on"])
    happened(actor, "member.left", member)
    return member


@transaction.atomic
def rejoin_movement(actor: Actor, member: Member) -> Member:
    """Who had left takes part again; her teams are joined anew. Raises Forbidden."""
    actor.require("member.edit", at=member.unit.path)
    if member.left_on is not None:
        member.left_on = None
        member.save(update_fields=["left_on"])
        happened(actor, "member.returned", member)
    return member


def _names(full_name: str) -> dict[str, Any]:
    """A name as its owner writes it, and the columns by which she is sorted and found."""
    name = nfc(full_name)
    if not name or any(char.isdigit() for char in name):
        raise NotAName
    return {
        "full_name": name,
        "sort_key": person_sort_key(name),
        "search_key": search_key(name),
    }
