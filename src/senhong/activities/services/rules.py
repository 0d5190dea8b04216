"""When the help of a unit counts."""

from django.db import transaction

from senhong.activities.models import CountingRule
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.org.models import Unit


@transaction.atomic
def set_counting_rule(actor: Actor, unit: Unit, *, after_acceptance: bool | None) -> None:
    """From now on help of the unit's teams, and of those below, counts at once or after acceptance.

    None: as the unit above decides. What was recorded before stays as it is: what waits still
    waits until somebody accepts it. Saying the same again changes nothing. Raises Forbidden.
    """
    actor.require("counting-rule.set", at=unit.path)
    known = CountingRule.objects.filter(unit=unit).first()
    if (known.after_acceptance if known else None) == after_acceptance:
        return
    rule = CountingRule(
        unit=unit,
        after_acceptance=bool(after_acceptance),
        decided_by=actor.user_id,
        decided_at=clock.now(),
    )
    if after_acceptance is None:
        CountingRule.objects.filter(unit=unit).delete()
    else:
        facts = {name: getattr(rule, name) for name in _DECIDED}
        CountingRule.objects.update_or_create(unit=unit, defaults=facts)
    happened(actor, "counting-rule.set", rule, after_acceptance=after_acceptance)


_DECIDED = ("after_acceptance", "decided_by", "decided_at")
