"""Who holds which role where, and which organisations take part."""

from datetime import date
from uuid import UUID

from django.db import transaction

from senhong.accounts.models import User
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import FIRST_DAY, LAST_DAY, as_day, day_after
from senhong.core.errors import Forbidden, IdReused
from senhong.core.text import nfc
from senhong.org.errors import OwnRole, PeriodTurned
from senhong.org.models import Partner, Role, RoleGrant, Unit
from senhong.org.queries.roles import roles_given_by


@transaction.atomic
def grant_role(  # noqa: PLR0913  # a grant is these facts
    actor: Actor,
    id: UUID,
    *,
    user: User,
    role: Role,
    unit: Unit,
    from_day: int | None = None,
    to_day: int = LAST_DAY,
) -> RoleGrant:
    """The person holds the role at the unit, from today when no day is given.

    Nobody gives a verb that she does not hold there herself, unless she may give any role. The
    same id and facts again return the first grant. Raises Forbidden, PeriodTurned, IdReused.
    """
    _require_giving(actor, Role(role), unit)
    first = as_day(clock.today()) if from_day is None else from_day
    if to_day <= first:
        raise PeriodTurned()
    facts = {"user_id": user.pk, "role": role, "unit_id": unit.pk}
    dates = {"from_day": first, "to_day": to_day}
    grant, made = RoleGrant.objects.get_or_create(id=id, defaults=facts | dates)
    if made:
        happened(actor, "role.granted", grant, role=role, unit_id=unit.pk, user_id=user.pk)
    elif any(getattr(grant, name) != value for name, value in facts.items()):
        raise IdReused(id=str(id))
    return grant


@transaction.atomic
def withdraw_role(actor: Actor, grant: RoleGrant, *, on: date) -> None:
    """The role is held for the last time on the day before ``on``.

    Who may not give the role may not take it away, and nobody takes it from herself. Withdrawing
    what has ended by then changes nothing. Raises Forbidden, OwnRole.
    """
    _require_giving(actor, Role(grant.role), grant.unit)
    if grant.user_id == actor.user_id:
        raise OwnRole
    day = max(as_day(on), grant.from_day)  # an empty interval was never held
    if RoleGrant.objects.filter(pk=grant.pk, to_day__gt=day).update(to_day=day):
        grant.to_day = day
        happened(actor, "role.withdrawn", grant)


def _require_giving(actor: Actor, role: Role, unit: Unit) -> None:
    actor.require("role.grant", at=unit.path)
    if role not in roles_given_by(actor, unit):
        raise Forbidden(verb="role.appoint")


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
def end_partner(actor: Actor, partner: Partner, *, on: date) -> None:
    """The partner takes part for the last time on the day before ``on``.

    Ending what has ended by then changes nothing. Raises Forbidden.
    """
    actor.require("partner.edit", at=partner.unit.path)
    day = max(as_day(on), day_after(partner.from_day))  # it has taken part for at least a day
    if Partner.objects.filter(pk=partner.pk, to_day__gt=day).update(to_day=day):
        partner.to_day = day
        happened(actor, "partner.ended", partner)
