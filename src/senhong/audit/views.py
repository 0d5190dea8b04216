import json
from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.audit.models import Event
from senhong.audit.queries import latest_events
from senhong.web.components import Cell, Column, Row, Table
from senhong.web.http import PageRequest


@login_required
@require_safe
def events(request: PageRequest) -> HttpResponse:
    """What happened, newest first, by name and by subject."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("name", "subject")}
    after = request.GET.get("after", "")
    found = latest_events(
        request.actor,
        name=asked["name"],
        subject=asked["subject"],
        after=int(after) if after.isdecimal() and len(after) < 19 else None,
    )
    next_url = f"?{urlencode({**asked, 'after': found.next})}" if found.next else ""
    page = {"asked": asked, "table": _table(found.events), "next_url": next_url}
    return render(request, "audit/events.html", page)


def _table(events: Sequence[Event]) -> Table:
    columns = [Column(_("Lúc")), Column(_("Việc")), Column(_("Về")), Column(_("Chi tiết"))]
    columns.append(Column(_("Tài khoản số"), numeric=True))
    rows = [_row(event) for event in events]
    return Table(_("Những việc đã xảy ra"), columns, rows, _("Không có việc nào như vậy."))


def _row(event: Event) -> Row:
    facts = json.dumps(event.facts, ensure_ascii=False) if event.facts else ""
    at = date_format(timezone.localtime(event.at), "SHORT_DATETIME_FORMAT")
    by = None if event.actor_id is None else str(event.actor_id)
    about = f"?{urlencode({'subject': event.subject})}"
    cells = [Cell(at), Cell(event.name, is_header=True), Cell(event.subject, about)]
    return Row([*cells, Cell(facts), Cell(by)], id=f"event-{event.pk}")
