"""What stands beside a task: people, talk, a checklist, files, what it waits for, its place."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from senhong.core.errors import Forbidden
from senhong.core.ids import derived_id
from senhong.web.http import PageRequest, see_other
from senhong.work import permits, queries, services
from senhong.work.forms.acts import CommentForm, FilesForm, ItemForm, PeopleForm
from senhong.work.forms.tasks import NeedForm, PlaceForm
from senhong.work.models import Part, Task
from senhong.work.services.asking import require_edit, require_name
from senhong.work.views.frame import Asked, ask, attempted, crumbs_to, kept_files, page_of
from senhong.work.views.page import task_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: PageRequest, id: UUID) -> HttpResponse:
    """Who answers for it, and who has a part in it."""
    task = queries.get_task(request.actor, id)
    require_name(request.actor, task)
    parts = list(task.parts.all())
    known = [each.user for each in parts] + ([task.assignee] if task.assignee else [])
    there = {user.pk: user for user in [*queries.people_at(task.unit), *known]}
    initial = {
        "assignee": str(task.assignee_id or ""),
        "coworkers": [str(each.user_id) for each in parts if each.part == Part.COWORKER],
        "followers": [str(each.user_id) for each in parts if each.part == Part.FOLLOWER],
    }
    form = PeopleForm(request.POST or None, people=[*there.values()], initial=initial)
    if form.is_valid() and attempted(form, lambda: _named(request, task, form)):
        messages.success(request, _("Đã phân công."))
        return see_other(page_of(task))
    return ask(request, form, _asked(task, _("Phân công"), _("Lưu phân công")))


def _named(request: PageRequest, task: Task, form: PeopleForm) -> None:
    services.name_answerable(request.actor, task, form.answerable)
    coworkers, followers = form.chosen("coworkers"), form.chosen("followers")
    services.set_parts(request.actor, task, coworkers=coworkers, followers=followers)


@login_required
@require_POST
def follow(request: PageRequest, id: UUID) -> HttpResponse:
    task = queries.get_task(request.actor, id)
    wanted = request.POST.get("do") != "unfollow"
    services.follow_task(request.actor, task, follow=wanted)
    said = _("Bạn sẽ nhận tin về nhiệm vụ này.") if wanted else _("Bạn thôi theo dõi nhiệm vụ này.")
    messages.success(request, said)
    stays = wanted or request.actor.can("task.view", at=task.unit.path)
    return see_other(page_of(task)) if stays else see_other("work:mine")


@login_required
@require_POST
def comment(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with the task's page, or with the form and its mistakes (422)."""
    task = queries.get_task(request.actor, id)
    form = CommentForm(request.POST, prefix="comment", people=queries.people_at(task.unit))

    def act() -> object:
        said = form.cleaned_data
        words, called = said["words"], form.called()
        return services.comment_on(request.actor, said["id"], task, words=words, mentions=called)

    if not form.is_valid() or not attempted(form, act):
        return task_page(request, id, {"comment": form})
    return see_other(f"{page_of(task)}#comments")


@login_required
@require_POST
def write_item(request: PageRequest, id: UUID) -> HttpResponse:
    task = queries.get_task(request.actor, id)
    _require_list(request, task)
    form = ItemForm(request.POST, prefix="item")

    def act() -> object:
        said = form.cleaned_data
        position = queries.next_position(task)
        return services.write_item(
            request.actor, said["id"], task, words=said["words"], position=position
        )

    if not form.is_valid() or not attempted(form, act):
        return task_page(request, id, {"item": form})
    return see_other(f"{page_of(task)}#checklist")


@login_required
@require_POST
def change_item(request: PageRequest, id: UUID, item_id: UUID) -> HttpResponse:
    """Tick a line, untick it or remove it."""
    task = queries.get_task(request.actor, id)
    item, do = queries.get_item(task, item_id), request.POST.get("do")
    if do == "remove":
        services.remove_item(request.actor, item)
    else:
        services.tick_item(request.actor, item, done=do != "untick")
    return see_other(f"{page_of(task)}#checklist")


