"""Reminders: what I asked of others, and who has seen it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from senhong.comms import queries, services
from senhong.comms.models import Reminder, Subject
from senhong.comms.queries import Sending
from senhong.comms.views.frame import after_of, ways
from senhong.web.components import Cell, Column, Row, Table
from senhong.web.http import PageRequest, see_other

_UNIT = gettext_lazy("Mở trang đơn vị")
_PEOPLE = gettext_lazy("Mở danh sách tổ")
# Where a reminder leads, and what that is called. Plain paths: those pages are of upper apps.
# The first is the unit, the second what it is about.
WAYS: dict[str, tuple[str, str | Promise]] = {
    Subject.BEHIND: ("/units/{0}/", gettext_lazy("Xem chỉ tiêu")),
    Subject.SILENT: ("/activities/?unit={0}", gettext_lazy("Xem hoạt động")),
    Subject.IDLE: ("/activities/?unit={0}", gettext_lazy("Xem hoạt động")),
    Subject.TEAMLESS: ("/people/?unit={0}", _PEOPLE),
    Subject.QUIET_TEAMS: ("/people/?unit={0}", _PEOPLE),
    Subject.TASK: ("/tasks/{1}/ours/", gettext_lazy("Mở nhiệm vụ")),
    Subject.OTHER: ("/units/{0}/", _UNIT),
}


@require_safe
@login_required
def sent(request: PageRequest) -> HttpResponse:
    """What the reader has sent, and who has seen it."""
    found = queries.sendings_of(request.actor, after=after_of(request))
    page = {
        "ways": ways(request),
        "sendings": [_sending(each) for each in found.items],
        "next_url": f"?after={found.next}" if found.next else "",
    }
    return render(request, "comms/sent.html", page)


@require_POST
@login_required
def see_reminder(request: PageRequest, id: UUID) -> HttpResponse:
    """Somebody of the unit has seen it."""
    services.see_reminder(request.actor, queries.get_reminder(request.actor, id))
    messages.success(request, _("Đã ghi là đã xem."))
    return see_other("comms:inbox")


def line_of(reminder: Reminder, names: dict[int, str]) -> dict[str, object]:
    """A reminder as a page shows it."""
    address, action = WAYS[reminder.subject_kind]
    return {
        "reminder": reminder,
        "unit": names[reminder.unit_id],
        "url": address.format(reminder.unit.key, reminder.subject_key),
        "action": action,
    }


def _sending(sending: Sending) -> dict[str, object]:
    return {
        "act": sending.act,
        "at": sending.at,
        "kind": sending.kind.label,
        "words": sending.words,
        "number": len(sending.reminders),
        "seen": sending.seen,
        "table": Table(
            _("Các đơn vị được nhắc"),
            [Column(_("Đơn vị")), Column(_("Đã xem"))],
            [_seen_row(each, sending.names) for each in sending.reminders],
        ),
    }


def _seen_row(reminder: Reminder, names: dict[int, str]) -> Row:
    url = f"/units/{reminder.unit.key}/"
    if reminder.seen_at is None:
        seen = Cell(_("Chưa xem"))
    else:
        at = date_format(localtime(reminder.seen_at), "SHORT_DATETIME_FORMAT")
        seen = Cell(at, note=str(reminder.seen_by or ""))
    return Row([Cell(names[reminder.unit_id], url, is_header=True), seen])
