"""Reminders: what was asked of my units, and what I asked of others."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from senhong.comms import queries, services
from senhong.comms.models import Reminder, Subject
from senhong.comms.queries import Sending
from senhong.org.queries import unit_names
from senhong.web.components import Cell, Column, Option, Row, Table
from senhong.web.http import PageRequest, see_other

_UNIT = gettext_lazy("Mở trang đơn vị")
_PEOPLE = gettext_lazy("Mở danh sách tổ")
# Where a reminder leads, and what that is called. Plain paths: those pages are of upper apps.
WAYS: dict[str, tuple[str, str | Promise]] = {
    Subject.BEHIND: ("/units/{}/", gettext_lazy("Xem chỉ tiêu")),
    Subject.SILENT: ("/activities/?unit={}", gettext_lazy("Xem hoạt động")),
    Subject.IDLE: ("/activities/?unit={}", gettext_lazy("Xem hoạt động")),
    Subject.TEAMLESS: ("/people/?unit={}", _PEOPLE),
    Subject.QUIET_TEAMS: ("/people/?unit={}", _PEOPLE),
    Subject.OTHER: ("/units/{}/", _UNIT),
}


@require_safe
@login_required
def reminders(request: PageRequest) -> HttpResponse:
    """What the reader's units and teams were reminded of, newest first."""
    found = queries.reminders_for(request.actor, after=_after(request))
    names = unit_names([each.unit for each in found.items])
    page = {
        "ways": _ways(request),
        "lines": [_line(each, names) for each in found.items],
        "next_url": f"?after={found.next}" if found.next else "",
    }
    return render(request, "comms/reminders.html", page)


@require_safe
@login_required
def sent(request: PageRequest) -> HttpResponse:
    """What the reader has sent, and who has seen it."""
    found = queries.sendings_of(request.actor, after=_after(request))
    page = {
        "ways": _ways(request),
        "sendings": [_sending(each) for each in found.items],
        "next_url": f"?after={found.next}" if found.next else "",
    }
    return render(request, "comms/sent.html", page)


@require_POST
@login_required
def see(request: PageRequest, id: UUID) -> HttpResponse:
    """Somebody of the unit has seen it."""
    services.see_reminder(request.actor, queries.get_reminder(request.actor, id))
    messages.success(request, _("Đã ghi là đã xem."))
    return see_other("comms:reminders")


def _after(request: PageRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _ways(request: PageRequest) -> list[Option]:
    """Received and sent; nothing to choose for whom nobody can be reminded by."""
    if not any(True for _path in request.actor.paths("reminder.send")):
        return []
    urls = {_("Đã nhận"): reverse("comms:reminders"), _("Đã gửi"): reverse("comms:sent")}
    return [Option(label, url, url == request.path) for label, url in urls.items()]


def _line(reminder: Reminder, names: dict[int, str]) -> dict[str, object]:
    address, action = WAYS[reminder.subject_kind]
    return {
        "reminder": reminder,
        "unit": names[reminder.unit_id],
        "url": address.format(reminder.unit.key),
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
