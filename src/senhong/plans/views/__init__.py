"""The pages of plans."""

from senhong.plans.views.directives import directive, edit_directive, new_directive
from senhong.plans.views.pace import pace_rule
from senhong.plans.views.partners import end_part, new_part
from senhong.plans.views.plans import edit_plan, new_plan, plan, plans
from senhong.plans.views.split import split, split_workbook
from senhong.plans.views.target import target
from senhong.plans.views.targets import edit_target, new_target, withdraw_target

__all__ = [
    "directive",
    "edit_directive",
    "edit_plan",
    "edit_target",
    "end_part",
    "new_directive",
    "new_part",
    "new_plan",
    "new_target",
    "pace_rule",
    "plan",
    "plans",
    "split",
    "split_workbook",
    "target",
    "withdraw_target",
]
