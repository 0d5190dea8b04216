"""Members are added and corrected."""

import re
from datetime import date
from typing import Any, NotRequired, TypedDict, Unpack
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
from senhong.people.errors import DistinctionTooLong, EndsBeforeItBegins
from senhong.people.models import Member, Stay
from senhong.people.names import checked_name

_MOST_DISTINCTION = 50
_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){5}")


class MemberFacts(TypedDict):
    unit: Unit
    full_name: str
    joined_on: date
    user: NotRequired[User | None]
    distinction: NotRequired[str]  # tells her from others of her name


@transaction.atomic
def add_member(actor: Actor, id: UUID, **facts: Unpack[MemberFacts]) -> Member:
    """Somebody takes part at the unit from that date on, with an account or without.

    The same ``id`` with the same facts returns the first row.
    Raises Forbidden, NotAName, DistinctionTooLong, IdReused.
    """
    actor.require("member.edit", at=facts["unit"].path)
    columns = member_columns(**facts)
    member, added = Member.objects.get_or_create(id=id, defaults=columns)
    if added:
        Stay.objects.create(**first_stay(member))
        happened(actor, "member.added", member)
    elif any(getattr(member, name) != value for name, value in columns.items()):
        raise IdReused(id=str(id))
    return member


@transaction.atomic
def change_member(
    actor: Actor,
    member: Member,
    *,
    full_name: str,
    joined_on: date,
    distinction: str | None = None,
) -> Member:
    """The name as the person writes it, what tells her from others, since when she takes part.

    distinction  None leaves it. Raises Forbidden, NotAName, DistinctionTooLong,
    EndsBeforeItBegins.
    """
    actor.require("member.edit", at=member.unit.path)
    facts: dict[str, Any] = {"joined_on": joined_on, **_names(full_name)}
    if distinction is not None:
        facts["distinction"] = _checked(distinction)
    first = Stay.objects.filter(member=member).earliest("from_day")
    if first.to_day <= as_day(joined_on):
        raise EndsBeforeItBegins(begins_on=as_date(first.to_day))
    save_changes(first, {"from_day": as_day(joined_on)})
    if save_changes(member, facts):
        happened(actor, "member.changed", member)
    return member


def member_columns(**facts: Unpack[MemberFacts]) -> dict[str, Any]:
    """A member's own columns, checked and tidied. Raises NotAName, DistinctionTooLong."""
    return {
        "unit": facts["unit"],
        "joined_on": facts["joined_on"],
        "user": facts.get("user"),
        "distinction": _checked(facts.get("distinction", "")),
        **_names(facts["full_name"]),
    }


def first_stay(member: Member) -> dict[str, Any]:
    """The columns of the stay with which a member begins."""
    from_day = as_day(member.joined_on)
    return {"id": member.pk, "member": member, "unit": member.unit, "from_day": from_day}


def _names(full_name: str) -> dict[str, Any]:
    """A name as its owner writes it, and the columns by which she is sorted and found."""
    name = checked_name(full_name)
    return {
        "full_name": name,
        "sort_key": person_sort_key(name),
        "search_key": search_key(name),
    }


def _checked(distinction: str) -> str:
    said = nfc(distinction)
    if len(said) > _MOST_DISTINCTION or _LONG_NUMBER.search(said):
        raise DistinctionTooLong
    return said
