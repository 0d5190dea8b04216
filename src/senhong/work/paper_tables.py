"""The execution of a directive, drawn: tables of a page and of print, sheets of a workbook."""

from collections.abc import Iterable
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from senhong.core import clock
from senhong.web import workbooks
from senhong.web.components import Cell, Column, Fact, Row, Table
from senhong.work.clocks import Outcome
from senhong.work.queries import ClauseTask, ClauseWork, Execution, OutcomeCounts
from senhong.work.words import OUTCOME_TONES

_NOBODY = "–"


def summary(found: Execution) -> list[Fact]:
    """What the report says first: how much there is, and the four outcomes."""
    counts = found.counts
    facts = [Fact(_("Nhiệm vụ"), counts.total)]
    for outcome in Outcome:
        number = getattr(counts, outcome.column)
        share = number_format(round(counts.percent(outcome)))
        said = f"{number_format(number)} ({share} %)" if number else "0"
        facts.append(Fact(outcome.label, said))
    if counts.paused or counts.extended:
        told = _("{paused} tạm dừng, {extended} được gia hạn (đã tính trong bốn nhóm trên)")
        facts.append(
            Fact(_("Ngoài ra"), told.format(paused=counts.paused, extended=counts.extended))
        )
    if found.idle:
        text = ngettext("{number} mục", "{number} mục", found.idle)
        facts.append(Fact(_("Chưa có nhiệm vụ"), text.format(number=found.idle)))
    return facts


def tasks_table(clause: ClauseWork, *, linked: bool) -> Table:
    """The tasks of one clause. ``linked``: titles lead to their tasks; not on paper."""
    return Table(
        _("Nhiệm vụ thực hiện mục {number}").format(number=clause.clause.number),
        [
            Column(_("Nhiệm vụ")), Column(_("Đơn vị làm")), Column(_("Hạn")),
            Column(_("Tình trạng")), Column(_("Kết quả")),
        ],
        [_row(each, linked=linked) for each in clause.tasks],
        empty=_("Chưa có nhiệm vụ nào thực hiện mục này."),
    )  # fmt: skip


def units_table(found: Execution) -> Table:
    """What became of the tasks of each unit."""
    titles = [Column(each.label, numeric=True) for each in Outcome]
    return Table(
        _("Theo đơn vị"),
        [Column(_("Đơn vị")), Column(_("Nhiệm vụ"), numeric=True), *titles],
        [
            Row([Cell(each.unit.title, is_header=True), *map(Cell, _numbers(each.counts))])
            for each in found.units
        ],
    )


def sheets(found: Execution) -> list[workbooks.Sheet]:
    """The same as a workbook: by clause and task, and by unit."""
    return [_tasks_sheet(found), _units_sheet(found)]


def counts_words(counts: OutcomeCounts) -> str:
    """The outcomes that there are: "Đúng hạn 3 · Quá hạn 1"."""
    said = [(each.label, getattr(counts, each.column)) for each in Outcome]
    return " · ".join(f"{label} {number_format(number)}" for label, number in said if number)


def _row(each: ClauseTask, *, linked: bool) -> Row:
    task = each.task
    url = reverse("work:task", args=[task.pk]) if linked else ""
    return Row(
        [
            Cell(task.brief.title, url, is_header=True),
            Cell(_doer(each)),
            Cell(clock.as_said(task.due_at) or _NOBODY),
            _state(each),
            Cell(_result(each) or _NOBODY),
        ],
        id=f"task-{task.pk}",
    )


def _doer(each: ClauseTask) -> str:
    if not each.task.is_sent:
        return each.task.unit.title
    number = each.counts.total + each.counts.cancelled
    return ngettext("{number} đơn vị", "{number} đơn vị", number).format(number=number)


def _state(each: ClauseTask) -> Cell:
    state = each.task.get_state_display()
    if each.task.is_sent:
        answered = _("{answered}/{total} đơn vị đã nộp").format(
            answered=each.answered, total=each.counts.total
        )
        return Cell(answered, note=counts_words(each.counts))
    if each.outcome is None:
        return Cell(state)
    return Cell(each.outcome.label, tone=OUTCOME_TONES[each.outcome], note=state)


def _result(each: ClauseTask) -> str:
    """What was answered, in short: the number, or the first words."""
    if each.number is not None:
        label = each.task.brief.answer_label
        said = said_number(each.number)
        return f"{label}: {said}" if label else said
    answer = None if each.task.is_sent else each.task.answer
    words = answer.words if answer else ""
    return f"{words[:117]}…" if len(words) > 120 else words


def said_number(number: Decimal) -> str:
    """As people write it, without zeros that say nothing."""
    return number_format(number.normalize() if number % 1 else number.to_integral_value())


def _numbers(counts: OutcomeCounts) -> list[int]:
    return [counts.total, *(getattr(counts, each.column) for each in Outcome)]


def _outcome_columns() -> list[workbooks.Column]:
    total = workbooks.Column("total", _("Số nhiệm vụ"))
    return [total, *(workbooks.Column(each.value, each.label) for each in Outcome)]


def _tasks_sheet(found: Execution) -> workbooks.Sheet:
    columns = [
        workbooks.Column("clause", _("Mục")),
        workbooks.Column("words", _("Nội dung mục"), width=50),
        workbooks.Column("task", _("Nhiệm vụ"), width=50),
        workbooks.Column("unit", _("Đơn vị làm"), width=24),
        workbooks.Column("due", _("Hạn")),
        workbooks.Column("state", _("Tình trạng")),
        *_outcome_columns(),
        workbooks.Column("number", _("Con số")),
        workbooks.Column("result", _("Kết quả"), width=50),
    ]
    rows = [row for clause in found.clauses for row in _clause_rows(clause)]
    return workbooks.Sheet(_("Mục và nhiệm vụ"), columns, rows)


def _clause_rows(found: ClauseWork) -> Iterable[list[workbooks.Value]]:
    head: list[workbooks.Value] = [found.clause.number, found.clause.words]
    if not found.tasks:
        none = pgettext("mục của văn bản", "Chưa có nhiệm vụ")
        yield [*head, "", "", None, none, *_numbers(found.counts), None, ""]
    for each in found.tasks:
        task = each.task
        due = clock.date_of(task.due_at) if task.due_at else None
        yield [
            *head, task.brief.title, _doer(each), due, task.get_state_display(),
            *_numbers(each.counts), each.number, _result(each),
        ]  # fmt: skip


def _units_sheet(found: Execution) -> workbooks.Sheet:
    columns = [
        workbooks.Column("code", _("Mã số")),
        workbooks.Column("unit", _("Đơn vị"), width=30),
        *_outcome_columns(),
    ]
    rows: list[list[workbooks.Value]] = [
        [each.unit.code, each.unit.title, *_numbers(each.counts)] for each in found.units
    ]
    rows.append(["", _("Cộng"), *_numbers(found.counts)])
    return workbooks.Sheet(_("Theo đơn vị"), columns, rows)
