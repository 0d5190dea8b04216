"""What a reader does about one task, from its page."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from senhong.web.http import PageRequest, see_other
from senhong.work import queries, services
from senhong.work.forms import AnswerWordsForm, ReasonForm
from senhong.work.services.asking import require_review, require_work
from senhong.work.views.tasks import task_page


@login_required
@require_POST
def start_task(request: PageRequest, id: UUID) -> HttpResponse:
    services.start_task(request.actor, queries.get_task(request.actor, id))
    messages.success(request, _("Đã bắt đầu."))
    return see_other("work:task", id)


@login_required
@require_POST
def hand_in(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with the task's page, or with the form and its mistakes (422)."""
    task = queries.get_task(request.actor, id)
    require_work(request.actor, task)
    form = AnswerWordsForm(request.POST, asked=task.brief.form)
    if not form.is_valid():
        return task_page(request, queries.get_task_page(request.actor, id), answer=form)
    services.hand_in(request.actor, form.cleaned_data["id"], task, form.read())
    messages.success(request, _("Đã nộp kết quả."))
    return see_other("work:task", id)


@login_required
@require_POST
def accept_task(request: PageRequest, id: UUID) -> HttpResponse:
    services.accept_task(request.actor, queries.get_task(request.actor, id))
    messages.success(request, _("Đã nhận kết quả."))
    return see_other("work:task", id)


@login_required
@require_POST
def return_task(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with the task's page, or with the form and its mistakes (422)."""
    task = queries.get_task(request.actor, id)
    require_review(request.actor, task)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return task_page(request, queries.get_task_page(request.actor, id), reason=form)
    services.return_task(request.actor, task, reason=form.cleaned_data["reason"])
    messages.success(request, _("Đã trả lại kèm lý do."))
    return see_other("work:task", id)
