from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.web.components import Cell, Column, Crumb, Fact, Row, Table
from senhong.web.http import PageRequest
from senhong.work import queries
from senhong.work.forms import AnswerWordsForm, ReasonForm
from senhong.work.models import Task
from senhong.work.queries import TaskPage, Wanted
from senhong.work.states import AT_WORK, TaskState
from senhong.work.words import OUTCOME_TONES, STATE_TONES

_LONGEST = 100  # characters of a search


@login_required
@require_safe
def tasks(request: PageRequest) -> HttpResponse:
    """Open tasks that the reader sees, by deadline; or those that have some words."""
    text, after = request.GET.get("text", "")[:_LONGEST], _id(request.GET.get("after", ""))
    shown = queries.task_slice(request.actor, Wanted(text=text), after=after)
    page = {
        "text": text,
        "tasks": tasks_table(list(shown.items)),
        "next_url": f"?text={text}&after={shown.next}" if shown.next else "",
    }
    return render(request, "work/tasks.html", page)


@login_required
@require_safe
def task(request: PageRequest, id: UUID) -> HttpResponse:
    return task_page(request, queries.get_task_page(request.actor, id))


def task_page(
    request: PageRequest,
    shown: TaskPage,
    *,
    answer: AnswerWordsForm | None = None,
    reason: ReasonForm | None = None,
) -> HttpResponse:
    """One task, with what the reader may do about it; with the mistakes of a form (422)."""
    it, permits = shown.task, shown.permits
    outcome = it.outcome(clock.now())
    initial = {"id": uuid7()}
    page = {
        "shown": shown,
        "task": it,
        "crumbs": [Crumb(_("Nhiệm vụ"), reverse("work:tasks")), Crumb(it.brief.title)],
        "state_tone": STATE_TONES[it.state],
        "outcome": outcome,
        "outcome_tone": OUTCOME_TONES.get(outcome or "", "neutral"),
        "facts": _facts(shown),
        "may_assign": it.is_open and request.actor.can("task.assign", at=it.unit.path),
        "may_start": permits.work and it.state in {TaskState.OPEN, TaskState.RETURNED},
        "may_answer": permits.work and it.state in AT_WORK,
        "may_judge": permits.review and it.state == TaskState.HANDED_IN,
        "answer_form": answer or AnswerWordsForm(initial=initial, asked=it.brief.form),
        "reason_form": reason or ReasonForm(),
    }
    return render(request, "work/task.html", page, status=422 if answer or reason else 200)


def tasks_table(found: list[Task]) -> Table:
    now = clock.now()
    return Table(
        _("Nhiệm vụ"),
        [Column(_("Nhiệm vụ")), Column(_("Đơn vị")), Column(_("Hạn")), Column(_("Tình trạng"))],
        [_row(each, now) for each in found],
        empty=_("Không có nhiệm vụ nào."),
    )


def _row(each: Task, now: datetime) -> Row:
    outcome = each.outcome(now)
    return Row(
        [
            Cell(each.brief.title, reverse("work:task", args=[each.pk]), is_header=True),
            Cell(each.unit.title),
            Cell(clock.as_said(each.due_at)),
            Cell(
                outcome.label if outcome else each.get_state_display(),
                tone=OUTCOME_TONES.get(outcome or "", "neutral"),
                note=each.get_state_display(),
            ),
        ],
        id=f"task-{each.pk}",
    )


def _facts(shown: TaskPage) -> list[Fact]:
    it = shown.task
    facts = [
        Fact(_("Hạn"), clock.as_said(it.due_at) or _("không có hạn")),
        Fact(_("Đơn vị làm"), it.unit.title),
        Fact(_("Đơn vị giao"), it.by_unit.title),
        Fact(_("Người chịu trách nhiệm"), str(it.assignee or _("chưa phân công"))),
        Fact(_("Danh sách"), it.list.name),
    ]
    if it.is_extended:
        facts.insert(1, Fact(_("Hạn ban đầu"), clock.as_said(it.first_due_at)))
    return facts


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
