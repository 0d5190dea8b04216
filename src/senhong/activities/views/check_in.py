"""The leader's page at the door: the code, who should be here, who is here."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from senhong.activities import queries, services
from senhong.activities.checking import shown_at
from senhong.activities.facts import Present
from senhong.activities.models import Activity
from senhong.activities.participant_forms import MarkForm
from senhong.activities.telling import hours
from senhong.activities.views.frame import crumbs_to
from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.web.http import PageRequest, see_other
from senhong.web.qr import qr_svg


@login_required
@require_safe
def check_in(request: PageRequest, id: UUID) -> HttpResponse:
    """The code for the volunteers' phones, and the two lists."""
    activity = _led(request, id)
    page = {
        "activity": activity,
        "hours": hours(activity),
        "crumbs": crumbs_to(activity, _("Điểm danh")),
        **_code(request, activity),
        **_lists(request, activity),
    }
    return render(request, "activities/check_in.html", page)


@login_required
@require_safe
def check_in_code(request: PageRequest, id: UUID) -> HttpResponse:
    """The code alone, for htmx to bring every few seconds."""
    activity = _led(request, id)
    page = {"activity": activity, **_code(request, activity)}
    return render(request, "activities/_code.html", page)


@login_required
@require_POST
def mark(request: PageRequest, id: UUID) -> HttpResponse:
    """One who came, left or is not here, by one tap; or all who are ticked."""
    activity = _led(request, id)
    form = MarkForm(request.POST)
    if form.is_valid():
        _mark(request, activity, form)
    if "HX-Request" not in request.headers:
        return see_other("activities:check-in", activity.pk)
    return render(request, "activities/_lists.html", _lists(request, activity))


def _led(request: PageRequest, id: UUID) -> Activity:
    activity = queries.get_activity(request.actor, id)
    request.actor.require("activity.edit", at=activity.lead_team.path)
    return activity


def _mark(request: PageRequest, activity: Activity, form: MarkForm) -> None:
    if form.coming:
        places = queries.places_in(activity, form.coming)
        present = [Present(id=uuid7(), member=one.member, team=one.team) for one in places]
        services.mark_present(request.actor, activity, present, at=clock.now())
    for member in form.leaving:
        one = queries.get_participant(request.actor, activity, member)
        services.mark_left(request.actor, one)
    for member in form.missing:
        one = queries.get_participant(request.actor, activity, member)
        services.mark_absent(request.actor, one)


def _code(request: PageRequest, activity: Activity) -> dict[str, object]:
    shown = shown_at(services.check_in_key(request.actor, activity), activity.pk, clock.now())
    label = _("Mã QR điểm danh; bên dưới là sáu ký tự để nhập tay")
    return {"code": f"{shown.code[:3]} {shown.code[3:]}", "qr": qr_svg(shown.text, label)}


def _lists(request: PageRequest, activity: Activity) -> dict[str, object]:
    text = request.POST.get("q", "") or request.GET.get("q", "")
    return {
        "lists": queries.lists_of(request.actor, activity),
        "several_teams": bool(activity.teams.all()),
        "q": text,
        "found": queries.walk_ins(request.actor, activity, text),
    }
