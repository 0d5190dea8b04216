"""Targets and how far they are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day, day_before
from senhong.core.errors import NotFound
from senhong.core.slices import past
from senhong.ledger.models import Indicator
from senhong.ledger.queries import Ask, figures_for
from senhong.org.models import Landing, Unit, UnitMap
from senhong.org.queries import landed_unit
from senhong.plans.models import PaceRule, Plan, Target, TargetQuerySet
from senhong.plans.queries.pace import Progress, Thresholds, pace
from senhong.plans.queries.plans import landing_at

_MOST = 500  # targets in one list


def get_target(actor: Actor, id: UUID) -> Target:
    """The target with its plan, unit, indicator and whole, or NotFound. One query."""
    found = _targets(actor).select_related("parent__unit").filter(pk=id)
    target = found.first()
    if target is None:
        raise NotFound(what=_("chỉ tiêu này"))
    return target


def targets_of(actor: Actor, unit: Unit, day: int) -> list[Target]:
    """What is asked of a unit on a day: the targets of the plans that are current then.

    A target of a unit that has become this one counts as this one's. Those whose own period
    holds the day come first, then by indicator. One query.
    """
    found = _current(actor, day).filter(unit__in=_landed(unit, day))
    return sorted(found[:_MOST], key=lambda target: not target.is_current(day))


def targets_around(
    actor: Actor, unit: Unit, below: Collection[int], day: int, counted: Iterable[Indicator]
) -> tuple[list[Target], list[Target]]:
    """The unit's targets as ``targets_of`` has them, and those of units below it.

    below  ids of units; of theirs only those whose own period holds the day
    counted  all indicators

    Three queries: a province has a thousand targets but few plans, and each is read once.
    """
    here, there = Q(unit__in=_landed(unit, day)), Q(unit__in=below)
    found = _current(actor, day).filter(here | (there & Q(from_day__lte=day, to_day__gt=day)))
    found = found.select_related(None).prefetch_related(
        Prefetch("plan", Plan.objects.select_related("unit")),
        Prefetch("unit", Unit.objects.select_related("province__pace_rule")),
    )
    known = {each.pk: each for each in counted}
    own: list[Target] = []
    others: list[Target] = []
    for target in found[: _MOST * 8]:
        target.indicator = known[target.indicator_id]
        (others if target.unit_id in below else own).append(target)
    return sorted(own, key=lambda target: not target.is_current(day)), others


def _landed(unit: Unit, day: int) -> QuerySet[Landing, Any]:
    """Ids of the unit and of those of its level that are this one on the map of the day."""
    return Landing.objects.filter(
        landed=unit,
        map__from_day__lte=day,
        map__to_day__gt=day,
        unit__level=F("landed__level"),
    ).values("unit")


def targets_of_plan(actor: Actor, plan: Plan) -> list[Target]:
    """A plan's targets, from the province down; shares stand at the target that was split.

    One query.
    """
    found = _targets(actor).topmost_for(actor).filter(plan=plan)
    return list(found.order_by("unit__path", "indicator__position", "from_day")[:_MOST])


def target_list(
    actor: Actor, unit: Unit | None, day: int, after: UUID | None, limit: int
) -> list[Target]:
    """Visible targets by id, from the one after ``after``. One query."""
    found = _targets(actor).order_by("pk")
    if unit is not None:
        found = found.filter(unit__in=landing_at(unit, day), unit__path__startswith=unit.path)
    return list((found.filter(past(_targets(actor), after)) if after else found)[:limit])


def progress_of(actor: Actor, targets: Sequence[Target], *, reading_on: date) -> list[Progress]:
    """How far each target is on the day that is read, in the order given.

    The figure is the unit's, from the target's first day to that day (or its last), on the map
    of its day; a state is read at that day. The same few queries whatever the number of
    targets: those of ``ledger.queries.figures_for``.
    """
    asks = [ask_of(target, as_day(reading_on)) for target in targets]
    figures = figures_for(actor, [ask for ask in asks if ask is not None])
    return progress_with(targets, figures, reading_on=reading_on)


def ask_of(target: Target, day: int) -> Ask | None:
    """What the ledger is asked for a target; None before its period begins. No query."""
    if day < target.from_day:
        return None
    last = min(day, target.last_day, day_before(target.unit.to_day))
    return Ask(target.unit, target.indicator, target.from_day, last)


def progress_with(
    targets: Sequence[Target], figures: Mapping[Ask, int], *, reading_on: date
) -> list[Progress]:
    """As ``progress_of``, where what ``ask_of`` asks is among ``figures``. No query."""
    asks = [ask_of(target, as_day(reading_on)) for target in targets]
    return [
        pace(
            target,
            0 if ask is None else figures.get(ask, 0),
            reading_on,
            thresholds_of(target.unit.province),
        )
        for target, ask in zip(targets, asks, strict=True)
    ]


def pace_rule_of(province: Unit) -> Thresholds:
    """A province's thresholds, or those of the house. One query."""
    return _as_thresholds(PaceRule.objects.filter(unit=province).first())


