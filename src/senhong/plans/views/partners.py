from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from senhong.core.days import as_day, day_after
from senhong.core.ids import uuid7
from senhong.plans import queries, services
from senhong.plans.forms import Choices, EndPartForm, PartForm
from senhong.plans.models import Plan
from senhong.plans.views.plans import plan_crumbs
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_part(request: PageRequest, id: UUID) -> HttpResponse:
    """Who takes part in a plan, in what part, and when."""
    plan = queries.get_plan(request.actor, id)
    request.actor.require("plan.edit", at=plan.unit.path)
    choices = Choices(partners=queries.partner_choices(request.actor))
    initial = {"id": uuid7(), "first_on": plan.first_on, "last_on": plan.last_on}
    form = PartForm(request.POST or None, choices=choices, initial=initial)
    if form.is_bound and form.is_valid():
        part_id, facts = form.read(plan)
        services.take_part(request.actor, part_id, **facts)
        return see_other("plans:plan", plan.pk)
    page = {
        "form": form,
        "plan": plan,
        "crumbs": plan_crumbs(plan, is_last=False),
        "partners_url": _catalogue(request, plan),
    }
    return render(request, "plans/part_form.html", page, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_part(request: PageRequest, id: UUID) -> HttpResponse:
    part = queries.get_part(request.actor, id)
    request.actor.require("plan.edit", at=part.plan.unit.path)
    form = EndPartForm(request.POST or None, initial={"last_on": part.last_on})
    if form.is_bound and form.is_valid():
        to_day = day_after(as_day(form.cleaned_data["last_on"]))
        services.end_part(request.actor, part, to_day=to_day)
        return see_other("plans:plan", part.plan_id)
    page = {"form": form, "part": part, "plan": part.plan}
    return render(request, "plans/end_part.html", page, status=422 if form.is_bound else 200)


def _catalogue(request: PageRequest, plan: Plan) -> str:
    """Where partners are added, for who may: at the plan's province, else at its unit."""
    for unit in filter(None, (plan.unit.province, plan.unit)):
        if request.actor.can("partner.edit", at=unit.path):
            return f"{reverse('people:partners')}?unit={unit.key}"
    return ""
