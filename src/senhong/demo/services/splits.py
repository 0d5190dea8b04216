"""The interview's target of turns, divided down to communes. The shares illustrate."""

from senhong.demo.services.stage import Stage
from senhong.plans.models import Plan, Target
from senhong.plans.queries import Way, parts_to_split, shares_of, weights_of
from senhong.plans.services import Share, Split, split_target
from senhong.plans.splitting import shares_by

_REASON = "Theo số thành viên của từng đơn vị (minh họa)"


def split_turns(stage: Stage, plan: Plan) -> None:
    """By members: over the districts, and the largest district's share over its communes."""
    whole = Target.objects.select_related("unit__province", "indicator").get(
        plan=plan, unit=plan.unit, indicator__code="platform-turns", is_own=False
    )
    _split(stage, whole)
    largest = max(shares_of(whole), key=lambda share: (not share.is_own, share.quantity))
    _split(stage, largest)


def _split(stage: Stage, target: Target) -> None:
    parts = parts_to_split(target)
    weights = weights_of(stage.actor, target, Way.MEMBERS)
    quantities = shares_by([weights.get(part.unit.key, 0) for part in parts], target.quantity)
    shares = [
        Share(unit=part.unit, quantity=quantity)
        for part, quantity in zip(parts, quantities, strict=True)
    ]
    split = Split(seen=target.quantity, shares=shares, reason=_REASON)
    split_target(stage.actor, stage.ids.next("split"), target, split)
