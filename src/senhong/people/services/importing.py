"""A unit's list of members, as it was seen and confirmed."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from senhong.audit.services import all_happened, happened
from senhong.core.actor import Actor
from senhong.core.ids import derived_id
from senhong.org.models import Unit
from senhong.people.errors import ImportChanged, ImportRefused
from senhong.people.listed import Listed, Planned, PlannedImport
from senhong.people.models import Member, Membership, Stay
from senhong.people.queries.importing import planned_import
from senhong.people.services.members import change_member, first_stay, member_columns


@transaction.atomic
def import_members(actor: Actor, unit: Unit, rows: Sequence[Listed]) -> PlannedImport:
    """The members of the list take part at the unit: all that it says, or nothing.

    The same list again changes nothing; who is not on it stays. Answers what was done.
    Raises Forbidden, ImportTooLong, ImportRefused, ImportChanged.
    """
    actor.require("member.edit", at=unit.path)
    plan = planned_import(actor, unit, rows)
    if plan.wrong:
        raise ImportRefused(rows=len(plan.wrong))
    try:
        with transaction.atomic():
            _add(actor, unit, plan.new)
    except IntegrityError as at_once:  # somebody confirmed the same list at this moment
        raise ImportChanged from at_once
    for row in plan.changed:
        _change(actor, row)
    _join(actor, [row for row in plan.rows if row.team is not None])
    if plan.new or plan.changed:
        happened(actor, "members.imported", unit, added=len(plan.new), changed=len(plan.changed))
    return plan


def _add(actor: Actor, unit: Unit, rows: Sequence[Planned]) -> None:
    """In three statements, whatever their number."""
    members = [
        Member(
            id=row.id,
            **member_columns(
                unit=unit,
                full_name=row.listed.full_name,
                distinction=row.listed.distinction,
                joined_on=row.joined_on,
            ),
        )
        for row in rows
    ]
    Member.objects.bulk_create(members)
    Stay.objects.bulk_create(Stay(**first_stay(member)) for member in members)
    all_happened(actor, "member.added", [(member, {}) for member in members])


def _change(actor: Actor, row: Planned) -> None:
    if row.member is not None and row.moves_first_day:
        change_member(actor, row.member, full_name=row.member.full_name, joined_on=row.joined_on)


def _join(actor: Actor, rows: Sequence[Planned]) -> None:
    for row in rows:
        assert row.team is not None  # that is how they were chosen
        actor.require("team.edit", at=row.team.path)
    places = [
        Membership(
            id=derived_id(row.id, "place", row.team.pk, row.joins_from),
            member_id=row.id,
            team=row.team,
            role=row.role,
            from_day=row.joins_from,
            to_day=row.team.to_day,
        )
        for row in rows
        if row.team is not None
    ]
    Membership.objects.bulk_create(places)
    all_happened(actor, "team.joined", [(place, {"role": place.role}) for place in places])
