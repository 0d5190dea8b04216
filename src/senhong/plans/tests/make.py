"""Makers of valid plans. A test names only what it is about."""

from datetime import date
from typing import Any
from uuid import UUID

from senhong.core.ids import uuid7
from senhong.ledger.models import Indicator
from senhong.ledger.tests.make import an_indicator
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_province
from senhong.plans.models import Directive, DirectiveKind, Plan, PlanKind, Target, Wording
from senhong.plans.services import (
    DirectiveFacts,
    PlanFacts,
    Share,
    Split,
    make_plan,
    register_directive,
    set_target,
    split_target,
)


def directive_facts(unit: Unit, **facts: Any) -> DirectiveFacts:
    usual: dict[str, Any] = {
        "number": "300-KH/TĐTN-PT",
        "kind": DirectiveKind.PLAN,
        "issuer": "BTV Tỉnh đoàn",
        "subject": "Thanh niên tham gia chuyển đổi số",
        "issued_on": date(2022, 6, 30),
    }
    return DirectiveFacts(unit=unit, **usual | facts)


def a_directive(unit: Unit | None = None, **facts: Any) -> Directive:
    return register_directive(SYSTEM, uuid7(), directive_facts(unit or a_province(), **facts))


def plan_facts(unit: Unit, **facts: Any) -> PlanFacts:
    """The year 2023, unless told otherwise."""
    usual: dict[str, Any] = {
        "kind": PlanKind.PROGRAMME,
        "name": "Năm chuyển đổi số 2023",
        "from_day": 20230101,
        "to_day": 20240101,
    }
    return PlanFacts(unit=unit, **usual | facts)


def a_plan(unit: Unit | None = None, **facts: Any) -> Plan:
    return make_plan(SYSTEM, uuid7(), plan_facts(unit or a_province(), **facts))


def a_target(
    unit: Unit | None = None,
    indicator: Indicator | str = "sorties",
    quantity: int = 200,
    plan: Plan | None = None,
    **facts: Any,
) -> Target:
    """A target of the unit for the whole plan (the year 2023); ``id`` may be among the facts."""
    unit = unit or (plan.unit if plan else a_province())
    plan = plan or a_plan(unit)
    id: UUID = facts.pop("id", None) or uuid7()
    usual: dict[str, Any] = {
        "wording": Wording.AT_LEAST, "from_day": plan.from_day, "to_day": plan.to_day,
    }  # fmt: skip
    counted = an_indicator(indicator) if isinstance(indicator, str) else indicator
    return set_target(
        SYSTEM, id, plan=plan, unit=unit, indicator=counted, quantity=quantity, **usual | facts
    )


def a_split(target: Target, shares: dict[str, int], **how: Any) -> Target:
    """A split by titles of units, "own" for the unit's own part; ``id``, ``seen`` and what else
    a split says may be among ``how``."""
    named = {unit.title: unit for unit in Unit.objects.filter(province=target.unit.province_id)}
    given = [
        Share(unit=target.unit if title == "own" else named[title], quantity=quantity)
        for title, quantity in shares.items()
    ]
    id: UUID = how.pop("id", None) or uuid7()
    seen: int = how.pop("seen", None) or target.quantity
    return split_target(SYSTEM, id, target, Split(seen=seen, shares=given, **how))
