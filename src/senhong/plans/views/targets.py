from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from senhong.core.ids import uuid7
from senhong.ledger.queries import indicators
from senhong.plans import queries, services
from senhong.plans.forms import Choices, QuantityForm, TargetForm
from senhong.plans.models import Target, Wording
from senhong.plans.views.plans import plan_crumbs
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_target(request: PageRequest, id: UUID) -> HttpResponse:
    """Set a target of a plan; setting it again changes it."""
    plan = queries.get_plan(request.actor, id)
    choices = Choices(units=queries.target_units(request.actor, plan), indicators=indicators())
    initial = {
        "id": uuid7(), "unit": request.GET.get("unit", plan.unit.key),
        "wording": Wording.AT_LEAST, "first_on": plan.first_on, "last_on": plan.last_on,
    }  # fmt: skip
    form = TargetForm(request.POST or None, choices=choices, initial=initial)
    if form.is_bound and form.is_valid():
        act, facts = form.read(plan)
        services.set_target(request.actor, act, **facts)
        return see_other("plans:plan", plan.pk)
    page = {"form": form, "plan": plan, "crumbs": plan_crumbs(plan, is_last=False)}
    return render(request, "plans/target_form.html", page, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_target(request: PageRequest, id: UUID) -> HttpResponse:
    """Another quantity or wording for a target; what it was is kept with the reason.

    The quantity of a share, and of what was split, changes where it is split.
    """
    target = queries.get_target(request.actor, id)
    request.actor.require("target.set", at=target.unit.path)
    initial = {"id": uuid7(), "wording": target.wording, "quantity": target.quantity}
    is_fixed = target.parent is not None or queries.is_split(target)
    form = QuantityForm(request.POST or None, initial=initial, is_fixed=is_fixed)
    if form.is_bound and form.is_valid():
        _save_quantity(request, target, form)
        return see_other("plans:target", target.pk)
    page = {
        "form": form,
        "target": target,
        "crumbs": plan_crumbs(target.plan, is_last=False),
        "is_share": target.parent is not None,
    }
    return render(request, "plans/edit_target.html", page, status=422 if form.is_bound else 200)


def _save_quantity(request: PageRequest, target: Target, form: QuantityForm) -> None:
    said = form.cleaned_data
    services.set_target(
        request.actor, said["id"], plan=target.plan, unit=target.unit,
        indicator=target.indicator, wording=said["wording"], quantity=said["quantity"],
        from_day=target.from_day, to_day=target.to_day, reason=said.get("reason", ""),
    )  # fmt: skip


@login_required
@require_POST
def withdraw_target(request: PageRequest, id: UUID) -> HttpResponse:
    """Take back a target that was set by mistake; its figures stay."""
    target = queries.get_target(request.actor, id)
    plan_id = target.plan_id
    services.withdraw_target(request.actor, target)
    messages.success(request, _("Đã bỏ chỉ tiêu. Số liệu đã ghi vẫn còn nguyên."))
    return see_other("plans:plan", plan_id)
