"""The tree of programmes, campaigns, youth works and joint programmes."""

from dataclasses import dataclass
from typing import NotRequired, Self, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY, as_date, day_before
from senhong.core.errors import IdReused
from senhong.core.saving import save_changes
from senhong.core.text import nfc
from senhong.org.models import Partner, Unit
from senhong.plans.errors import PlanDaysDisordered
from senhong.plans.models import Directive, Plan, PlanKind, PlanPartner
from senhong.plans.services.tree import refuse_ring


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """What is to be done, by which unit, from ``from_day`` to the day before ``to_day``."""

    unit: Unit
    kind: PlanKind
    name: str
    from_day: int
    to_day: int
    directive: Directive | None = None
    parent: Plan | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", nfc(self.name))

    @classmethod
    def of(cls, plan: Plan) -> Self:
        return cls(**{name: getattr(plan, name) for name in cls.__dataclass_fields__})


class PartFacts(TypedDict):
    """A partner's part in a plan."""

    plan: Plan
    partner: Partner
    part: str
    from_day: int
    to_day: NotRequired[int]


@transaction.atomic
def make_plan(actor: Actor, id: UUID, facts: PlanFacts) -> Plan:
    """Put a plan into the tree, under a directive, under another plan, or under neither.

    Its days may cross its parent's: the page warns. The same ``id`` with the same facts
    returns the first row. Raises Forbidden, PlanDaysDisordered, IdReused.
    """
    actor.require("plan.edit", at=facts.unit.path)
    refuse_disorder(facts.from_day, facts.to_day)
    plan, created = Plan.objects.select_related("unit", "directive", "parent").get_or_create(
        id=id, defaults=vars(facts)
    )
    if created:
        happened(actor, "plan.made", plan, title=facts.name, kind=facts.kind)
    elif PlanFacts.of(plan) != facts:
        raise IdReused(id=str(id))
    return plan


@transaction.atomic
def change_plan(actor: Actor, plan: Plan, facts: PlanFacts) -> Plan:
    """Rename, move or re-date a plan. The same facts change nothing.

    Raises Forbidden, PlanDaysDisordered, PlanInRing.
    """
    actor.require("plan.edit", at=plan.unit.path)
    actor.require("plan.edit", at=facts.unit.path)
    refuse_disorder(facts.from_day, facts.to_day)
    before = PlanFacts.of(plan)
    if before == facts:
        return plan
    refuse_ring(plan, facts.parent)
    save_changes(plan, vars(facts))
    happened(
        actor, "plan.changed", plan, title=[before.name, facts.name],
        from_day=[before.from_day, facts.from_day], to_day=[before.to_day, facts.to_day],
    )  # fmt: skip
    return plan


@transaction.atomic
def take_part(actor: Actor, id: UUID, **facts: Unpack[PartFacts]) -> PlanPartner:
    """Note which partner takes part in a plan, in what part, and when.

    The same ``id`` with the same facts returns the first row. Raises Forbidden,
    PlanDaysDisordered, IdReused.
    """
    actor.require("plan.edit", at=facts["plan"].unit.path)
    known: PartFacts = {"to_day": LAST_DAY, **facts, "part": nfc(facts["part"])}
    refuse_disorder(known["from_day"], known.get("to_day", LAST_DAY))
    taking, created = PlanPartner.objects.select_related("plan", "partner").get_or_create(
        id=id, defaults=dict(known)
    )
    if created:
        happened(actor, "plan.partner-joined", taking.plan, partner=str(taking.partner_id))
    elif any(getattr(taking, name) != value for name, value in known.items()):
        raise IdReused(id=str(id))
    return taking


@transaction.atomic
def end_part(actor: Actor, taking: PlanPartner, *, to_day: int) -> PlanPartner:
    """The partner takes part no longer from ``to_day`` on. Raises Forbidden, PlanDaysDisordered."""
    actor.require("plan.edit", at=taking.plan.unit.path)
    refuse_disorder(taking.from_day, to_day)
    if taking.to_day != to_day:
        taking.to_day = to_day
        taking.save(update_fields=["to_day"])
        happened(
            actor, "plan.partner-left", taking.plan,
            partner=str(taking.partner_id), to_day=to_day,
        )  # fmt: skip
    return taking


def refuse_disorder(from_day: int, to_day: int) -> None:
    """Raise PlanDaysDisordered unless at least one day lies between."""
    if to_day <= from_day:
        raise PlanDaysDisordered(first_on=as_date(from_day), last_on=as_date(day_before(to_day)))
