"""What units answered to a task that was sent to them, one under the other, and added up."""

from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.core import clock
from senhong.web import workbooks
from senhong.web.components import Cell, Column, Row, Table
from senhong.web.http import PageRequest
from senhong.work import queries
from senhong.work.answering import AnswerForm, AnswerKind
from senhong.work.models import Answer
from senhong.work.queries import AnswerLine, AnswersSummed
from senhong.work.states import TaskState
from senhong.work.views.assigning import down_crumbs

LINES = 500  # rows of a page; the workbook has all


@login_required
@require_safe
def answers(request: PageRequest, id: UUID) -> HttpResponse:
    """Every unit with its answer that stands, or what it is at; the sums on top."""
    task = queries.get_task(request.actor, id)
    summed = queries.answers_summed(request.actor, task)
    table = _table(task.brief.form, summed)
    page = {
        "task": task,
        "crumbs": down_crumbs(task, _("Kết quả các đơn vị")),
        "told": _("{answered}/{all} đơn vị đã trả lời.").format(
            answered=summed.answered, all=len(summed.lines)
        ),
        "table": table,
        "is_cut": len(table.rows) >= LINES,
    }
    return render(request, "work/answers.html", page)


@login_required
@require_safe
def answers_xlsx(request: PageRequest, id: UUID) -> HttpResponse:
    """All answers as a workbook: numbers are numbers, each row of a unit's table a row."""
    task = queries.get_task(request.actor, id)
    summed = queries.answers_summed(request.actor, task)
    name = _("Kết quả {title}.xlsx").format(title=task.brief.title[:80])
    return workbooks.xlsx_response(name, [_sheet(task.brief.form, summed)])


def _table(form: AnswerForm, summed: AnswersSummed) -> Table:
    columns = [Column(_("Đơn vị")), Column(_("Tình trạng"))]
    columns += [Column(title, numeric=numeric) for title, numeric in _heads(form)]
    columns += [Column(_("Lời")), Column(_("Tệp"))]
    rows = [row for line in summed.lines for row in _rows(form, line)][:LINES]
    if rows and _has_sums(form):
        cells = [Cell(_("Cộng"), is_header=True), Cell("")]
        cells += [Cell(shown_number(each)) for each in _sums(form, summed)]
        rows.insert(0, Row([*cells, Cell(""), Cell("")], is_total=True))
    empty = _("Nhiệm vụ này chưa được giao cho đơn vị nào.")
    return Table(_("Kết quả các đơn vị"), columns, rows, empty, lists_when_narrow=True)


def _rows(form: AnswerForm, line: AnswerLine) -> Iterator[Row]:
    """One row, or one for each row of the unit's own table."""
    url = reverse("work:task", args=[line.task.pk])
    name = Cell(line.task.unit.title, url, is_header=True)
    state = Cell(TaskState(line.task.state).label)
    words, files = _beside(line.answer)
    for number, values in enumerate(_values(form, line.answer)):
        shown = [Cell(shown_number(each) if isinstance(each, Decimal) else each) for each in values]
        last = [Cell(words), Cell(files)] if not number else [Cell(""), Cell("")]
        yield Row([name, state, *shown, *last])


def _heads(form: AnswerForm) -> list[tuple[str, bool]]:
    if form.kind == AnswerKind.NUMBER:
        return [(form.label or _("Con số"), True)]
    return [(each.title, each.is_number) for each in form.columns]


def _values(form: AnswerForm, answer: Answer | None) -> list[list[str | Decimal]]:
    """The rows of an answer's own columns; one empty row where there is nothing."""
    width = len(_heads(form))
    if answer is None:
        return [[""] * width]
    if form.kind == AnswerKind.NUMBER:
        return [["" if answer.number is None else answer.number]]
    rows = [[_value(form, at, each) for at, each in enumerate(row[:width])] for row in answer.rows]
    return rows or [[""] * width]


def _value(form: AnswerForm, at: int, said: str) -> str | Decimal:
    return Decimal(said) if form.columns[at].is_number and said else said


def _has_sums(form: AnswerForm) -> bool:
    return any(is_number for _title, is_number in _heads(form))


def _sums(form: AnswerForm, summed: AnswersSummed) -> list[Decimal | None]:
    return [summed.number] if form.kind == AnswerKind.NUMBER else list(summed.columns)


def _beside(answer: Answer | None) -> tuple[str, str]:
    if answer is None:
        return "", ""
    names = [kept.file.name for kept in answer.files.all()]
    return answer.words, ", ".join(names)


def shown_number(number: Decimal | None) -> str:
    """Without zeros at its end."""
    if number is None:
        return ""
    plain = number.quantize(Decimal(1)) if number == number.to_integral_value() else number
    return str(number_format(plain.normalize() if plain % 1 else plain, force_grouping=True))


def _sheet(form: AnswerForm, summed: AnswersSummed) -> workbooks.Sheet:
    heads = [_("Mã số"), _("Đơn vị"), _("Tình trạng"), _("Nộp lúc")]
    heads += [title for title, _is_number in _heads(form)] + [_("Lời"), _("Tệp")]
    columns = [workbooks.Column(f"c{at}", title) for at, title in enumerate(heads)]
    rows: list[list[workbooks.Value]] = []
    for line in summed.lines:
        begun = _begun(line)
        for values in _values(form, line.answer):
            rows.append([*begun, *values, *_beside(line.answer)])
    if _has_sums(form):
        rows.append(["", _("Cộng"), "", None, *_sums(form, summed), "", ""])
    return workbooks.Sheet(_("Kết quả"), columns, rows)


def _begun(line: AnswerLine) -> list[workbooks.Value]:
    unit, at = line.task.unit, clock.as_said(line.answer.at) if line.answer else None
    state = str(TaskState(line.task.state).label)
    return [unit.code or unit.key, unit.title, state, f"{at:%H:%M %d/%m/%Y}" if at else None]
