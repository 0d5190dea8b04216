"""The tree of directives and plans, for who works under it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.core.slices import past
from senhong.org.models import Landing, Partner, Unit
from senhong.plans.models import Directive, Plan, PlanPartner, PlanQuerySet, asked_of

_MOST = 300  # in one tree or list


@dataclass(slots=True)
class PlanNode:
    """A plan with the plans under it."""

    plan: Plan
    is_current: bool  # it, or a plan under it, on the day that is read
    children: "list[PlanNode]" = field(default_factory=list)


@dataclass(slots=True)
class DirectiveNode:
    """A document with the documents and plans under it."""

    directive: Directive
    is_current: bool = False
    children: "list[DirectiveNode]" = field(default_factory=list)
    plans: list[PlanNode] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlanTree:
    """What hangs under documents, and the plans under none; the current ones first."""

    directives: list[DirectiveNode]
    plans: list[PlanNode]
    is_cut: bool  # only the newest are here

    @property
    def current_plans(self) -> Iterator[Plan]:
        """The plans that are current themselves or hold one that is."""
        waiting: list[DirectiveNode] = [*self.directives]
        nodes = [*self.plans]
        while waiting:
            node = waiting.pop()
            waiting += node.children
            nodes += node.plans
        while nodes:
            plan = nodes.pop()
            nodes += plan.children
            if plan.is_current:
                yield plan.plan


def get_plan(actor: Actor, id: UUID) -> Plan:
    """The plan with its unit, document and parent, or NotFound. One query."""
    found = Plan.objects.visible_to(actor).select_related(
        "unit", "unit__province", "directive", "parent", "parent__unit"
    )
    plan = found.filter(pk=id).first()
    if plan is None:
        raise NotFound(what=_("kế hoạch này"))
    return plan


def plans_of(actor: Actor, unit: Unit, day: int) -> list[Plan]:
    """The plans under which a unit works on a day: its own and those above, newest first.

    One query.
    """
    found = _plans(actor).current(day).filter(unit__in=landing_at(unit, day, with_below=False))
    return list(found.order_by("-from_day", "name")[:_MOST])


def first_day_of(actor: Actor, unit: Unit, day: int) -> int | None:
    """Since when the oldest plan runs of those under which a unit works on a day. One query."""
    found = Plan.objects.visible_to(actor).current(day)
    here = landing_at(unit, day, with_below=False)
    first: int | None = found.filter(unit__in=here).aggregate(first=Min("from_day"))["first"]
    return first


def plan_list(
    actor: Actor, at: tuple[Unit, int] | None, after: UUID | None, limit: int
) -> list[Plan]:
    """Visible plans by id, from the one after ``after``. One query.

    at  only those above, at and below this unit on the map of this day.
    """
    found = _plans(actor).order_by("pk")
    if at is not None:
        found = found.filter(unit__in=landing_at(*at))
    return list((found.filter(past(_plans(actor), after)) if after else found)[:limit])


def plans_below(actor: Actor, plan: Plan) -> list[Plan]:
    """The plans directly under a plan, in the order of their days. One query."""
    return list(_plans(actor).filter(parent=plan).order_by("from_day", "name")[:_MOST])


def plan_choices(actor: Actor, *, without: Plan | None = None) -> list[Plan]:
    """Plans under which another can hang, newest first. One query."""
    found = _plans(actor).exclude(pk__in=[without.pk] if without else [])
    return list(found.order_by("-from_day", "name")[:_MOST])


def plan_tree(actor: Actor, unit: Unit | None, day: int) -> PlanTree:
    """Documents, the plans under them, and the plans under those.

    unit  only what this unit works under, does, or has done below it; None: all that is
          visible. Current on ``day`` comes first, then the newest. Two queries.
    """
    plans, directives = _plans(actor), Directive.objects.visible_to(actor).select_related("unit")
    if unit is not None:
        in_line = landing_at(unit, day)
        plans, directives = plans.filter(unit__in=in_line), directives.filter(unit__in=in_line)
    shown = list(plans.order_by("-from_day", "name")[: _MOST + 1])
    nodes = _plan_nodes(shown[:_MOST], day)
    documents = list(directives.order_by("-issued_on", "pk")[:_MOST])
    return PlanTree(
        directives=_hung_directives(documents, nodes),
        plans=_first_current(n for n in nodes.values() if _is_loose(n.plan, nodes, documents)),
        is_cut=len(shown) > _MOST,
    )


def landing_at(unit: Unit, day: int, *, with_below: bool = True) -> QuerySet[Landing, Any]:
    """Ids of the units that are, on the map of ``day``, at the unit or above it (or below).

    A unit that ended lands on its successor; one that ended without any does not climb.
    """
    above = Q(landed__in=[int(id) for id in unit.path.rstrip("/").split("/")])
    place = above | Q(landed__path__startswith=unit.path) if with_below else above
    return Landing.objects.filter(
        place, map__from_day__lte=day, map__to_day__gt=day, unit__level=F("landed__level")
    ).values("unit")


def get_part(actor: Actor, id: UUID) -> PlanPartner:
    """A partner's part in a visible plan, or NotFound. One query."""
    plans = Plan.objects.visible_to(actor).values("pk")
    found = PlanPartner.objects.filter(plan__in=plans).select_related("plan__unit", "partner")
    part = found.filter(pk=id).first()
    if part is None:
        raise NotFound(what=_("đối tác này"))
    return part


