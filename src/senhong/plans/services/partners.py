"""What follows for plans when a partner's work passes on to another."""

from uuid import UUID

from django.db import transaction

from senhong.audit.services import all_happened
from senhong.core.actor import Actor
from senhong.core.ids import derived_id
from senhong.plans.models import PlanPartner


@transaction.atomic
def hand_on_parts(actor: Actor, *, partner: UUID, to: UUID, on: int) -> None:
    """From that day on the successor takes the partner's parts in plans; the past keeps its name.

    Follows from partner.handed-on, in that event's transaction.
    """
    lasting = PlanPartner.objects.filter(partner=partner, to_day__gt=on).select_related("plan")
    parts = list(lasting)
    PlanPartner.objects.filter(pk__in=[p.pk for p in parts if p.from_day < on]).update(to_day=on)
    PlanPartner.objects.filter(pk__in=[p.pk for p in parts if p.from_day >= on]).update(partner=to)
    PlanPartner.objects.bulk_create(
        PlanPartner(
            id=derived_id(part.pk, "handed-on", to),
            plan=part.plan,
            partner_id=to,
            part=part.part,
            from_day=on,
            to_day=part.to_day,
        )
        for part in parts
        if part.from_day < on
    )
    told = [(part.plan, {"partner": str(to)}) for part in parts]
    all_happened(actor, "plan.partner-joined", told)
