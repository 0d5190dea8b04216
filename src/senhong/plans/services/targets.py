"""How much of an indicator a unit is to reach in a period."""

from typing import Any, TypedDict, Unpack
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
    SplitOvertaken,
    TargetIsShare,
    TargetIsSplit,
    TargetOutsidePlan,
    TargetQuantityTooSmall,
    TargetUnitNotStanding,
)
from senhong.plans.models import Plan, Target, Wording
from senhong.plans.queries.splits import is_split
from senhong.plans.services.plans import refuse_disorder
from senhong.plans.services.splits import revise


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
def set_target(actor: Actor, id: UUID, *, reason: str = "", **facts: Unpack[TargetFacts]) -> Target:
    """Set how much a unit is to reach in a period, or change how much.

    A plan holds one target for a unit, an indicator and a period: setting it again under
    another ``id`` changes it, and both quantities are kept with the reason. A share, and a
    target that was split, change by ``split_target`` only. The same ``id`` with the same facts
    changes nothing, also when the target was changed since. Raises Forbidden,
    PlanDaysDisordered, TargetQuantityTooSmall, TargetOutsidePlan, TargetUnitNotStanding,
    TargetIsShare, TargetIsSplit, SplitOvertaken, IdReused.
    """
    actor.require("target.set", at=facts["unit"].path)
    _refuse_nonsense(facts)
    how: dict[str, Any] = {"wording": facts["wording"], "quantity": facts["quantity"]}
    what = {name: value for name, value in facts.items() if name not in how}  # one for each
    what["is_own"] = False
    known = Target.objects.select_related("unit", "plan", "indicator")
    if not known.filter(**what).exists() and known.filter(pk=id).exists():
        raise IdReused(id=str(id))
    target, created = known.get_or_create(**what, defaults={"id": id, **how})
    if created:
        happened(actor, "target.set", target, act=str(id), **how)
    elif not _is_done(target, id, how):
        _change(actor, id, target, how, reason)
    return target


@transaction.atomic
def withdraw_target(actor: Actor, target: Target) -> None:
    """Take back a target that was set by mistake, with its shares; the event keeps what it was.

    A share goes with its whole only. Raises Forbidden, TargetIsShare.
    """
    actor.require("target.set", at=target.unit.path)
    _refuse_share(target)
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


def _is_done(target: Target, act: UUID, how: dict[str, Any]) -> bool:
    """The act was seen before; IdReused if it said something else then."""
    done = Event.objects.filter(subject=subject_of(target), facts__act=str(act)).first()
    if done is None:
        return False
    if any(_last(done.facts.get(name)) != value for name, value in how.items()):
        raise IdReused(id=str(act))
    return True


def _last(value: object) -> object:
    """What an event says a value became: the second of [before, after], or the value."""
    return value[1] if isinstance(value, list) else value


def _change(actor: Actor, act: UUID, target: Target, how: dict[str, Any], reason: str) -> None:
    before = {name: getattr(target, name) for name in how}
    if before == how:
        return
    if before["quantity"] != how["quantity"]:
        _refuse_alone(target)
        revise(actor, act, target, how["quantity"], reason)
    save_changes(target, how)
    both = {name: [before[name], how[name]] for name in how}
    happened(actor, "target.changed", target, act=str(act), **both)


def _refuse_alone(target: Target) -> None:
    """What others add up with changes with them; the row is written first, so that nobody
    splits it meanwhile."""
    _refuse_share(target)
    mine = Target.objects.filter(pk=target.pk, quantity=target.quantity)
    if not mine.update(quantity=target.quantity):
        raise SplitOvertaken
    if is_split(target):
        raise TargetIsSplit


def _refuse_share(target: Target) -> None:
    if target.parent is not None:
        raise TargetIsShare(unit=target.parent.unit.title)
