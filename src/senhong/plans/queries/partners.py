"""In which plans partners take part: asked by their pages."""

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from senhong.core.actor import Actor
from senhong.people.queries import Doing
from senhong.plans.models import Plan, PlanPartner

_MOST = 200


def plans_of_partners(actor: Actor, partner_ids: Collection[UUID]) -> list[Doing]:
    """The plans that the actor sees and in which the partners have a part. One query."""
    plans = Plan.objects.visible_to(actor).values("pk")
    found = PlanPartner.objects.filter(partner__in=partner_ids, plan__in=plans)
    parts = found.select_related("plan").order_by("-from_day", "pk")[:_MOST]
    return [
        Doing(
            kind=part.plan.get_kind_display(),
            title=part.plan.name,
            url=reverse("plans:plan", args=[part.plan_id]),
            partner_id=part.partner_id,
            part=part.part,
            from_day=part.from_day,
            to_day=part.to_day,
        )
        for part in parts
    ]
