"""Tasks of a list as a workbook: fetched; sent in, looked at, confirmed."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from senhong.core.errors import DomainError
from senhong.web.components import Cell, Column, Crumb, Row, Table
from senhong.web.errors import WorkbookColumnsMissing
from senhong.web.http import PageRequest, see_other
from senhong.web.workbooks import xlsx_response
from senhong.work import queries, services, sheets
from senhong.work.errors import TaskImportChanged
from senhong.work.import_forms import BY_HAND, OURS, MappingForm, WorkbookForm
from senhong.work.listed import ListedTask, PlannedTask, PlannedTasks
from senhong.work.models import ColumnMapping, TaskList
from senhong.work.queries.importing import mappings_of, tasks_of_list
from senhong.work.services.importing import planned_import

# What was read waits in the page itself, signed: nothing lies on the server before it is wanted.
_SALT = "work.tasks"
_WAITS_S = 24 * 3600
_SHOWN = 300  # rows of each table of the preview
TITLES: Mapping[str, Any] = {column.key: column.title for column in sheets.READ}


@login_required
@require_safe
def export_tasks(request: PageRequest, id: UUID) -> HttpResponse:
    """The tasks of a list, in the columns that are read."""
    row = queries.get_list(request.actor, id)
    sheet = sheets.tasks_sheet(_("Nhiệm vụ"), tasks_of_list(request.actor, row))
    return xlsx_response(f"{_('Nhiệm vụ')} {row.name}.xlsx", [sheet])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_tasks(request: PageRequest, id: UUID) -> HttpResponse:
    """Asks for the workbook, perhaps which column is which, then shows what it would do."""
    row = _list(request, id)
    mappings = mappings_of(request.actor, row.unit)
    if request.POST.get("do") == "map":
        return _map(request, row)
    form = WorkbookForm(request.POST or None, request.FILES or None, mappings=mappings)
    if request.method == "POST" and form.is_valid():
        try:
            return _read(request, row, form, mappings)
        except DomainError as mistake:  # of the file, so it is said at the field
            form.add_error("file", str(mistake))
    page = {"list": row, "form": form, "crumbs": _crumbs(row)}
    return render(request, "work/import.html", page, status=422 if form.is_bound else 200)


@login_required
@require_POST
def confirm_import(request: PageRequest, id: UUID) -> HttpResponse:
    """Writes what was shown; refused as a whole where it no longer fits."""
    row = _list(request, id)
    said = _loaded(request.POST.get("rows", ""), row)
    rows = [ListedTask.unpacked(each) for each in said["rows"]]
    done = services.import_tasks(request.actor, row, rows, seen=said["seen"], columns=TITLES)
    messages.success(request, _told(done))
    return see_other("work:tasks")


def _list(request: PageRequest, id: UUID) -> TaskList:
    row = queries.get_list(request.actor, id)
    request.actor.require("task.edit", at=row.unit.path)
    return row


def _read(
    request: PageRequest, row: TaskList, form: WorkbookForm, mappings: Sequence[ColumnMapping]
) -> HttpResponse:
    upload, way = form.cleaned_data["file"], form.cleaned_data["way"]
    if way == OURS:
        try:
            return _preview(request, row, sheets.read_tasks(upload))
        except WorkbookColumnsMissing:
            way = BY_HAND
    heads, rows = sheets.raw_rows(upload)
    kept = next((each for each in mappings if str(each.pk) == way), None)
    if kept is not None and _has_title(kept, heads):
        return _preview(request, row, sheets.mapped(heads, rows, kept.columns))
    raw = signing.dumps(_of(row, heads=heads, rows=rows), salt=_SALT, compress=True)
    return _ask_columns(request, row, MappingForm(heads=heads, initial={"raw": raw}))


def _has_title(kept: ColumnMapping, heads: Sequence[str]) -> bool:
    return any(ours == "title" and theirs in heads for theirs, ours in kept.columns.items())


def _map(request: PageRequest, row: TaskList) -> HttpResponse:
    said = _loaded(request.POST.get("raw", ""), row)
    form = MappingForm(request.POST, heads=said["heads"])
    if not form.is_valid():
        return _ask_columns(request, row, form, status=422)
    if name := form.cleaned_data["name"]:
        services.save_mapping(request.actor, form.cleaned_data["id"], row.unit, name, form.columns)
        messages.success(request, _("Đã lưu cách ghép cột “{name}”.").format(name=name))
    return _preview(request, row, sheets.mapped(said["heads"], said["rows"], form.columns))


def _ask_columns(
    request: PageRequest, row: TaskList, form: MappingForm, *, status: int = 200
) -> HttpResponse:
    page = {"list": row, "form": form, "crumbs": _crumbs(row)}
    return render(request, "work/import_columns.html", page, status=status)


def _preview(request: PageRequest, row: TaskList, rows: Sequence[ListedTask]) -> HttpResponse:
    plan = planned_import(request.actor, row, rows, TITLES)
    said = _of(row, rows=[each.packed() for each in rows], seen=plan.versions)
    page = {
        "list": row,
        "crumbs": _crumbs(row),
        "plan": plan,
        "tables": _tables(plan),
        "packed": "" if plan.wrong else signing.dumps(said, salt=_SALT, compress=True),
    }
    return render(request, "work/import_preview.html", page, status=422 if plan.wrong else 200)


def _of(row: TaskList, **said: Any) -> dict[str, Any]:
    return {"list": str(row.pk), **said}


def _loaded(text: str, row: TaskList) -> dict[str, Any]:
    """What waited in the page. Raises TaskImportChanged."""
    try:
        said: dict[str, Any] = signing.loads(text, salt=_SALT, max_age=_WAITS_S)
    except signing.BadSignature as broken:
        raise TaskImportChanged from broken
    if said["list"] != str(row.pk):
        raise TaskImportChanged
    return said


def _crumbs(row: TaskList) -> list[Crumb]:
    return [
        Crumb(_("Nhiệm vụ"), reverse("work:tasks")),
        Crumb(row.name),
        Crumb(_("Nhập từ Excel")),
    ]


def _told(done: PlannedTasks) -> str:
    made, changed = len(done.new), len(done.changed)
    if not made and not changed:
        return _("Tệp không có gì mới.")
    words = ngettext("Đã thêm {number} nhiệm vụ.", "Đã thêm {number} nhiệm vụ.", made)
    said = words.format(number=made)
    if changed:
        words = ngettext("Đã sửa {number} nhiệm vụ.", "Đã sửa {number} nhiệm vụ.", changed)
        said = f"{said} {words.format(number=changed)}"
    return said


def _tables(plan: PlannedTasks) -> list[Table]:
    parts = (
        (_("Cần sửa trong tệp"), plan.wrong, _mistakes),
        (_("Sẽ thêm"), plan.new, _facts),
        (_("Sẽ sửa"), plan.changed, _changes),
    )
    columns = [Column(_("Dòng"), numeric=True), Column(_("Nhiệm vụ")), Column(_("Cần biết"))]
    return [
        Table(
            title,
            columns,
            [Row(_cells(row, tell(row))) for row in rows[:_SHOWN]],
            shows_caption=True,
        )
        for title, rows, tell in parts
        if rows
    ]


def _cells(row: PlannedTask, told: str) -> list[Cell]:
    url = reverse("work:task", args=[row.id]) if row.task else ""
    return [
        Cell(row.listed.line),
        Cell(row.listed.title or None, url, is_header=True),
        Cell(told),
    ]


def _mistakes(row: PlannedTask) -> str:
    return " ".join(row.mistakes)


def _changes(row: PlannedTask) -> str:
    blank = _("(trống)")
    return " · ".join(
        f"{each.column}: {each.before[:80] or blank} → {each.after[:80] or blank}"
        for each in row.changes
    )


def _facts(row: PlannedTask) -> str:
    """Who is to do it, and until when."""
    due = row.listed.due_on
    parts = [row.unit.title if row.unit else "", str(row.assignee or "")]
    if due:
        parts.append(_("hạn {day}").format(day=f"{due:%d/%m/%Y}"))
    return " · ".join(part for part in parts if part)
