"""Who holds, or held, which role at a unit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from senhong.audit.models import Event
from senhong.audit.queries import events_about
from senhong.audit.services import subject_of
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import NotFound
from senhong.org.models import RoleGrant, Unit
from senhong.people.queries.teams import last_places

_MOST = 500
_MOST_ENDED = 50


@dataclass(frozen=True, slots=True)
class Done:
    """Who did something, and when; nobody: the installation itself."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role with who gave it and who took it away, as far as it is remembered."""

    grant: RoleGrant
    granted: Done | None
    withdrawn: Done | None


def roles_at(actor: Actor, unit: Unit) -> list[RoleLine]:
    """Roles held at the unit today or later, with their users and units; landed ones too.

    Only what the actor may see; by role, then name. Two queries.
    """
    today = as_day(clock.today())
    found = RoleGrant.objects.filter(unit__in=last_places(unit, today), to_day__gt=today).filter(
        unit__in=Unit.objects.visible_to(actor)
    )
    grants = found.select_related("user", "unit")
    return _lines(list(grants.order_by("role", "user__full_name", "from_day", "pk")[:_MOST]))


def ended_roles_at(actor: Actor, unit: Unit) -> list[RoleLine]:
    """Roles that were held at the unit and are no more, latest first; at most 50. Two queries."""
    today = as_day(clock.today())
    found = RoleGrant.objects.filter(unit__in=last_places(unit, today), to_day__lte=today).filter(
        unit__in=Unit.objects.visible_to(actor)
    )
    grants = found.select_related("user", "unit")
    return _lines(list(grants.order_by("-to_day", "role", "pk")[:_MOST_ENDED]))


def get_role_grant(actor: Actor, id: UUID) -> RoleGrant:
    """A role that has not ended, with user and unit. Raises NotFound. One query."""
    found = RoleGrant.objects.filter(
        pk=id, to_day__gt=as_day(clock.today()), unit__in=Unit.objects.visible_to(actor)
    )
    grant = found.select_related("user", "unit").first()
    if grant is None:
        raise NotFound(what=_("vai trò này"))
    return grant


def _lines(grants: list[RoleGrant]) -> list[RoleLine]:
    subjects = [subject_of(grant) for grant in grants]
    told = {
        (event.subject, event.name): _done(event)
        for event in events_about(subjects, ("role.granted", "role.withdrawn"))
    }
    return [
        RoleLine(grant, told.get((subject, "role.granted")), told.get((subject, "role.withdrawn")))
        for grant, subject in zip(grants, subjects, strict=True)
    ]


def _done(event: Event) -> Done:
    return Done(str(event.actor) if event.actor else "", event.at)
