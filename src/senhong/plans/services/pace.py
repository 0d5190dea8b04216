"""From which share of what is expected a province calls a target ahead or on pace."""

from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.org.models import Unit
from senhong.plans.errors import PaceDisordered, PaceNotOfProvince
from senhong.plans.models import PaceRule


@transaction.atomic
def set_pace_rule(
    actor: Actor, id: UUID, *, unit: Unit, ahead_percent: int, on_pace_percent: int
) -> PaceRule:
    """Set a province's thresholds, in percent of what is expected by the day that is read.

    Setting them again changes them; the event holds what they were. Raises Forbidden,
    PaceNotOfProvince, PaceDisordered.
    """
    actor.require("target.set", at=unit.path)
    if not unit.is_province:
        raise PaceNotOfProvince(unit=unit.title)
    if not ahead_percent > on_pace_percent > 0:
        raise PaceDisordered(ahead_percent=ahead_percent, on_pace_percent=on_pace_percent)
    rule, created = PaceRule.objects.get_or_create(unit=unit, defaults={"id": id})
    before = (rule.ahead_percent, rule.on_pace_percent)
    if created or before != (ahead_percent, on_pace_percent):
        rule.ahead_percent, rule.on_pace_percent = ahead_percent, on_pace_percent
        rule.save(update_fields=["ahead_percent", "on_pace_percent"])
        happened(
            actor, "pace-rule.set", rule,
            ahead_percent=[before[0], ahead_percent], on_pace_percent=[before[1], on_pace_percent],
        )  # fmt: skip
    return rule
