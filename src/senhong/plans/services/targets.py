"""How much of an indicator a unit is to reach in a period."""

from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from senhong.audit.models import Event
from senhong.audit.services import happened, subject_of
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import IdReused
from senhong.core.saving import save_changes
from senhong.ledger.models import Indicator
from senhong.org.models import Unit
from senhong.org.queries import landed_unit
from senhong.plans.errors import (
    TargetOutsidePlan,
    TargetQuantityTooSmall,
    TargetUnitNotStanding,
)
from senhong.plans.models import Plan, Target, Wording
from senhong.plans.services.plans import refuse_disorder


class TargetFacts(TypedDict):
    """A target as it was decided; ``quantity`` in the indicator's unit of measure."""

    plan: Plan
    unit: Unit
    indicator: Indicator
    wording: Wording
    quantity: int
    from_day: int
    to_day: int


@transaction.atomic
def set_target(actor: Actor, id: UUID, **facts: Unpack[TargetFacts]) -> Target:
    """Set how much a unit is to reach in a period, or change how much.

    A plan holds one target for a unit, an indicator and a period: setting it again under
    another ``id`` changes it, and the event keeps both values. The same ``id`` with the same
    facts changes nothing, also when the target was changed since. Raises Forbidden,
    PlanDaysDisordered, TargetQuantityTooSmall, TargetOutsidePlan, TargetUnitNotStanding,
    IdReused.
    """
    actor.require("target.set", at=facts["unit"].path)
    _refuse_nonsense(facts)
    how = {"wording": facts["wording"], "quantity": facts["quantity"]}
    what = {name: value for name, value in facts.items() if name not in how}  # one for each
    known = Target.objects.select_related("unit", "plan", "indicator")
    if not known.filter(**what).exists() and known.filter(pk=id).exists():
        raise IdReused(id=str(id))
    target, created = known.get_or_create(**what, defaults={"id": id, **how})
    if created:
        happened(actor, "target.set", target, act=str(id), **how)
    elif not _is_done(target, id, how):
        _change(actor, id, target, how)
    return target


@transaction.atomic
def withdraw_target(actor: Actor, target: Target) -> None:
    """Take back a target that was set by mistake; the event keeps what it was.

    Raises Forbidden.
    """
    actor.require("target.set", at=target.unit.path)
    happened(
        actor, "target.withdrawn", target,
        plan=str(target.plan_id), unit=target.unit.key, indicator=target.indicator.code,
        wording=target.wording, quantity=target.quantity,
        from_day=target.from_day, to_day=target.to_day,
    )  # fmt: skip
    target.delete()


def _refuse_nonsense(facts: TargetFacts) -> None:
    refuse_disorder(facts["from_day"], facts["to_day"])
    if facts["quantity"] < 1:
        raise TargetQuantityTooSmall(quantity=facts["quantity"])
    unit, plan = facts["unit"], facts["plan"]
    if unit.from_day >= facts["to_day"] or unit.to_day <= facts["from_day"]:
        raise TargetUnitNotStanding(unit=unit.title)
    if not _is_below(unit, plan.unit):
        raise TargetOutsidePlan(unit=unit.title, plan=plan.name)


def _is_below(unit: Unit, top: Unit) -> bool:
    """Also where the plan's unit has become another since."""
    if unit.path.startswith(top.path):
        return True
    return unit.path.startswith(landed_unit(top.pk, as_day(clock.today())).path)


def _is_done(target: Target, act: UUID, how: dict[str, object]) -> bool:
    """The act was seen before; IdReused if it said something else then."""
    done = Event.objects.filter(subject=subject_of(target), facts__act=str(act)).first()
    if done is None:
        return False
    if any(_last(done.facts[name]) != value for name, value in how.items()):
        raise IdReused(id=str(act))
    return True


def _last(value: object) -> object:
    """What an event says a value became: the second of [before, after], or the value."""
    return value[1] if isinstance(value, list) else value


def _change(actor: Actor, act: UUID, target: Target, how: dict[str, object]) -> None:
    before = {name: getattr(target, name) for name in how}
    if before == how:
        return
    save_changes(target, how)
    both = {name: [before[name], how[name]] for name in how}
    happened(actor, "target.changed", target, act=str(act), **both)
