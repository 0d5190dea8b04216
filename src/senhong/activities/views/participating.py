"""A volunteer signs up, confirms, cancels, and types the leader's code."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from senhong.activities import queries, services
from senhong.activities.models import Activity, ParticipantState
from senhong.activities.participant_forms import CodeForm, SignUpForm
from senhong.activities.queries import Clash
from senhong.activities.telling import hours
from senhong.activities.views.frame import crumbs_to, page_of
from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.web.http import PageRequest, see_other


@login_required
@require_POST
def sign_up(request: PageRequest, id: UUID) -> HttpResponse:
    """A seat, or a place in the waiting list; asks first where another activity overlaps."""
    activity = queries.get_activity(request.actor, id)
    form = SignUpForm(request.POST)
    act, anyway = form.act, form.knows_of_overlap
    clashes = queries.clashes_for(request.actor, activity)
    if not anyway and any(clash.overlaps for clash in clashes):
        return _ask_anyway(request, activity, act, clashes)
    part = services.sign_up(request.actor, act, activity, anyway=anyway)
    if part.state == ParticipantState.WAITING:
        messages.info(request, _("Đã đủ chỗ: bạn ở trong danh sách chờ, có chỗ là được báo ngay."))
    else:
        messages.success(request, _("Đã đăng ký. Hẹn gặp bạn!"))
    for clash in clashes:
        if not clash.overlaps:
            said = _("Sát giờ với “{name}” ({hours}): hãy tính thời gian đi lại.")
            other = clash.activity
            messages.warning(request, said.format(name=other.name, hours=hours(other)))
    return see_other(page_of(activity))


@login_required
@require_POST
def confirm(request: PageRequest, id: UUID) -> HttpResponse:
    activity = queries.get_activity(request.actor, id)
    services.confirm(request.actor, queries.own_part(request.actor, activity))
    messages.success(request, _("Đã xác nhận. Hẹn gặp bạn!"))
    return see_other(page_of(activity))


@login_required
@require_POST
def cancel_sign_up(request: PageRequest, id: UUID) -> HttpResponse:
    activity = queries.get_activity(request.actor, id)
    services.cancel_sign_up(request.actor, queries.own_part(request.actor, activity))
    messages.success(request, _("Đã hủy đăng ký. Người chờ lâu nhất sẽ được chỗ này."))
    return see_other(page_of(activity))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request: PageRequest, id: UUID) -> HttpResponse:
    """Type the six signs that the leader's screen shows."""
    activity = queries.get_activity(request.actor, id)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        at, code = clock.now(), form.cleaned_data["code"]
        services.check_in(request.actor, uuid7(), activity, code=code, step=None, at=at)
        messages.success(request, _("Đã điểm danh. Chúc buổi ra quân thành công!"))
        return see_other(page_of(activity))
    page = {
        "activity": activity,
        "hours": hours(activity),
        "crumbs": crumbs_to(activity, _("Điểm danh")),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "activities/arrive.html", page, status=status)


def _ask_anyway(
    request: PageRequest, activity: Activity, act: UUID, clashes: list[Clash]
) -> HttpResponse:
    page = {
        "activity": activity,
        "hours": hours(activity),
        "crumbs": crumbs_to(activity, _("Đăng ký")),
        "act": act,
        "others": [(clash.activity, hours(clash.activity)) for clash in clashes if clash.overlaps],
    }
    return render(request, "activities/sign_up_anyway.html", page, status=409)
