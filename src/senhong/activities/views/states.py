"""Start, close, reopen and cancel: each asks first, on a page of its own."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from senhong.activities import queries, services
from senhong.activities.forms import ReasonForm
from senhong.activities.models import Activity
from senhong.activities.views.frame import Asked, ask, counting_words, crumbs_to, page_of
from senhong.web.http import PageRequest, see_other


@login_required
@require_POST
def start_activity(request: PageRequest, id: UUID) -> HttpResponse:
    activity = queries.get_activity(request.actor, id)
    services.start_activity(request.actor, activity)
    messages.success(request, _("Hoạt động đang diễn ra."))
    return see_other(page_of(activity))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def close_activity(request: PageRequest, id: UUID) -> HttpResponse:
    activity = queries.get_activity(request.actor, id)
    request.actor.require("activity.edit", at=activity.lead_team.path)
    if request.method != "POST":
        return ask(request, Form(), _closing(activity))
    services.close_activity(request.actor, activity)
    messages.success(request, _("Hoạt động đã kết thúc và đã được tính."))
    return see_other(page_of(activity))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_activity(request: PageRequest, id: UUID) -> HttpResponse:
    activity = queries.get_activity(request.actor, id)
    request.actor.require("activity.edit", at=activity.lead_team.path)
    form = ReasonForm(request.POST or None)
    if not form.is_valid():
        return ask(request, form, _reopening(activity))
    services.reopen_activity(request.actor, activity, **form.cleaned_data)
    messages.success(request, _("Đã mở lại."))
    return see_other(page_of(activity))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_activity(request: PageRequest, id: UUID) -> HttpResponse:
    activity = queries.get_activity(request.actor, id)
    request.actor.require("activity.edit", at=activity.lead_team.path)
    form = ReasonForm(request.POST or None)
    if not form.is_valid():
        return ask(request, form, _cancelling(activity))
    services.cancel_activity(request.actor, activity, **form.cleaned_data)
    messages.success(request, _("Đã hủy hoạt động."))
    return see_other(page_of(activity))


def _closing(activity: Activity) -> Asked:
    return Asked(
        title=_("Kết thúc hoạt động"),
        submit=_("Kết thúc"),
        cancel_url=page_of(activity),
        crumbs=crumbs_to(activity, _("Kết thúc")),
        lead=activity.name,
        counted=counting_words(activity),
    )


def _reopening(activity: Activity) -> Asked:
    return Asked(
        title=_("Mở lại hoạt động"),
        submit=_("Mở lại"),
        cancel_url=page_of(activity),
        crumbs=crumbs_to(activity, _("Mở lại")),
        lead=activity.name,
        counted=_(
            "Những gì đã tính khi kết thúc được trừ lại, vào đúng ngày và đơn vị cũ. Kết thúc lần "
            "nữa thì tính lại. Nếu hoạt động đã hủy, các lượt hỗ trợ được tính trở lại."
        ),
    )


def _cancelling(activity: Activity) -> Asked:
    return Asked(
        title=_("Hủy hoạt động"),
        submit=_("Hủy hoạt động này"),
        cancel_url=page_of(activity),
        crumbs=crumbs_to(activity, _("Hủy")),
        lead=activity.name,
        counted=_(
            "Hoạt động đã hủy không được tính, các lượt hỗ trợ đã ghi trong đó cũng không được "
            "tính nữa. Có thể mở lại."
        ),
        tone="danger",
    )
