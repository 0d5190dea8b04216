"""Units × tasks that were sent to them: who has answered what; and reminding who has not."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from senhong.comms.services import Reminded
from senhong.core import clock
from senhong.core.text import search_key
from senhong.org.models import Unit
from senhong.plans.queries import get_plan
from senhong.web import workbooks
from senhong.web.components import Cell, Column, Crumb, Option, Row, Table, Tone
from senhong.web.http import PageRequest, see_other
from senhong.work import queries, services
from senhong.work.clocks import Outcome
from senhong.work.down_forms import RemindSilentForm
from senhong.work.models import Task
from senhong.work.queries import Matrix, MatrixCell, OutcomeCounts
from senhong.work.states import AT_WORK, TaskState
from senhong.work.views.assigning import down_crumbs
from senhong.work.words import OUTCOME_TONES

ROWS = 150  # on one page
SILENT = "silent"
ASKED = ("task", "list", "plan", "text", "show")


@dataclass(frozen=True, slots=True)
class Shown:
    """The table that an address asks for."""

    found: Matrix
    rows: Sequence[Unit]  # those that are asked for, of all pages
    asked: dict[str, str]

    @property
    def only(self) -> Task | None:
        """The task, where there is one alone."""
        return self.found.columns[0] if self.asked["task"] and self.found.columns else None


@login_required
@require_safe
def matrix(request: PageRequest) -> HttpResponse:
    """Who has answered which task; the address says which, and which units are shown."""
    shown = _shown(request)
    first = _whole(request.GET.get("from", ""))
    rows = shown.rows[first : first + ROWS]
    further = first + ROWS if len(shown.rows) > first + ROWS else 0
    page = {
        "asked": shown.asked,
        "only": shown.only,
        "crumbs": _crumbs(shown),
        "table": _table(shown, rows),
        "count": _count(shown),
        "shows": _shows(shown),
        "next_url": _address(shown.asked | {"from": str(further)}) if further else "",
        "xlsx_url": _address(shown.asked, reverse("work:matrix-xlsx")),
        "remind": _remind(request, shown.only),
        "may_assign": shown.only and request.actor.can("task.assign", at=shown.only.unit.path),
    }
    return render(request, "work/matrix.html", page)


@login_required
@require_safe
def matrix_xlsx(request: PageRequest) -> HttpResponse:
    """The same table, all of its rows; outcome, state and when it was due in columns of their
    own."""
    shown = _shown(request)
    name = f"{_('Nhiệm vụ theo đơn vị')} {clock.today():%Y-%m-%d}.xlsx"
    return workbooks.xlsx_response(name, [_sheet(shown)])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remind_silent(request: PageRequest, id: UUID) -> HttpResponse:
    """Shows who has not answered and what they are told; then tells all of them."""
    task = queries.get_task(request.actor, id)
    request.actor.require("task.assign", at=task.unit.path)
    form = RemindSilentForm(request.POST or None, initial={"words": _words_ready(task)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told = services.remind_silent(request.actor, said["id"], task, words=said["words"])
        _say(request, told)
        return see_other(_of_task(task))
    page = {
        "task": task,
        "form": form,
        "crumbs": down_crumbs(task, _("Nhắc đơn vị chưa trả lời")),
        "units": queries.silent_units(task),
    }
    return render(request, "work/remind_silent.html", page, status=422 if form.is_bound else 200)


def _shown(request: PageRequest) -> Shown:
    asked = {name: request.GET.get(name, "")[:100] for name in ASKED}
    found = queries.matrix_of(request.actor, _columns(request, asked))
    rows = [unit for unit in found.rows if _is_asked(unit, found, asked)]
    return Shown(found, rows, asked)


def _columns(request: PageRequest, asked: dict[str, str]) -> list[Task]:
    """The task that is named, or those of a list or a plan; else all that are open."""
    actor = request.actor
    task, row, plan = (as_uuid(asked[name]) for name in ("task", "list", "plan"))
    if task is not None:
        return [queries.get_task(actor, task)]
    return queries.sent_tasks(
        actor,
        row=queries.get_list(actor, row) if row else None,
        plan=get_plan(actor, plan) if plan else None,
        with_ended=bool(row or plan),
    )


def _is_asked(unit: Unit, found: Matrix, asked: dict[str, str]) -> bool:
    words = search_key(asked["text"])
    if words and words not in search_key(unit.title):
        return False
    wanted = asked["show"]
    cells = (found.cells.get((unit.pk, task.pk)) for task in found.columns)
    return not wanted or any(cell is not None and _is_of(cell, wanted) for cell in cells)


def _is_of(cell: MatrixCell, wanted: str) -> bool:
    return cell.state in AT_WORK if wanted == SILENT else cell.outcome == wanted


def _shows(shown: Shown) -> list[Option]:
    kinds = [("", _("Tất cả")), (SILENT, _("Chưa trả lời"))]
    kinds += [(str(each), str(each.label)) for each in Outcome]
    return [
        Option(label, _address(shown.asked | {"show": kind}), kind == shown.asked["show"])
        for kind, label in kinds
    ]


def _crumbs(shown: Shown) -> list[Crumb]:
    here = _("Đơn vị × nhiệm vụ")
    if shown.only:
        return down_crumbs(shown.only, here)
    return [Crumb(_("Nhiệm vụ"), reverse("work:tasks")), Crumb(here)]


def _count(shown: Shown) -> str:
    units, tasks = len(shown.rows), len(shown.found.columns)
    told = ngettext("{number} đơn vị", "{number} đơn vị", units).format(number=units)
    said = ngettext("{number} nhiệm vụ", "{number} nhiệm vụ", tasks).format(number=tasks)
    return f"{told} × {said}"


def _table(shown: Shown, rows: Sequence[Unit]) -> Table:
    tasks = shown.found.columns
    columns = [Column(_("Đơn vị")), *map(_column, tasks)]
    lines = [_row(shown, unit) for unit in rows]
    if lines:
        totals = [_total(shown.found.totals[task.pk]) for task in tasks]
        lines.append(Row([Cell(_("Mọi đơn vị"), is_header=True), *totals], is_total=True))
    empty = _("Chưa có nhiệm vụ nào được giao xuống, hoặc không đơn vị nào như vậy.")
    return Table(_("Đơn vị và nhiệm vụ"), columns, lines, empty, lists_when_narrow=True)


def _column(task: Task) -> Column:
    due = clock.as_said(task.due_at)
    note = _("hạn {day}").format(day=f"{due:%d/%m/%Y}") if due else ""
    return Column(task.brief.title, note=note, url=_of_task(task))


def _row(shown: Shown, unit: Unit) -> Row:
    cells = [shown.found.cells.get((unit.pk, task.pk)) for task in shown.found.columns]
    return Row([Cell(unit.title, is_header=True), *map(_cell, cells)], id=f"unit-{unit.key}")


def _cell(cell: MatrixCell | None) -> Cell:
    if cell is None:
        return Cell("")
    label, tone = _word(cell)
    return Cell(label, reverse("work:task", args=[cell.task_id]), tone, note=_note(cell))


def _word(cell: MatrixCell) -> tuple[str, Tone]:
    if cell.outcome is None:
        return str(TaskState(cell.state).label), "not-begun"
    return str(cell.outcome.label), OUTCOME_TONES[cell.outcome]


def _note(cell: MatrixCell) -> str:
    notes = [] if cell.outcome is None else [str(TaskState(cell.state).label)]
    if cell.wants_extension:
        notes.append(_("xin gia hạn"))
    elif cell.is_extended:
        notes.append(_("đã gia hạn"))
    if cell.more:
        notes.append(_("và {number} nhiệm vụ nữa").format(number=cell.more))
    return " · ".join(notes)


def _total(counts: OutcomeCounts) -> Cell:
    """How many of all are done, and each of the four in words."""
    done = counts.on_time + counts.late
    parts = [
        f"{each.label} {getattr(counts, each.column)}"
        for each in Outcome
        if getattr(counts, each.column)
    ]
    return Cell(f"{done}/{counts.total}", note=" · ".join(parts))


def _sheet(shown: Shown) -> workbooks.Sheet:
    columns = [workbooks.Column("key", _("Mã số")), workbooks.Column("unit", _("Đơn vị"))]
    for number, task in enumerate(shown.found.columns, 1):
        columns.append(workbooks.Column(f"outcome-{number}", task.brief.title, width=24))
        columns.append(workbooks.Column(f"state-{number}", _("Tình trạng")))
    rows = [_sheet_row(shown, unit) for unit in shown.rows]
    return workbooks.Sheet(_("Đơn vị × nhiệm vụ"), columns, rows)


def _sheet_row(shown: Shown, unit: Unit) -> list[workbooks.Value]:
    row: list[workbooks.Value] = [unit.code or unit.key, unit.title]
    for task in shown.found.columns:
        cell = shown.found.cells.get((unit.pk, task.pk))
        row += [_word(cell)[0], _note(cell)] if cell else [None, None]
    return row


def _remind(request: PageRequest, task: Task | None) -> str:
    """What the button says; empty where nobody is silent or the reader may not."""
    if task is None or not request.actor.can("task.assign", at=task.unit.path):
        return ""
    silent = len(queries.silent_units(task))
    told = ngettext(
        "Nhắc {number} đơn vị chưa trả lời", "Nhắc {number} đơn vị chưa trả lời", silent
    )
    return told.format(number=silent) if silent else ""


def _words_ready(task: Task) -> str:
    due = clock.as_said(task.due_at)
    if due is None:
        return _("Đề nghị đơn vị trả lời nhiệm vụ “{title}”.").format(title=task.brief.title[:200])
    told = _("Đề nghị đơn vị trả lời nhiệm vụ “{title}”. Hạn: {due}.")
    return told.format(title=task.brief.title[:200], due=f"{due:%H:%M %d/%m/%Y}")


def _say(request: PageRequest, told: Reminded) -> None:
    sent, already = len(told.sent), len(told.already)
    if sent:
        text = ngettext("Đã nhắc {number} đơn vị.", "Đã nhắc {number} đơn vị.", sent)
        messages.success(request, text.format(number=sent))
    if already:
        text = ngettext(
            "{number} đơn vị đã được nhắc việc này hôm nay nên không nhắc lại.",
            "{number} đơn vị đã được nhắc việc này hôm nay nên không nhắc lại.", already,
        )  # fmt: skip
        messages.info(request, text.format(number=already))


def _of_task(task: Task) -> str:
    return f"{reverse('work:matrix')}?task={task.pk}"


def _address(asked: dict[str, str], path: str = "") -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in asked.items() if value})
    return f"{path or reverse('work:matrix')}?{urlencode(query)}"


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def as_uuid(text: str) -> UUID | None:
    """An id in an address; what is none asks for nothing."""
    try:
        return UUID(text)
    except ValueError:
        return None