def map_changes(unit: Unit, first: int, last: int) -> list[int]:
    """The days in the period, after its first, on which the unit's map changed. One query."""
    found = UnitMap.objects.filter(
        province=unit.province_id, from_day__gt=first, from_day__lte=last
    )
    return list(found.order_by("from_day").values_list("from_day", flat=True))


def own_targets_of(actor: Actor, plans: Collection[UUID]) -> list[Target]:
    """What plans ask of the unit whose plans they are. One query."""
    found = _targets(actor).filter(plan__in=plans, unit=F("plan__unit"))
    return list(found.order_by("indicator__position", "from_day")[:_MOST])


def target_units(actor: Actor, plan: Plan) -> list[tuple[Unit, str]]:
    """Units for which the actor may set targets of a plan, each with its parent's title.

    Those that stand on at least one of the plan's days, from the top down. Two queries.
    """
    today = landed_unit(plan.unit_id, as_day(clock.today()))
    found = units_where(actor, "target.set", first=plan.from_day, last=plan.last_day)
    return [
        (unit, above) for unit, above in found if unit.path.startswith((plan.unit.path, today.path))
    ]


def units_where(actor: Actor, verb: str, *, first: int, last: int) -> list[tuple[Unit, str]]:
    """Units where the actor may do ``verb``, each with its parent's title, from the top down.

    Those that stand on at least one day from ``first`` to ``last``. One query.
    """
    found = Unit.objects.where(actor, verb).filter(from_day__lte=last, to_day__gt=first)
    units = list(found.order_by("sort_key")[:_MOST])
    titles = {unit.pk: unit.title for unit in units}
    return [(unit, titles.get(_parent_id(unit), "")) for unit in sorted(units, key=_depth)]


def may_set_targets(actor: Actor, plan: Plan) -> bool:
    """Somewhere among the units of the plan. No query."""
    return any(
        path.startswith(plan.unit.path) or plan.unit.path.startswith(path)
        for path in actor.paths("target.set")
    )


def _targets(actor: Actor) -> TargetQuerySet:
    return Target.objects.visible_to(actor).select_related(
        "plan", "plan__unit", "unit", "unit__province", "unit__province__pace_rule", "indicator"
    )


def _current(actor: Actor, day: int) -> TargetQuerySet:
    found = _targets(actor).filter(plan__from_day__lte=day, plan__to_day__gt=day)
    return found.order_by("from_day", "indicator__position", "pk")


def thresholds_of(province: Unit | None) -> Thresholds:
    """The thresholds by which a province judges pace.

    No query where the province comes with its rule, as with a target from here.
    """
    return _as_thresholds(getattr(province, "pace_rule", None))


def _as_thresholds(rule: PaceRule | None) -> Thresholds:
    return Thresholds(rule.ahead_percent, rule.on_pace_percent) if rule else Thresholds()


def _parent_id(unit: Unit) -> int:
    ids = unit.path.rstrip("/").split("/")
    return int(ids[-2]) if len(ids) > 1 else 0


def _depth(unit: Unit) -> int:
    return unit.path.count("/")
