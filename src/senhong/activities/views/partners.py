"""What partners do in an activity."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from senhong.activities import queries, services
from senhong.activities.forms import PartsForm
from senhong.activities.models import Activity
from senhong.activities.views.frame import Asked, ask, crumbs_to, page_of
from senhong.web.components import Cell, Column, Row, Table
from senhong.web.http import PageRequest, see_other


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def say_parts(request: PageRequest, id: UUID) -> HttpResponse:
    """In words, what each partner does or did; also when the activity is over."""
    activity = queries.get_activity(request.actor, id)
    request.actor.require("activity.edit", at=activity.lead_team.path)
    form = PartsForm(request.POST or None, takings=queries.parts_in(activity))
    if not form.is_valid():
        asked = Asked(
            title=_("Vai trò của đối tác"),
            submit=_("Lưu"),
            cancel_url=page_of(activity),
            crumbs=crumbs_to(activity, _("Vai trò của đối tác")),
            lead=activity.name,
        )
        return ask(request, form, asked)
    services.say_parts(request.actor, activity, form.parts)
    messages.success(request, _("Đã lưu."))
    return see_other(page_of(activity))


def partner_table(activity: Activity) -> Table | None:
    """The partners of an activity with their parts; nothing without any."""
    takings = queries.parts_in(activity)
    if not takings:
        return None
    rows = [
        Row(
            [
                Cell(
                    taking.partner.name,
                    reverse("people:partner", args=[taking.partner_id]),
                    is_header=True,
                ),
                Cell(taking.part or None),
            ]
        )
        for taking in takings
    ]
    return Table(_("Đối tác"), [Column(_("Đối tác")), Column(_("Vai trò"))], rows)
