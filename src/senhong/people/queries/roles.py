"""Who holds a role at a unit, and which partners it keeps."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import NotFound
from senhong.org.models import Partner, RoleGrant, Unit
from senhong.people.queries.teams import places

_MOST = 500


def roles_at(actor: Actor, unit: Unit) -> list[RoleGrant]:
    """Roles held at the unit today or later, with their users and units; landed ones too.

    Only what the actor may see; by role, then name. One query.
    """
    today = as_day(clock.today())
    found = RoleGrant.objects.filter(
        unit__in=places(unit, today, below=False), to_day__gt=today
    ).filter(unit__in=Unit.objects.visible_to(actor))
    grants = found.select_related("user", "unit")
    return list(grants.order_by("role", "user__full_name", "from_day", "pk")[:_MOST])


def get_role_grant(actor: Actor, id: UUID) -> RoleGrant:
    """A role that has not ended, with user and unit. Raises NotFound. One query."""
    found = RoleGrant.objects.filter(
        pk=id, to_day__gt=as_day(clock.today()), unit__in=Unit.objects.visible_to(actor)
    )
    grant = found.select_related("user", "unit").first()
    if grant is None:
        raise NotFound(what=_("vai trò này"))
    return grant


def partners_at(actor: Actor, unit: Unit) -> list[Partner]:
    """The partners that the unit keeps, by name; those that have ended too. One query."""
    found = Partner.objects.filter(unit=unit, unit__in=Unit.objects.visible_to(actor))
    return list(found.order_by("-to_day", "name", "pk")[:_MOST])


def get_partner(actor: Actor, id: UUID) -> Partner:
    """A partner with its unit. Raises NotFound. One query."""
    found = Partner.objects.filter(pk=id, unit__in=Unit.objects.visible_to(actor))
    partner = found.select_related("unit").first()
    if partner is None:
        raise NotFound(what=_("đối tác này"))
    return partner
