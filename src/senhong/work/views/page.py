"""The page of one task, with what the reader may do about it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from senhong.audit.models import Event
from senhong.audit.wording import HAPPENINGS
from senhong.core import clock
from senhong.files.storage import opened
from senhong.web.components import Cell, Column, Fact, Row, Table
from senhong.web.http import PageRequest
from senhong.work import queries
from senhong.work.answering import AnswerColumn, AnswerKind, sums_of
from senhong.work.forms.acts import (
    AskTimeForm,
    CommentForm,
    FilesForm,
    GrantForm,
    ItemForm,
    PauseForm,
    ReasonForm,
    ResultForm,
    ReturnForm,
    day_and_hour,
)
from senhong.work.models import Answer, ExtensionState, Part, Task
from senhong.work.queries import TaskPage
from senhong.work.states import AT_WORK, TaskState
from senhong.work.views.frame import crumbs_to, tasks_table
from senhong.work.words import OUTCOME_TONES, STATE_TONES

Forms = Mapping[str, Form]


@login_required
@require_safe
def task(request: PageRequest, id: UUID) -> HttpResponse:
    """Everything about a task."""
    return task_page(request, id)


@login_required
@require_safe
def task_file(request: PageRequest, id: UUID, file_id: UUID) -> FileResponse:
    """A file of what is to be done or of an answer, always as a download."""
    file = queries.get_task_file(request.actor, id, file_id)
    response = FileResponse(
        opened(file.digest), as_attachment=True, filename=file.name, content_type=file.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def task_page(request: PageRequest, id: UUID, wrong: Forms | None = None) -> HttpResponse:
    """One task; with the mistakes of a form that came back (422)."""
    shown = queries.get_task_page(request.actor, id)
    it, now = shown.task, clock.now()
    outcome = it.outcome(now)
    page = {
        "shown": shown,
        "task": it,
        "crumbs": crumbs_to(it),
        "state_tone": STATE_TONES[it.state],
        "outcome": outcome,
        "outcome_tone": OUTCOME_TONES.get(outcome or "", "neutral"),
        "facts": _facts(shown),
        "clock_facts": _clock_facts(shown),
        "people": _people(shown),
        "may": _may(request, shown),
        "answers": [(a, _answer_table(a, it), [*a.files.all()]) for a in shown.answers],
        "comments": [(each, [*each.mentions.all()]) for each in shown.comments],
        "asked": it.brief.form if it.brief.answer_kind == AnswerKind.TABLE else None,
        "waiting": next((e for e in shown.extensions if e.state == ExtensionState.WAITING), None),
        "children": tasks_table(shown.children, _("Nhiệm vụ con")) if shown.children else None,
        "needs": [(row, queries.is_broken(row)) for row in _ordered(shown, "needs")],
        "needed_by": [(row, queries.is_broken(row)) for row in _ordered(shown, "needed_by")],
        "history": [(event, _happening(event)) for event in queries.history_of(it)],
        "forms": _forms(request, shown) | dict(wrong or {}),
        "wrong": next(iter(wrong or {}), ""),
        "is_following": any(
            part.user_id == request.actor.user_id and part.part == Part.FOLLOWER
            for part in shown.parts
        ),
    }
    return render(request, "work/task.html", page, status=422 if wrong else 200)


def _may(request: PageRequest, shown: TaskPage) -> dict[str, bool]:
    """What is offered, by name."""
    it, permits = shown.task, shown.permits
    at_work = it.state in AT_WORK and not it.is_sent
    own = request.actor.user_id is not None and it.assignee_id == request.actor.user_id != it.by_id
    waits = it.wants_extension
    judges = permits.review and it.state == TaskState.HANDED_IN
    return {
        "start": permits.work and at_work and it.state != TaskState.RUNNING,
        "answer": permits.work and at_work,
        "take_back": permits.work and it.state == TaskState.HANDED_IN,
        "accept": judges and not own,
        "return": judges or (permits.review and it.state == TaskState.ACCEPTED),
        "judge": judges,
        "ask": permits.work and at_work and it.due_at is not None and not waits,
        "withdraw": permits.work and waits,
        "grant": permits.review and waits,
        "pause": permits.edit and it.state in AT_WORK,
        "resume": permits.edit and it.state == TaskState.PAUSED,
        "cancel": permits.edit and it.is_open,
        "edit": permits.edit,
        "assign": it.is_open and request.actor.can("task.assign", at=it.unit.path),
        "name": permits.name,
        "split": (permits.edit or permits.work) and it.is_open,
        "list": permits.edit or permits.work,
    }


def _forms(request: PageRequest, shown: TaskPage) -> dict[str, Form]:
    it = shown.task
    waiting = next((e for e in shown.extensions if e.state == ExtensionState.WAITING), None)
    until = day_and_hour(waiting.asked_due_at, "until") if waiting else {}
    return {
        "answer": ResultForm(asked=it.brief.form),
        "return": ReturnForm(auto_id="return_%s"),
        "ask": AskTimeForm(prefix="ask"),
        "grant": GrantForm(prefix="grant", initial=until),
        "refuse": ReasonForm(prefix="refuse"),
        "pause": PauseForm(prefix="pause"),
        "cancel": ReasonForm(prefix="cancel"),
        "comment": CommentForm(prefix="comment", people=queries.people_at(it.unit)),
        "item": ItemForm(prefix="item"),
        "files": FilesForm(prefix="files"),
    }


def _facts(shown: TaskPage) -> list[Fact]:
    it = shown.task
    facts = [
        Fact(_("Danh sách"), it.list.name, f"/tasks/lists/{it.list_id}/"),
        Fact(_("Ưu tiên"), it.get_priority_display()),
        Fact(_("Kết quả phải có"), _asked(it)),
        Fact(_("Duyệt"), _("phải được duyệt") if it.is_reviewed else _("nộp là xong")),
    ]
    if it.group:
        facts.insert(1, Fact(_("Nhóm"), it.group.name))
    if it.plan:
        facts.insert(1, Fact(_("Kế hoạch"), it.plan.name, f"/plans/{it.plan_id}/"))
    if it.clause:
        directive = it.clause.directive
        said = _("{clause} của {directive}").format(clause=it.clause.number, directive=directive)
        facts.append(Fact(_("Thực hiện"), said, f"/directives/{directive.pk}/"))
    if it.brief.tags:
        facts.append(Fact(_("Nhãn"), ", ".join(it.brief.tags)))
    return facts


def _asked(it: Task) -> str:
    label = it.brief.get_answer_kind_display()
    return f"{label}: {it.brief.answer_label}" if it.brief.answer_label else label


def _clock_facts(shown: TaskPage) -> list[Fact]:
    """The deadline, and how it came to be; the rule of each stands below."""
    it = shown.task
    no = _("không có hạn")
    facts = [Fact(pgettext("thời hạn", "Hạn"), clock.as_said(it.due_at) if it.due_at else no)]
    if it.is_extended or it.paused_s:
        facts.append(Fact(_("Hạn ban đầu"), clock.as_said(it.first_due_at) or no))
    if it.starts_at:
        facts.append(Fact(_("Bắt đầu"), clock.as_said(it.starts_at)))
    if it.stopped_at:
        facts.append(Fact(_("Đồng hồ dừng lúc"), clock.as_said(it.stopped_at)))
    return facts


def _people(shown: TaskPage) -> list[Fact]:
    it = shown.task
    parts = {
        part: ", ".join(str(each.user) for each in shown.parts if each.part == part)
        for part in Part
    }
    return [
        Fact(_("Đơn vị làm"), it.unit.title, f"/tasks/units/{it.unit.key}/"),
        Fact(_("Chịu trách nhiệm"), str(it.assignee or _("chưa phân công"))),
        Fact(_("Cùng làm"), parts[Part.COWORKER] or "–"),
        Fact(_("Theo dõi"), parts[Part.FOLLOWER] or "–"),
        Fact(_("Người giao"), str(it.by) if it.by else "–"),
        Fact(_("Đơn vị giao"), it.by_unit.title),
    ]


def _answer_table(answer: Answer, it: Task) -> Table | None:
    """The rows of an answer, with what their numbers add up to."""
    form = it.brief.form
    if not answer.rows:
        return None
    columns = [Column(column.title, numeric=column.is_number) for column in form.columns]
    fits = [row for row in answer.rows if len(row) == len(columns)]
    rows = [
        Row([_cell(c, column) for c, column in zip(row, form.columns, strict=True)]) for row in fits
    ]
    sums = sums_of(form, fits)
    if any(each is not None for each in sums):
        cells: list[Any] = [_("Cộng") if not at and s is None else s for at, s in enumerate(sums)]
        rows.append(Row([Cell("" if s is None else s) for s in cells], is_total=True))
    return Table(_("Bảng kết quả"), columns, rows)


def _cell(said: str, column: AnswerColumn) -> Cell:
    """Numbers are kept in plain digits, and shown as the reader writes them."""
    if not (column.is_number and said):
        return Cell(said)
    value = Decimal(said)
    return Cell(int(value) if value == value.to_integral_value() else float(value))


def _ordered(shown: TaskPage, name: str) -> list[Any]:
    """Dependencies with both of their tasks loaded, so that a warning asks nothing."""
    rows = list(getattr(shown, name))
    for row in rows:
        setattr(row, "after" if name == "needs" else "before", shown.task)
    return rows


def _happening(event: Event) -> dict[str, Any]:
    """What happened in words, with the reason that was given."""
    said = str(HAPPENINGS.get(event.name, event.name))
    return {"what": said, "reason": event.facts.get("reason", ""), "due": _moved(event)}


def _moved(event: Event) -> list[Any]:
    """From which deadline to which."""
    due = event.facts.get("due_at")
    return [_instant(each) for each in due] if isinstance(due, list) and len(due) == 2 else []


def _instant(said: Any) -> Any:
    return parse_datetime(said) if isinstance(said, str) else None
