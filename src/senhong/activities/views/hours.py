"""The certificate of a member's hours, for printing."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from senhong.activities import queries
from senhong.activities.participant_forms import PeriodForm
from senhong.activities.queries import Hours, Presence
from senhong.core import clock
from senhong.people.queries import get_member
from senhong.web.components import Cell, Column, Crumb, Row, Table
from senhong.web.http import PageRequest


@login_required
@require_safe
def hours_of(request: PageRequest, id: UUID) -> HttpResponse:
    """What she was present at in the chosen days, how long, and the sum; on one sheet of A4.

    For herself and for who may see her.
    """
    member = get_member(request.actor, id)
    today = clock.today()
    usual = {"first": date(today.year, 1, 1), "last": today}
    form = PeriodForm(request.GET if request.GET else None, initial=usual)
    period = form.cleaned_data if form.is_valid() else usual
    hours = queries.hours_of(member, period["first"], period["last"])
    page = {
        "member": member,
        "crumbs": [
            Crumb(member.full_name, reverse("people:member", args=[member.pk])),
            Crumb(_("Giờ tình nguyện")),
        ],
        "form": form if form.is_bound else PeriodForm(initial=usual),
        "first": period["first"],
        "last": period["last"],
        "table": _table(hours),
        "activities": len(hours.lines),
        "sum": _length(hours.minutes),
        "today": today,
        "issued_by": str(request.user),
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "activities/hours.html", page, status=status)


def _table(hours: Hours) -> Table:
    columns = [Column(_("Ngày")), Column(pgettext("một", "Hoạt động")), Column(_("Cùng tổ"))]
    columns += [Column(_("Từ")), Column(_("Đến")), Column(_("Số giờ"), numeric=True)]
    rows = [_row(line) for line in hours.lines]
    if rows:
        total = [Cell(_("Cộng"), is_header=True), *(Cell("") for _column in range(4))]
        rows.append(Row([*total, Cell(_length(hours.minutes))], is_total=True))
    return Table(_("Các hoạt động đã có mặt"), columns, rows, _("Không có hoạt động nào."))


def _row(line: Presence) -> Row:
    team = line.team
    return Row(
        [
            Cell(line.activity.first_on),
            Cell(line.activity.name, is_header=True),
            Cell(team.name, note=team.unit.title),
            Cell(f"{timezone.localtime(line.from_at):%H:%M}"),
            Cell(f"{timezone.localtime(line.to_at):%H:%M}"),
            Cell(_length(line.minutes)),
        ]
    )


def _length(minutes: int) -> str:
    """150 → 2,5."""
    return number_format(round(minutes / 60, 1), decimal_pos=1)
