"""The reader's own deadlines in her calendar program; and the way to what was sent to her unit."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from senhong.comms.queries import settings_of, speaks
from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.web.components import Crumb
from senhong.web.http import PageRequest, see_other
from senhong.work import queries, services
from senhong.work.calendars import deadline_file
from senhong.work.models import Task


@require_safe
def deadlines(request: PageRequest, secret: str) -> HttpResponse:
    """One person's open deadlines, for programs that subscribe to them; whoever has the address."""
    feed = queries.deadline_feed_of(secret)

    def address(task: Task) -> str:
        return request.build_absolute_uri(reverse("work:task", args=[task.pk]))

    with override(speaks(settings_of(feed.user_id))):
        content = deadline_file(queries.deadlines_in(feed), address, clock.now())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=300"
    return answer


@login_required
@require_safe
def my_feed(request: PageRequest) -> HttpResponse:
    """The reader's secret address: to be shown, made or revoked."""
    feed = queries.standing_deadline_feed(request.actor)
    address = reverse("work:deadlines", args=[feed.secret]) if feed else ""
    page = {
        "crumbs": [Crumb(_("Nhiệm vụ"), reverse("work:tasks")), Crumb(_("Lịch hạn của tôi"))],
        "feed": feed,
        "address": request.build_absolute_uri(address) if feed else "",
        "act": uuid7(),
    }
    return render(request, "work/my_feed.html", page)


@login_required
@require_POST
def make_my_feed(request: PageRequest) -> HttpResponse:
    services.make_deadline_feed(request.actor, _act(request))
    messages.success(request, _("Đã lập địa chỉ lịch."))
    return see_other("work:my-feed")


@login_required
@require_POST
def revoke_my_feed(request: PageRequest) -> HttpResponse:
    services.revoke_deadline_feed(request.actor)
    messages.success(request, _("Đã thu hồi. Lịch theo địa chỉ cũ không cập nhật nữa."))
    return see_other("work:my-feed")


@login_required
@require_safe
def ours(request: PageRequest, id: UUID) -> HttpResponse:
    """What was sent from this task to the reader's unit; the task itself for who sees it."""
    return redirect("work:task", queries.own_parcel(request.actor, id).pk)


def _act(request: PageRequest) -> UUID:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return uuid7()
