"""How units deal with deadlines, and on which days a province works."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.saving import save_changes
from senhong.core.text import nfc
from senhong.org.models import Unit
from senhong.work.errors import NotOfProvince, RulesDisordered
from senhong.work.models import DUE_HOUR, DayRule, WorkRule
from senhong.work.queries.calendars import REMIND_DAYS

MOST_DAYS = 60


@dataclass(frozen=True, kw_only=True)
class RuleFacts:
    """``remind_days``: days before a deadline, 0 the day itself, below 0 after it."""

    due_hour: time = DUE_HOUR
    remind_days: Sequence[int] = REMIND_DAYS
    escalate_days: int = 3
    silent_days: int = 7
    quiet_from: time = time(21)
    quiet_to: time = time(7)


@transaction.atomic
def set_work_rule(actor: Actor, id: UUID, unit: Unit, facts: RuleFacts) -> WorkRule:
    """Holds for the unit and for those below it that have no rule of their own.

    A unit has one rule: setting another changes it. Raises Forbidden, RulesDisordered.
    """
    actor.require("task.edit", at=unit.path)
    numbers = [facts.escalate_days, facts.silent_days, *map(abs, facts.remind_days)]
    if any(number > MOST_DAYS for number in numbers) or min(numbers[:2]) < 0:
        raise RulesDisordered(most=MOST_DAYS)
    columns: dict[str, Any] = {**vars(facts), "remind_days": sorted({*facts.remind_days})[::-1]}
    rule, is_new = WorkRule.objects.get_or_create(unit=unit, defaults={"id": id, **columns})
    if is_new or save_changes(rule, columns):
        happened(actor, "work-rule.set", rule, unit=unit.key)
    return rule


@transaction.atomic
def clear_work_rule(actor: Actor, unit: Unit) -> None:
    """The unit has no rule of its own any more: that of the nearest above holds.

    Again: nothing changes. Raises Forbidden.
    """
    actor.require("task.edit", at=unit.path)
    for rule in WorkRule.objects.filter(unit=unit):
        happened(actor, "work-rule.cleared", rule, unit=unit.key)
        rule.delete()


@transaction.atomic
def set_day(
    actor: Actor, id: UUID, province: Unit, on: date, *, is_working: bool, name: str = ""
) -> DayRule:
    """The province works on that day, or does not, whatever the country's calendar says.

    Setting it again changes it. Raises Forbidden, NotOfProvince.
    """
    actor.require("task.edit", at=province.path)
    if not province.is_province:
        raise NotOfProvince(unit=province.title)
    facts = {"is_working": is_working, "name": nfc(name)[:200]}
    rule, is_new = DayRule.objects.get_or_create(
        province=province, on_day=on, defaults={"id": id, **facts}
    )
    if is_new or save_changes(rule, facts):
        happened(actor, "day-rule.set", rule, on=on, working=is_working)
    return rule


@transaction.atomic
def remove_day(actor: Actor, rule: DayRule) -> None:
    """The country's calendar holds again. Raises Forbidden."""
    actor.require("task.edit", at=rule.province.path)
    happened(actor, "day-rule.removed", rule, on=rule.on_day)
    rule.delete()
