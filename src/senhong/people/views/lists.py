"""A unit's list of members as a workbook: sent in, looked at, confirmed; and fetched."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from senhong.core import clock
from senhong.core.days import as_day
from senhong.core.errors import DomainError
from senhong.org.models import Unit
from senhong.org.queries import get_unit
from senhong.people import queries, services
from senhong.people.errors import ImportChanged
from senhong.people.forms import ListForm
from senhong.people.listed import Listed, Planned, PlannedImport
from senhong.people.sheets import ListRead, list_sheet, read_list
from senhong.web.components import Cell, Column, Row, Table
from senhong.web.http import PageRequest, see_other
from senhong.web.workbooks import xlsx_response

# What was read waits in the page itself, signed: no list of names lies on the server, and the
# numbers of persons that a workbook may hold never reach it.
_SALT = "people.list"
_WAITS_S = 24 * 3600


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: PageRequest) -> HttpResponse:
    """Asks for the workbook, then shows what it would do. Nothing is written yet."""
    unit = get_unit(request.actor, request.GET.get("unit", ""))
    request.actor.require("member.edit", at=unit.path)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            read = read_list(form.cleaned_data["file"])
            plan = queries.planned_import(request.actor, unit, read.rows)
        except DomainError as mistake:  # of the file, so it is said at the field
            form.add_error("file", str(mistake))
        else:
            return _preview(request, unit, read, plan)
    page = {"unit": unit, "form": form}
    return render(request, "people/import.html", page, status=422 if form.is_bound else 200)


@login_required
@require_POST
def confirm_list(request: PageRequest) -> HttpResponse:
    """Writes what was shown; refused as a whole where it no longer fits."""
    unit = get_unit(request.actor, request.GET.get("unit", ""))
    request.actor.require("member.edit", at=unit.path)
    done = services.import_members(request.actor, unit, _unpacked(request, unit))
    messages.success(request, _told(done))
    return see_other(_members(unit))


@login_required
@require_safe
def export_list(request: PageRequest) -> HttpResponse:
    """The members of the unit itself today, in the columns that are read."""
    unit = get_unit(request.actor, request.GET.get("unit", ""))
    request.actor.require("member.view", at=unit.path)
    members = queries.members_of_unit(request.actor, unit)
    places = queries.places_of(request.actor, members, as_day(clock.today()))
    name = _("Thành viên {unit}").format(unit=unit.title)
    return xlsx_response(f"{name}.xlsx", [list_sheet(_("Thành viên"), members, places)])


def _members(unit: Unit) -> str:
    return f"{reverse('people:members')}?unit={unit.key}"


def _preview(request: PageRequest, unit: Unit, read: ListRead, plan: PlannedImport) -> HttpResponse:
    page = {
        "unit": unit,
        "read": read,
        "plan": plan,
        "tables": _tables(plan),
        "packed": "" if plan.wrong else _packed(unit, read.rows),
        "personal": ", ".join(f"“{name}”" for name in read.personal),
        "unread": ", ".join(f"“{name}”" for name in read.unread),
    }
    return render(request, "people/import_preview.html", page, status=422 if plan.wrong else 200)


def _packed(unit: Unit, rows: list[Listed]) -> str:
    said = [(r.line, r.full_name, r.distinction, _iso(r.joined_on), r.team, r.role) for r in rows]
    return signing.dumps({"unit": unit.key, "rows": said}, salt=_SALT, compress=True)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _unpacked(request: PageRequest, unit: Unit) -> list[Listed]:
    """The rows as they were shown. Raises ImportChanged."""
    try:
        said = signing.loads(request.POST.get("rows", ""), salt=_SALT, max_age=_WAITS_S)
    except signing.BadSignature as broken:
        raise ImportChanged from broken
    if said["unit"] != unit.key:
        raise ImportChanged
    return [_row_unpacked(row) for row in said["rows"]]


def _row_unpacked(row: list[Any]) -> Listed:
    line, name, distinction, joined_on, team, role = row
    listed = Listed(line=line, full_name=name, distinction=distinction, team=team, role=role)
    return replace(listed, joined_on=date.fromisoformat(joined_on)) if joined_on else listed


def _told(done: PlannedImport) -> str:
    added, changed = len(done.new), len(done.changed)
    if not added and not changed:
        return _("Danh sách không có gì mới.")
    words = ngettext("Đã thêm {number} người.", "Đã thêm {number} người.", added)
    said = words.format(number=added)
    if changed:
        words = ngettext("Bổ sung {number} người.", "Bổ sung {number} người.", changed)
        said = f"{said} {words.format(number=changed)}"
    return said


def _tables(plan: PlannedImport) -> list[Table]:
    shown = {row.listed.line for row in [*plan.wrong, *plan.new, *plan.changed]}
    noted = [row for row in plan.rows if row.notes and row.listed.line not in shown]
    parts = (
        (_("Cần sửa trong tệp"), plan.wrong),
        (_("Sẽ thêm"), plan.new),
        (_("Sẽ bổ sung"), plan.changed),
        (_("Giữ nguyên, xin lưu ý"), noted),
    )
    columns = [Column(_("Dòng"), numeric=True), Column(_("Họ và tên"))]
    columns += [Column(_("Tham gia từ")), Column(_("Vào tổ")), Column(_("Cần biết"))]
    return [
        Table(title, columns, [_row(row) for row in rows], shows_caption=True)
        for title, rows in parts
        if rows
    ]


def _row(row: Planned) -> Row:
    team = f"{row.team.name} ({row.role.label})" if row.team else None
    return Row(
        [
            Cell(row.listed.line),
            Cell(row.listed.full_name or None, is_header=True, note=row.listed.distinction),
            Cell(row.joined_on if row.member is None or row.moves_first_day else None),
            Cell(team),
            Cell(" ".join([*row.mistakes, *row.notes]) or None),
        ]
    )
