"""Who was present: the list of each team, or a number with a reason."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from senhong.activities import queries, services
from senhong.activities.facts import Present
from senhong.activities.forms import NumberPresentForm, RollForm
from senhong.activities.models import Activity
from senhong.activities.views.frame import crumbs_to, page_of
from senhong.core.ids import uuid7
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def present(request: PageRequest, id: UUID) -> HttpResponse:
    """Tick who was there."""
    activity = queries.get_activity(request.actor, id)
    request.actor.require("activity.edit", at=activity.lead_team.path)
    rolls = queries.roll_of(request.actor, activity)
    forms = [RollForm(request.POST or None, roll=roll) for roll in rolls]
    if request.method != "POST" or not all(form.is_valid() for form in forms):
        return _asked(request, activity, forms, NumberPresentForm(), status=200)
    services.list_present(request.actor, activity, _ticked(forms))
    messages.success(request, _("Đã lưu danh sách có mặt."))
    return see_other(page_of(activity))


@login_required
@require_POST
def present_number(request: PageRequest, id: UUID) -> HttpResponse:
    """A number instead of a list; none goes back to the list."""
    activity = queries.get_activity(request.actor, id)
    form = NumberPresentForm(request.POST)
    if "back" in request.POST:
        services.count_present(request.actor, activity, number=None)
        return see_other("activities:present", activity.pk)
    if not form.is_valid():
        rolls = queries.roll_of(request.actor, activity)
        return _asked(request, activity, [RollForm(roll=roll) for roll in rolls], form, status=422)
    services.count_present(request.actor, activity, **form.cleaned_data)
    messages.success(request, _("Đã ghi số người có mặt."))
    return see_other(page_of(activity))


def _ticked(forms: list[RollForm]) -> list[Present]:
    return [
        Present(id=uuid7(), member=member, team=form.roll.team)
        for form in forms
        for member in form.roll.members
        if str(member.pk) in form.cleaned_data["present"]
    ]


def _asked(
    request: PageRequest,
    activity: Activity,
    rolls: list[RollForm],
    number: NumberPresentForm,
    *,
    status: int,
) -> HttpResponse:
    page = {
        "activity": activity,
        "crumbs": crumbs_to(activity, _("Người có mặt")),
        "rolls": rolls,
        "number": number,
    }
    return render(request, "activities/present.html", page, status=status)
