"""What may be done to directives, plans and targets."""

from senhong.plans.services.directives import (
    DirectiveFacts,
    change_directive,
    register_directive,
)
from senhong.plans.services.pace import set_pace_rule
from senhong.plans.services.partners import hand_on_parts
from senhong.plans.services.plans import (
    PlanFacts,
    change_plan,
    end_part,
    make_plan,
    take_part,
)
from senhong.plans.services.splits import Share, Split, split_target
from senhong.plans.services.targets import set_target, withdraw_target

__all__ = [
    "DirectiveFacts",
    "PlanFacts",
    "Share",
    "Split",
    "change_directive",
    "change_plan",
    "end_part",
    "hand_on_parts",
    "make_plan",
    "register_directive",
    "set_pace_rule",
    "set_target",
    "split_target",
    "take_part",
    "withdraw_target",
]
