from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.ids import uuid7
from senhong.org.queries import get_unit, names_among
from senhong.plans import queries, services
from senhong.plans.cards import TONES, WORDS, figures_url, said_days
from senhong.plans.forms import Choices, PlanForm
from senhong.plans.models import Plan
from senhong.plans.queries import PlanNode, PlanTree, Progress
from senhong.web.components import Cell, Column, Crumb, Row, Table
from senhong.web.http import PageRequest, see_other


@login_required
@require_safe
def plans(request: PageRequest) -> HttpResponse:
    """The tree of documents and plans, of one unit or of all that the reader sees."""
    key, day = request.GET.get("unit", ""), as_day(request.reading_on())
    unit = get_unit(request.actor, key) if key else None
    tree = queries.plan_tree(request.actor, unit, day)
    progress = _progress_by_plan(request, tree)
    page = {
        "unit": unit,
        "directives": [_directive_branch(n, progress) for n in tree.directives if n.is_current],
        "other_directives": [
            _directive_branch(node, progress) for node in tree.directives if not node.is_current
        ],
        "is_empty": not tree.directives and not tree.plans,
        "plans": [_plan_branch(node, progress) for node in tree.plans],
        "is_cut": tree.is_cut,
        "reading_on": request.reading_on(),
        "may_plan": request.actor.can_somewhere("plan.edit"),
        "may_direct": request.actor.can_somewhere("directive.edit"),
    }
    return render(request, "plans/plans.html", page)