def parts_of(actor: Actor, plan: Plan) -> list[PlanPartner]:
    """Who takes part in a plan that the actor sees, with dates. One query."""
    found = PlanPartner.objects.filter(plan=plan).select_related("partner")
    return list(found.order_by("from_day", "partner__name")[:_MOST])


def partner_choices(actor: Actor) -> list[Partner]:
    """Partners that can take part in what the actor plans. One query."""
    return list(Partner.objects.filter(asked_of(actor)).order_by("name")[:_MOST])


def _plans(actor: Actor) -> PlanQuerySet:
    return Plan.objects.visible_to(actor).select_related("unit", "directive")


def _plan_nodes(plans: list[Plan], day: int) -> dict[UUID, PlanNode]:
    """Each plan hung under its parent, where that is among them."""
    nodes = {plan.pk: PlanNode(plan, plan.is_current(day)) for plan in plans}
    for node in nodes.values():
        above = nodes.get(node.plan.parent_id) if node.plan.parent_id else None
        if above is not None:
            above.children.append(node)
    for node in nodes.values():
        node.children = _first_current(node.children)
    for node in nodes.values():
        _light_up(node, nodes)
    return nodes


def _light_up(node: PlanNode, nodes: dict[UUID, PlanNode]) -> None:
    above: PlanNode | None = node
    while node.is_current and above is not None:
        above.is_current = True
        above = nodes.get(above.plan.parent_id) if above.plan.parent_id else None


def _hung_directives(
    documents: list[Directive], nodes: dict[UUID, PlanNode]
) -> list[DirectiveNode]:
    hung = {document.pk: DirectiveNode(document) for document in documents}
    for node in nodes.values():
        directive = hung.get(node.plan.directive_id) if node.plan.directive_id else None
        if directive is not None and node.plan.parent_id not in nodes:
            directive.plans.append(node)
    roots: list[DirectiveNode] = []
    for each in reversed(list(hung.values())):  # oldest first, so that light climbs
        above = hung.get(each.directive.parent_id) if each.directive.parent_id else None
        (roots if above is None else above.children).append(each)
    for root in roots:
        _settle(root)
    return sorted(roots, key=lambda each: not each.is_current)


def _settle(node: DirectiveNode) -> bool:
    """Order what hangs here; whether any of it is current."""
    for child in node.children:
        _settle(child)
    node.children.sort(key=lambda each: not each.is_current)
    node.plans = _first_current(node.plans)
    node.is_current = any(p.is_current for p in node.plans) or any(
        d.is_current for d in node.children
    )
    return node.is_current


def _first_current(nodes: Iterable[PlanNode]) -> list[PlanNode]:
    return sorted(nodes, key=lambda node: (not node.is_current, -node.plan.from_day))


def _is_loose(plan: Plan, nodes: dict[UUID, PlanNode], documents: list[Directive]) -> bool:
    """Hangs under nothing that is shown."""
    return plan.parent_id not in nodes and plan.directive_id not in {d.pk for d in documents}
