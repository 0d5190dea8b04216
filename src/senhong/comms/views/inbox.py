"""One inbox: what I was told, and what my units and teams were reminded of."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from senhong.comms import queries, services
from senhong.comms.models import Delivery, Reminder
from senhong.comms.views.frame import after_of, ways
from senhong.comms.views.reminders import line_of
from senhong.org.queries import unit_names
from senhong.web.http import PageRequest, see_other


@require_safe
@login_required
def inbox(request: PageRequest) -> HttpResponse:
    """Newest first; what has not been seen stands out."""
    found = queries.inbox(request.actor, after=after_of(request))
    names = unit_names([each.unit for each in found.items if isinstance(each, Reminder)])
    told = [each for each in found.items if isinstance(each, Delivery)]
    page = {
        "ways": ways(request),
        "lines": [_line(each, names) for each in found.items],
        "may_see_all": sum(each.seen_at is None for each in told) > 1,
        "next_url": f"?after={found.next}" if found.next else "",
    }
    return render(request, "comms/inbox.html", page)


@require_safe
def old_reminders(request: PageRequest) -> HttpResponse:
    """Reminders had a page of their own; links to it are kept."""
    return redirect("comms:inbox", permanent=True)


@require_POST
@login_required
def see_message(request: PageRequest, id: UUID) -> HttpResponse:
    """The reader has seen it; "open" leads on to what it is about."""
    message = queries.get_message(request.actor, id)
    services.see_message(request.actor, message)
    return see_other(message.link if "open" in request.POST and message.link else "comms:inbox")


@require_POST
@login_required
def see_all_messages(request: PageRequest) -> HttpResponse:
    services.see_all_messages(request.actor)
    messages.success(request, _("Đã ghi là đã xem hết."))
    return see_other("comms:inbox")


def _line(item: Delivery | Reminder, names: dict[int, str]) -> dict[str, object]:
    return {"message": item} if isinstance(item, Delivery) else line_of(item, names)