@login_required
@require_safe
def plan(request: PageRequest, id: UUID) -> HttpResponse:
    """A plan: its targets with their progress, the plans under it, who takes part."""
    actor, shown = request.actor, queries.get_plan(request.actor, id)
    targets = queries.targets_of_plan(actor, shown)
    progress = queries.progress_of(actor, targets, reading_on=request.reading_on())
    may_edit = actor.can("plan.edit", at=shown.unit.path)
    page = {
        "plan": shown,
        "days": said_days(shown.first_on, shown.last_on or shown.first_on),
        "crumbs": plan_crumbs(shown),
        "reading_on": request.reading_on(),
        "crosses": shown.parent is not None and shown.crosses(shown.parent),
        "targets": _targets_table(progress),
        "children": queries.plans_below(actor, shown),
        "parts": queries.parts_of(actor, shown),
        "tasks_url": f"/tasks/lists/?plan={shown.pk}" if any(actor.paths("task.view")) else "",
        "activities_url": _activities_url(actor, shown),
        "may_edit": may_edit,
        "may_set": queries.may_set_targets(actor, shown),
    }
    return render(request, "plans/plan.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_plan(request: PageRequest) -> HttpResponse:
    """Answers with the plan's page, or with the form and its mistakes (422)."""
    form = PlanForm(request.POST or None, choices=_choices(request.actor), initial=_begun(request))
    if form.is_bound and form.is_valid():
        made = services.make_plan(request.actor, form.cleaned_data["id"], form.read())
        return _saved(request, made)
    return _form_page(request, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_plan(request: PageRequest, id: UUID) -> HttpResponse:
    shown = queries.get_plan(request.actor, id)
    request.actor.require("plan.edit", at=shown.unit.path)
    choices = _choices(request.actor, without=shown)
    form = PlanForm(request.POST or None, choices=choices, initial=_as_typed(shown))
    if form.is_bound and form.is_valid():
        return _saved(request, services.change_plan(request.actor, shown, form.read()))
    return _form_page(request, form, shown)


def plan_crumbs(shown: Plan, *, is_last: bool = True) -> list[Crumb]:
    """From the list of plans down to this plan."""
    crumbs = [Crumb(_("Kế hoạch"), reverse("plans:plans"))]
    if shown.directive:
        url = reverse("plans:directive", args=[shown.directive.pk])
        crumbs.append(Crumb(shown.directive.number or shown.directive.subject, url))
    if shown.parent:
        crumbs.append(Crumb(shown.parent.name, reverse("plans:plan", args=[shown.parent.pk])))
    return [*crumbs, Crumb(shown.name, "" if is_last else reverse("plans:plan", args=[shown.pk]))]


def _progress_by_plan(request: PageRequest, tree: PlanTree) -> dict[UUID, list[Progress]]:
    """What the current plans ask of their own unit, and how far that is."""
    current = [plan.pk for plan in tree.current_plans]
    targets = queries.own_targets_of(request.actor, current)
    found: dict[UUID, list[Progress]] = {}
    for each in queries.progress_of(request.actor, targets, reading_on=request.reading_on()):
        found.setdefault(each.target.plan_id, []).append(each)
    return found


def _directive_branch(
    node: queries.DirectiveNode, progress: dict[UUID, list[Progress]]
) -> dict[str, object]:
    return {
        "directive": node.directive,
        "is_current": node.is_current,
        "plans": [_plan_branch(each, progress) for each in node.plans],
        "children": [_directive_branch(each, progress) for each in node.children],
    }


def _plan_branch(node: PlanNode, progress: dict[UUID, list[Progress]]) -> dict[str, object]:
    plan = node.plan
    return {
        "plan": plan,
        "days": said_days(plan.first_on, plan.last_on or plan.first_on),
        "is_current": node.is_current,
        "children": [_plan_branch(each, progress) for each in node.children],
        "targets": [
            {"progress": each, "word": WORDS[each.state], "tone": TONES[each.state]}
            for each in progress.get(plan.pk, [])
        ],
    }


def _targets_table(progress: list[Progress]) -> Table:
    names = names_among(each.target.unit for each in progress)
    return Table(
        _("Chỉ tiêu của kế hoạch"),
        [
            Column(pgettext("một", "Chỉ tiêu")),
            Column(_("Đơn vị")),
            Column(_("Đã đạt"), numeric=True),
            Column(_("Mức"), numeric=True),
            Column(_("Mốc hôm nay"), numeric=True),
            Column(_("Nhịp độ")),
        ],
        [_target_row(each, names[each.target.unit_id]) for each in progress],
        empty=_("Chưa đặt chỉ tiêu nào cho kế hoạch này."),
    )


def _target_row(each: Progress, unit_name: str) -> Row:
    target = each.target
    url = reverse("plans:target", args=[target.pk])
    behind = figures_url(target.unit, [target.indicator.code], target.from_day, target.last_day)
    return Row(
        [
            Cell(target.indicator.title, url, is_header=True, note=target.indicator.measure),
            Cell(unit_name),
            Cell(each.figure, behind),
            Cell(target.quantity),
            Cell(each.expected),
            Cell(WORDS[each.state], url, TONES[each.state]),
        ],
        id=f"target-{target.pk}",
    )


def _activities_url(actor: Actor, shown: Plan) -> str:
    if not actor.can_somewhere("activity.view"):
        return ""
    return f"/activities/?plan={shown.pk}"


def _choices(actor: Actor, *, without: Plan | None = None) -> Choices:
    day = as_day(clock.today())
    return Choices(
        units=queries.units_where(actor, "plan.edit", first=day, last=day),
        directives=queries.directive_choices(actor),
        plans=queries.plan_choices(actor, without=without),
    )


def _begun(request: PageRequest) -> dict[str, object]:
    """A new plan under what the reader came from."""
    asked = {name: request.GET.get(name, "") for name in ("unit", "parent", "directive")}
    return {"id": uuid7(), **{name: value for name, value in asked.items() if value}}


def _as_typed(shown: Plan) -> dict[str, object]:
    return {
        "id": shown.pk,
        "name": shown.name,
        "kind": shown.kind,
        "unit": shown.unit.key,
        "first_on": shown.first_on,
        "last_on": shown.last_on,
        "parent": shown.parent_id,
        "directive": shown.directive_id,
    }


def _saved(request: PageRequest, saved: Plan) -> HttpResponse:
    if saved.parent is not None and saved.crosses(saved.parent):
        text = _("Thời gian vượt ra ngoài “{parent}”. Hãy xem lại nếu không cố ý.")
        messages.warning(request, text.format(parent=saved.parent.name))
    return see_other("plans:plan", saved.pk)


def _form_page(request: PageRequest, form: PlanForm, shown: Plan | None) -> HttpResponse:
    page = {"form": form, "plan": shown, "units": form.choices.units}
    return render(request, "plans/plan_form.html", page, status=422 if form.is_bound else 200)
