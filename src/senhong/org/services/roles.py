"""Who holds which role where."""

from datetime import date
from uuid import UUID

from django.db import transaction

from senhong.accounts.models import User
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY, as_day
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import derived_id
from senhong.org.errors import OwnRole, PeriodTurned
from senhong.org.models import Role, RoleGrant, Unit
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


@transaction.atomic
def hand_on_roles(actor: Actor, giver: User, taker: User) -> None:
    """What one account still holds, another holds from today on: a person had two accounts.

    As if each were withdrawn and granted; nothing that is over moves. Raises Forbidden, OwnRole.
    """
    today = clock.today()
    held = RoleGrant.objects.filter(user=giver, to_day__gt=as_day(today)).select_related("unit")
    for grant in list(held):
        grant_role(
            actor,
            derived_id(grant.pk, "handed-on", taker.pk),
            user=taker,
            role=Role(grant.role),
            unit=grant.unit,
            from_day=max(as_day(today), grant.from_day),
            to_day=grant.to_day,
        )
        withdraw_role(actor, grant, on=today)


def _require_giving(actor: Actor, role: Role, unit: Unit) -> None:
    given = roles_given_by(actor, unit)
    if not given:
        actor.require("role.grant", at=unit.path)
    if role not in given:
        raise Forbidden(verb="role.appoint")
