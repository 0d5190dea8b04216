"""A plan is saved as a template; templates that are no longer wanted are deleted."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from senhong.activities import queries, services
from senhong.activities.participant_forms import TemplateForm
from senhong.activities.views.frame import crumbs_to, page_of
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def save_template(request: PageRequest, id: UUID) -> HttpResponse:
    """What to call it, and whether only this team or the whole unit begins with it."""
    activity = queries.get_activity(request.actor, id)
    team = activity.lead_team
    request.actor.require("activity.edit", at=team.path)
    may_for_unit = request.actor.can("activity.edit", at=team.unit.path)
    initial = {"title": activity.name}
    form = TemplateForm(request.POST or None, initial=initial, may_for_unit=may_for_unit)
    if form.is_valid():
        services.save_template(
            request.actor, form.cleaned_data["id"], activity,
            title=form.cleaned_data["title"], for_unit=form.cleaned_data.get("for_unit", False),
        )  # fmt: skip
        messages.success(request, _("Đã lưu mẫu."))
        return see_other(page_of(activity))
    page = {
        "activity": activity,
        "crumbs": crumbs_to(activity, _("Lưu làm mẫu")),
        "form": form,
        "templates": [
            (one, request.actor.can("activity.edit", at=one.path))
            for one in queries.templates_for(team)
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "activities/template.html", page, status=status)


@login_required
@require_POST
def delete_template(request: PageRequest, id: UUID) -> HttpResponse:
    services.delete_template(request.actor, queries.get_template(request.actor, id))
    messages.success(request, _("Đã xóa mẫu."))
    return see_other("activities:activities")