@login_required
@require_POST
def attach(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with the task's page, or with the form and its mistakes (422)."""
    task = queries.get_task(request.actor, id)
    require_edit(request.actor, task)
    form = FilesForm(request.POST, request.FILES, prefix="files")
    act = form.cleaned_data["id"] if form.is_valid() else None
    files = kept_files(request.actor, task, act, form) if act else None
    if act is None or files is None:
        return task_page(request, id, {"files": form})
    for file in files:
        services.attach_file(request.actor, derived_id(act, "kept", file.pk), task, file)
    messages.success(request, _("Đã thêm tệp."))
    return see_other(f"{page_of(task)}#files")


@login_required
@require_POST
def detach(request: PageRequest, id: UUID, kept_id: UUID) -> HttpResponse:
    task = queries.get_task(request.actor, id)
    services.detach_file(request.actor, task, queries.get_kept_file(task, kept_id))
    messages.success(request, _("Đã bỏ tệp khỏi nhiệm vụ."))
    return see_other(f"{page_of(task)}#files")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_need(request: PageRequest, id: UUID) -> HttpResponse:
    """What has to be done before this task."""
    task = queries.get_task(request.actor, id)
    require_edit(request.actor, task)
    form = NeedForm(request.POST or None, tasks=queries.tasks_beside(request.actor, task))

    def act() -> object:
        said = form.cleaned_data
        return services.make_dependency(
            request.actor, said["id"], before=form.first, after=task, gap_days=said["gap_days"]
        )

    if form.is_valid() and attempted(form, act):
        messages.success(request, _("Đã ghi thứ tự."))
        return see_other(f"{page_of(task)}#order")
    lead = _("Chỉ chọn được nhiệm vụ cùng danh sách hoặc cùng kế hoạch.")
    return ask(request, form, _asked(task, _("Phải xong trước"), _("Ghi thứ tự"), lead))


@login_required
@require_POST
def remove_need(request: PageRequest, id: UUID, need_id: UUID) -> HttpResponse:
    task = queries.get_task(request.actor, id)
    services.remove_dependency(request.actor, queries.get_need(task, need_id))
    messages.success(request, _("Đã bỏ thứ tự."))
    return see_other(f"{page_of(task)}#order")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: PageRequest, id: UUID) -> HttpResponse:
    """In which column it stands, and under which task it hangs."""
    task = queries.get_task(request.actor, id)
    require_edit(request.actor, task)
    above = queries.tasks_above(request.actor, task)
    if task.parent is not None and task.parent_id not in {each.pk for each in above}:
        above = [task.parent, *above]
    groups = queries.groups_of(task.list)
    initial = {"group": str(task.group_id or ""), "parent": str(task.parent_id or "")}
    form = PlaceForm(request.POST or None, groups=groups, parents=above, initial=initial)
    if form.is_valid() and attempted(form, lambda: _placed(request, task, form)):
        messages.success(request, _("Đã chuyển chỗ."))
        return see_other(page_of(task))
    return ask(request, form, _asked(task, _("Chuyển chỗ"), _("Chuyển")))


def _placed(request: PageRequest, task: Task, form: PlaceForm) -> None:
    services.hang_task(request.actor, task, form.above)
    if task.group_id != (form.column.pk if form.column else None):
        services.place_task(request.actor, task, group=form.column)


def _asked(task: Task, title: str, submit: str, lead: str = "") -> Asked:
    return Asked(
        title=title, submit=submit, cancel_url=page_of(task), crumbs=crumbs_to(task, title),
        lead=lead or task.brief.title,
    )  # fmt: skip


def _require_list(request: PageRequest, task: Task) -> None:
    if not permits.may_edit(request.actor, task) and not permits.may_work(request.actor, task):
        raise Forbidden(verb="task.answer")
