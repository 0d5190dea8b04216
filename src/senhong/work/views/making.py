"""A task is made and edited; of two who edit one, the second sees both and chooses."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import DomainError
from senhong.ledger.queries import indicators
from senhong.org.models import Unit
from senhong.plans.queries import units_where
from senhong.web.components import Crumb, Shown
from senhong.web.http import PageRequest, see_other
from senhong.work import permits, queries, services
from senhong.work.answering import AnswerKind
from senhong.work.errors import (
    ColumnsUnusable,
    CountedTaskUnclear,
    EditConflict,
    NobodyThere,
    NothingSaid,
    TaskDatesDisordered,
    TaskUnitNotStanding,
)
from senhong.work.forms.tasks import (
    NewTaskForm,
    TaskChoices,
    TaskForm,
    as_typed,
    merged,
    unchanged_since,
)
from senhong.work.models import Priority, Task, TaskList
from senhong.work.services import TaskFacts, TaskPlace
from senhong.work.services.asking import require_edit
from senhong.work.views.frame import (
    Asked,
    ask,
    attempted,
    crumbs_to,
    id_in,
    list_crumbs,
    list_page_of,
    page_of,
)

AT: dict[type[DomainError], str] = {
    NothingSaid: "title",
    TaskDatesDisordered: "due_on",
    CountedTaskUnclear: "quantity",
    ColumnsUnusable: "columns",
}
AT_NEW = AT | {NobodyThere: "assignee"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_task(request: PageRequest) -> HttpResponse:
    """First in which list, where nothing says so; then the rest."""
    actor = request.actor
    above, into = id_in(request.GET.get("parent", "")), id_in(request.GET.get("list", ""))
    parent = queries.get_task(actor, above) if above else None
    if parent is None and into is None:
        return _whose(request)
    row = parent.list if parent else queries.get_list(actor, into or UUID(int=0))
    _require_making(actor, row, parent)
    unit = parent.unit if parent else row.unit
    form = NewTaskForm(request.POST or None, choices=_choices(actor, row, unit, parent))

    def act() -> object:
        place = TaskPlace(list=row, group=form.column, parent=parent, unit=form.doer)
        return services.make_task(
            actor, form.cleaned_data["id"], form.read(), place, assignee=form.answerable
        )

    at = AT_NEW | ({TaskUnitNotStanding: "unit"} if "unit" in form.fields else {})
    if form.is_valid() and attempted(form, act, at=at):
        messages.success(request, _("Đã lập nhiệm vụ."))
        return see_other("work:task", form.cleaned_data["id"])
    return ask(request, form, _asked_new(row, parent))


def _asked_new(row: TaskList, parent: Task | None) -> Asked:
    title = _("Thêm nhiệm vụ con") if parent else _("Thêm nhiệm vụ")
    return Asked(
        title=title,
        submit=_("Lưu nhiệm vụ"),
        cancel_url=page_of(parent) if parent else list_page_of(row),
        crumbs=crumbs_to(parent, title) if parent else list_crumbs(row, title),
        lead=parent.brief.title if parent else row.name,
    )


def _whose(request: PageRequest) -> HttpResponse:
    """A choice of lists into which the reader may put tasks."""
    actor = request.actor
    lists = [r for r in queries.lists_of(actor) if actor.can("task.edit", at=r.unit.path)]
    page = {
        "lists": lists,
        "crumbs": [Crumb(_("Nhiệm vụ"), reverse("work:tasks")), Crumb(_("Thêm nhiệm vụ"))],
        "may_make": any(True for _path in actor.paths("task.edit")),
    }
    return render(request, "work/whose.html", page)


def _require_making(actor: Actor, row: TaskList, parent: Task | None) -> None:
    if parent is None:
        actor.require("task.edit", at=row.unit.path)
    elif not permits.may_work(actor, parent):
        actor.require("task.edit", at=parent.unit.path)


def _choices(actor: Actor, row: TaskList, unit: Unit, parent: Task | None) -> TaskChoices:
    day = as_day(clock.today())
    below = [
        each
        for each, _above in units_where(actor, "task.assign", first=day, last=day)
        if each.path.startswith(unit.path) and each != unit
    ]
    may_give = actor.can("task.edit", at=unit.path)
    return TaskChoices(
        indicators=indicators(),
        units=[unit, *below] if may_give else [unit],
        groups=queries.groups_of(row) if parent is None else (),
        people=queries.people_at(unit),
        due_hour=queries.work_rule_of(unit).due_hour,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_task(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with the task's page, with the form and its mistakes (422), or, where somebody has
    saved another version meanwhile, with both of them side by side (409)."""
    task = queries.get_task(request.actor, id)
    require_edit(request.actor, task)
    stands = TaskFacts.of(task)
    hour = queries.work_rule_of(task.unit).due_hour
    choices = TaskChoices(indicators=indicators(), due_hour=hour)
    initial = as_typed(stands, task.version)
    form = TaskForm(request.POST or None, choices=choices, initial=initial)
    if form.is_bound and form.is_valid():
        mine = merged(form.read(stands), stands, _taken(request))
        try:
            if attempted(form, lambda: _change(request.actor, task, mine, form), at=AT):
                messages.success(request, _("Đã lưu."))
                return see_other(page_of(task))
        except _Both as both:
            return _both(request, task, form, both)
    title = _("Sửa nhiệm vụ")
    asked = Asked(
        title=title, submit=_("Lưu"), cancel_url=page_of(task), crumbs=crumbs_to(task, title),
        lead=_("Các đơn vị đã nhận nhiệm vụ này sẽ thấy nội dung mới.") if task.is_sent else "",
    )  # fmt: skip
    return ask(request, form, asked)


