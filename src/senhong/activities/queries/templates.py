"""Saved plans that a team can begin with."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.activities.models import ActivityTemplate
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.org.models import Unit
from senhong.people.models import Team

_MOST = 100


def templates_for(team: Team) -> list[ActivityTemplate]:
    """Those of the team, of its unit and of the units above, by title; at most 100. One query.

    The team was found for the actor, with its unit.
    """
    units = [int(id) for id in team.unit.path.split("/") if id]
    found = ActivityTemplate.objects.filter(Q(team=team) | Q(unit__in=units))
    return list(found.select_related("team__unit", "unit").order_by("title", "pk")[:_MOST])


def get_template(actor: Actor, id: UUID) -> ActivityTemplate:
    """A template of a team or unit that the actor may see, or NotFound. One query."""
    rule = Q(team__in=Team.objects.visible_to(actor)) | Q(unit__in=Unit.objects.visible_to(actor))
    found = ActivityTemplate.objects.filter(rule, pk=id).select_related("team__unit", "unit")
    template = found.first()
    if template is None:
        raise NotFound(what=_("mẫu hoạt động này"))
    return template
