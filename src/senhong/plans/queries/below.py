"""What is asked of many units at once: a table of a province has a thousand targets."""

from collections.abc import Collection

from senhong.core.actor import Actor
from senhong.ledger.queries import indicators
from senhong.org.models import Unit
from senhong.plans.models import Plan, Target


def targets_at(actor: Actor, units: Collection[Unit], day: int) -> list[Target]:
    """The targets of these units whose own period holds the day, by indicator and period.

    Each comes with its unit, its plan and its indicator. Three queries whatever their number:
    joined in one, a thousand rows would carry a thousand copies of them.
    """
    by_id = {unit.pk: unit for unit in units}
    found = list(
        Target.objects.visible_to(actor)
        .filter(
            unit__in=by_id.keys(), from_day__lte=day, to_day__gt=day,
            plan__from_day__lte=day, plan__to_day__gt=day,
        )
        .order_by("indicator__position", "indicator_id", "from_day", "pk")
    )  # fmt: skip
    plans = Plan.objects.in_bulk({target.plan_id for target in found})
    counted = {each.pk: each for each in indicators()}
    for target in found:
        target.unit = by_id[target.unit_id]
        target.plan = plans[target.plan_id]
        target.indicator = counted[target.indicator_id]
    return found
