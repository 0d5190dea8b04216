"""What a reader does about one task, from its page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from senhong.web.http import PageRequest, see_other
from senhong.work import queries, services
from senhong.work.errors import DeadlineNotLater
from senhong.work.forms.acts import (
    MORE_ROWS,
    AskTimeForm,
    GrantForm,
    PauseForm,
    ReasonForm,
    ResultForm,
    ReturnForm,
)
from senhong.work.models import Task
from senhong.work.services.asking import require_edit, require_review, require_work
from senhong.work.views.frame import attempted, kept_files
from senhong.work.views.page import task_page


@login_required
@require_POST
def start_task(request: PageRequest, id: UUID) -> HttpResponse:
    return _done(request, id, services.start_task, _("Đã bắt đầu."))


@login_required
@require_POST
def take_back(request: PageRequest, id: UUID) -> HttpResponse:
    return _done(request, id, services.take_back, _("Đã rút lại kết quả. Đồng hồ lại chạy."))


@login_required
@require_POST
def accept_task(request: PageRequest, id: UUID) -> HttpResponse:
    return _done(request, id, services.accept_task, _("Đã nhận kết quả."))


@login_required
@require_POST
def resume_task(request: PageRequest, id: UUID) -> HttpResponse:
    return _done(request, id, services.resume_task, _("Đã cho làm tiếp. Hạn đã dời theo."))


@login_required
@require_POST
def hand_in(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with the task's page, or with the form and its mistakes (422).

    "More rows" of a table is a button of the form: it works without JavaScript.
    """
    task = queries.get_task(request.actor, id)
    require_work(request.actor, task)
    form = ResultForm(request.POST, request.FILES, asked=task.brief.form)
    if "more" in request.POST:
        form.rows_wanted = len(form.rows) + MORE_ROWS
        return task_page(request, id, {"answer": form})
    if not form.is_valid() or not _handed_in(request, task, form):
        return task_page(request, id, {"answer": form})
    messages.success(request, _("Đã nộp kết quả."))
    return see_other("work:task", id)


def _handed_in(request: PageRequest, task: Task, form: ResultForm) -> bool:
    """With its files, which are kept first; or the form says what is wrong."""
    id = form.cleaned_data["id"]
    files = kept_files(request.actor, task, id, form)
    if files is None:
        return False
    return attempted(form, lambda: services.hand_in(request.actor, id, task, form.read(files)))


@login_required
@require_POST
def return_task(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with the task's page, or with the form and its mistakes (422)."""
    task = queries.get_task(request.actor, id)
    require_review(request.actor, task)
    form = ReturnForm(request.POST, auto_id="return_%s")

    def act() -> object:
        usual = queries.work_rule_of(task.unit).due_hour
        reason, due_at = form.cleaned_data["reason"], form.due_at(usual)
        return services.return_task(request.actor, task, reason=reason, due_at=due_at)

    if not form.is_valid() or not attempted(form, act, at={DeadlineNotLater: "due_on"}):
        return task_page(request, id, {"return": form})
    messages.success(request, _("Đã trả lại kèm lý do."))
    return see_other("work:task", id)


@login_required
@require_POST
def ask_time(request: PageRequest, id: UUID) -> HttpResponse:
    task = queries.get_task(request.actor, id)
    require_work(request.actor, task)
    form = AskTimeForm(request.POST, prefix="ask")

    def act() -> object:
        said, until = form.cleaned_data, form.until(queries.work_rule_of(task.unit).due_hour)
        return services.ask_extension(
            request.actor, said["id"], task, until=until, reason=said["reason"]
        )

    if not form.is_valid() or not attempted(form, act, at={DeadlineNotLater: "until_on"}):
        return task_page(request, id, {"ask": form})
    messages.success(request, _("Đã gửi lời xin gia hạn. Hạn cũ vẫn giữ tới khi được đồng ý."))
    return see_other("work:task", id)


@login_required
@require_POST
def grant_time(request: PageRequest, id: UUID) -> HttpResponse:
    task = queries.get_task(request.actor, id)
    require_review(request.actor, task)
    form, asked = GrantForm(request.POST, prefix="grant"), queries.waiting_extension(task)

    def act() -> object:
        until = form.until(queries.work_rule_of(task.unit).due_hour, asked.asked_due_at)
        words = form.cleaned_data["words"]
        return services.grant_extension(request.actor, asked, until=until, words=words)

    if not form.is_valid() or not attempted(form, act, at={DeadlineNotLater: "until_on"}):
        return task_page(request, id, {"grant": form})
    messages.success(request, _("Đã đồng ý gia hạn."))
    return see_other("work:task", id)


@login_required
@require_POST
def refuse_time(request: PageRequest, id: UUID) -> HttpResponse:
    task = queries.get_task(request.actor, id)
    require_review(request.actor, task)
    asked = queries.waiting_extension(task)
    return _with_reason(
        request, id, "refuse", _("Đã trả lời: không gia hạn."),
        lambda words: services.refuse_extension(request.actor, asked, words=words),
    )  # fmt: skip


@login_required
@require_POST
def withdraw_time(request: PageRequest, id: UUID) -> HttpResponse:
    task = queries.get_task(request.actor, id)
    require_work(request.actor, task)
    services.withdraw_extension(request.actor, queries.waiting_extension(task))
    messages.success(request, _("Đã rút lời xin gia hạn."))
    return see_other("work:task", id)


@login_required
@require_POST
def pause_task(request: PageRequest, id: UUID) -> HttpResponse:
    task = queries.get_task(request.actor, id)
    require_edit(request.actor, task)
    form = PauseForm(request.POST, prefix="pause")

    def act() -> object:
        said = form.cleaned_data
        return services.pause_task(request.actor, said["id"], task, reason=said["reason"])

    if not form.is_valid() or not attempted(form, act):
        return task_page(request, id, {"pause": form})
    messages.success(request, _("Đã tạm dừng. Đồng hồ đứng yên tới khi làm tiếp."))
    return see_other("work:task", id)


@login_required
@require_POST
def cancel_task(request: PageRequest, id: UUID) -> HttpResponse:
    task = queries.get_task(request.actor, id)
    require_edit(request.actor, task)
    return _with_reason(
        request, id, "cancel", _("Đã hủy nhiệm vụ."),
        lambda reason: services.cancel_task(request.actor, task, reason=reason),
    )  # fmt: skip


def _done(request: PageRequest, id: UUID, act: Callable[..., Any], said: str) -> HttpResponse:
    act(request.actor, queries.get_task(request.actor, id))
    messages.success(request, said)
    return see_other("work:task", id)


def _with_reason(
    request: PageRequest, id: UUID, name: str, said: str, act: Callable[[str], object]
) -> HttpResponse:
    """Answers with the task's page, or with the form and its mistakes (422)."""
    form = ReasonForm(request.POST, prefix=name)
    if not form.is_valid() or not attempted(form, lambda: act(form.cleaned_data["reason"])):
        return task_page(request, id, {name: form})
    messages.success(request, said)
    return see_other("work:task", id)
