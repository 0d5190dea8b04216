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
from senhong.audit.queries import latest_events, may_see_names
from senhong.audit.wording import HAPPENINGS, facts_seen, subject_seen
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
    table = _table(found.events, with_names=may_see_names(request.actor))
    page = {"asked": asked, "table": table, "happenings": HAPPENINGS, "next_url": next_url}
    return render(request, "audit/events.html", page)


def _table(events: Sequence[Event], *, with_names: bool) -> Table:
    titles = (_("Lúc"), _("Việc"), _("Về"), _("Chi tiết"), _("Ai"), _("Cùng đối tượng"))
    rows = [_row(event, with_names=with_names) for event in events]
    columns = [Column(title) for title in titles]
    return Table(_("Những việc đã xảy ra"), columns, rows, _("Không có việc nào như vậy."))


def _row(event: Event, *, with_names: bool) -> Row:
    at = date_format(timezone.localtime(event.at), "SHORT_DATETIME_FORMAT")
    noun, page = subject_seen(event.subject)
    cells = [
        Cell(at),
        Cell(str(HAPPENINGS.get(event.name, event.name)), is_header=True),
        Cell(noun, page),
        Cell(facts_seen(event.facts)),
        Cell(_who(event, with_names=with_names)),
        Cell(_("Mọi việc"), f"?{urlencode({'subject': event.subject})}"),
    ]
    return Row(cells, id=f"event-{event.pk}")


def _who(event: Event, *, with_names: bool) -> str:
    """Her full name, for those who may know it and while her account is there."""
    if event.actor_id is None:
        return _("hệ thống")
    if not with_names or event.actor is None:
        return _("một tài khoản")
    return str(event.actor)