@dataclass
class _Both(Exception):
    """Two versions, to be shown."""

    mine: TaskFacts
    conflict: EditConflict


def _change(actor: Actor, task: Task, mine: TaskFacts, form: TaskForm) -> None:
    seen = form.cleaned_data["seen"]
    try:
        services.change_task(actor, task, mine, seen=task.version if seen is None else seen)
    except EditConflict as conflict:
        raise _Both(mine, conflict) from conflict


def _taken(request: PageRequest) -> list[str]:
    """The facts of which the person chose the other's version."""
    names = TaskFacts.__dataclass_fields__
    return [name for name in names if request.POST.get(f"pick-{name}") == "theirs"]


def _both(request: PageRequest, task: Task, form: TaskForm, both: _Both) -> HttpResponse:
    """Both versions of what differs; everything else of the form comes along, hidden."""
    stands, mine = TaskFacts.of(task), both.mine
    untouched = unchanged_since(form.cleaned_data["was"], mine)
    changes = [e for e in queries.history_of(task) if e.name == "task.changed"]
    sent = {name: request.POST.getlist(name) for name in form.fields if name != "seen"}
    page = {
        "task": task,
        "crumbs": crumbs_to(task, _("Hai bản khác nhau")),
        "last": changes[-1] if changes else None,
        "seen": both.conflict.version,
        "sent": [(name, value) for name, values in sent.items() for value in values],
        "differing": [
            {
                "name": name,
                "label": _called(name),
                "mine": _said(mine, name),
                "theirs": _said(stands, name),
                "takes_theirs": name in untouched,
            }
            for name in mine.differing(stands)
        ],
    }
    return render(request, "work/conflict.html", page, status=409)


def _called(name: str) -> str:
    return {
        "title": _("Tên nhiệm vụ"),
        "words": _("Nội dung"),
        "tags": _("Nhãn"),
        "form": _("Kết quả phải có"),
        "priority": _("Ưu tiên"),
        "starts_at": _("Bắt đầu"),
        "due_at": pgettext("thời hạn", "Hạn"),
        "is_reviewed": _("Kết quả phải được duyệt"),
        "clause": _("Mục của văn bản"),
        "indicator": _("Tự đếm theo chỉ tiêu"),
        "quantity": _("Mức phải đạt"),
    }[name]


def _said(facts: TaskFacts, name: str) -> Shown:
    """As people read it."""
    value = getattr(facts, name)
    if name == "form":
        titles = ", ".join(column.title for column in facts.form.columns)
        kind = str(AnswerKind(facts.form.kind).label)
        return ": ".join(filter(None, [kind, facts.form.label or titles]))
    if name == "priority":
        return Priority(value).label
    if name == "tags":
        return ", ".join(value)
    if name == "is_reviewed":
        return _("có") if value else _("không")
    if value is None:
        return _("(để trống)")
    return value if name in {"starts_at", "due_at", "quantity"} else str(value) or _("(để trống)")
