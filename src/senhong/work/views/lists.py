"""Lists of tasks: of a plan with its days and milestones, or a unit's standing work."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.ids import uuid7
from senhong.org.queries import get_unit
from senhong.plans.queries import get_plan, plan_choices, units_where
from senhong.web.components import Cell, Column, Crumb, Row, Table
from senhong.web.http import PageRequest, see_other
from senhong.work import queries, services
from senhong.work.errors import ListDatesDisordered, NothingSaid
from senhong.work.forms.lists import GroupForm, ListForm, MilestoneForm
from senhong.work.models import Task, TaskGroup, TaskList
from senhong.work.queries import ListNumbers
from senhong.work.services import ListFacts
from senhong.work.views.frame import (
    Asked,
    ask,
    attempted,
    id_in,
    list_crumbs,
    list_page_of,
    tasks_table,
)

_AT = {NothingSaid: "name", ListDatesDisordered: "last_on"}


@login_required
@require_safe
def task_lists(request: PageRequest) -> HttpResponse:
    """Lists of a plan, of a unit, or all that the reader sees."""
    actor, key = request.actor, request.GET.get("unit", "")
    plan_id = id_in(request.GET.get("plan", ""))
    unit = get_unit(actor, key) if key else None
    plan = get_plan(actor, plan_id) if plan_id else None
    closed = bool(request.GET.get("closed"))
    lists = queries.lists_of(actor, unit=unit, plan=plan, with_closed=closed)
    asked = f"plan={plan.pk}" if plan else f"unit={unit.key}" if unit else ""
    page = {
        "scope": plan.name if plan else unit.title if unit else "",
        "crumbs": _crumbs_of((plan.name, f"/plans/{plan.pk}/") if plan else None),
        "lists": lists_table(actor, lists),
        "new_url": f"{reverse('work:new-list')}?{asked}" if _may_make(actor) else "",
        "closed_url": "" if closed else f"?{asked}&closed=1",
    }
    return render(request, "work/lists.html", page)


def _crumbs_of(plan: tuple[str, str] | None) -> list[Crumb]:
    if plan:
        return [Crumb(_("Kế hoạch"), "/plans/"), Crumb(*plan), Crumb(_("Nhiệm vụ"))]
    return [Crumb(_("Nhiệm vụ"), reverse("work:tasks")), Crumb(_("Danh sách"))]


def lists_table(actor: Actor, lists: list[TaskList]) -> Table:
    """Lists with their days and how many of their tasks are open. One query."""
    numbers = queries.numbers_of_lists(actor, lists)
    columns = [Column(_("Danh sách")), Column(_("Thời gian"))]
    columns += [Column(_("Chưa xong"), numeric=True), Column(_("Quá hạn"), numeric=True)]
    rows = [_list_row(each, numbers.get(each.pk, ListNumbers())) for each in lists]
    return Table(_("Danh sách nhiệm vụ"), columns, rows, empty=_("Chưa có danh sách nào."))


def _list_row(each: TaskList, numbers: ListNumbers) -> Row:
    kind = each.plan.name if each.plan else _("việc thường xuyên")
    closed = _("đã đóng") if each.is_closed else ""
    note = " · ".join(filter(None, [each.unit.title, kind, closed]))
    late = f"{list_page_of(each)}?show=all" if numbers.overdue else ""
    return Row(
        [
            Cell(each.name, list_page_of(each), is_header=True, note=note),
            Cell(days_of(each) or "–"),
            Cell(numbers.open),
            Cell(numbers.overdue, late, tone="behind" if numbers.overdue else ""),
        ]
    )


def days_of(row: TaskList) -> str:
    said = [date_format(day, "DATE_FORMAT") if day else "…" for day in (row.first_on, row.last_on)]
    return " – ".join(said) if row.first_on or row.last_on else ""


@login_required
@require_safe
def task_list(request: PageRequest, id: UUID) -> HttpResponse:
    return list_page(request, id)


def list_page(request: PageRequest, id: UUID, wrong: dict[str, Form] | None = None) -> HttpResponse:
    """A list: its tasks by group, its milestones; with the mistakes of a form (422)."""
    actor, row = request.actor, queries.get_list(request.actor, id)
    shows_all = request.GET.get("show") == "all"
    groups = queries.groups_of(row)
    found = queries.tasks_of_list(actor, row, with_ended=shows_all)
    may_edit = actor.can("task.edit", at=row.unit.path)
    forms: dict[str, Form] = {
        "group": GroupForm(prefix="group"), "milestone": MilestoneForm(prefix="milestone"),
    }  # fmt: skip
    page = {
        "list": row,
        "days": days_of(row),
        "crumbs": list_crumbs(row),
        "columns": _columns(groups, found),
        "groups": groups,
        "milestones": [(each, each.on_day < clock.today()) for each in queries.milestones_of(row)],
        "may_edit": may_edit,
        "may_add": may_edit and not row.is_closed,
        "show_url": "?" if shows_all else "?show=all",
        "shows_all": shows_all,
        "forms": forms | (wrong or {}),
        "wrong": next(iter(wrong or {}), ""),
    }
    return render(request, "work/list.html", page, status=422 if wrong else 200)


def _columns(groups: list[TaskGroup], found: list[Task]) -> list[dict[str, object]]:
    """The tasks of each group, those of none first where there are any."""
    by_group: dict[UUID | None, list[Task]] = {None: [], **{group.pk: [] for group in groups}}
    for task in found:
        by_group.setdefault(task.group_id, []).append(task)
    named = [(group.name, by_group[group.pk]) for group in groups]
    if by_group[None] or not groups:
        named.insert(0, (_("Chưa xếp nhóm") if groups else _("Nhiệm vụ"), by_group[None]))
    return [
        {
            "name": name,
            "number": ngettext("{number} việc", "{number} việc", len(tasks)).format(
                number=len(tasks)
            ),
            "table": tasks_table(tasks, name, empty=_("Chưa có nhiệm vụ nào ở đây.")),
        }
        for name, tasks in named
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_list(request: PageRequest) -> HttpResponse:
    actor = request.actor
    begun = {name: request.GET[name] for name in ("unit", "plan") if name in request.GET}
    if (plan_id := id_in(begun.get("plan", ""))) and "unit" not in begun:
        begun["unit"] = get_plan(actor, plan_id).unit.key
    form = _list_form(request, {"id": uuid7(), **begun})

    def act() -> object:
        return services.make_list(actor, form.cleaned_data["id"], form.read())

    if form.is_valid() and attempted(form, act, at=_AT):
        messages.success(request, _("Đã lập danh sách."))
        return see_other("work:list", form.cleaned_data["id"])
    crumbs = [Crumb(_("Nhiệm vụ"), reverse("work:tasks")), Crumb(_("Lập danh sách"))]
    asked = Asked(
        title=_("Lập danh sách nhiệm vụ"), submit=_("Lập danh sách"),
        cancel_url=reverse("work:lists"), crumbs=crumbs,
    )  # fmt: skip
    return ask(request, form, asked)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_list(request: PageRequest, id: UUID) -> HttpResponse:
    row = queries.get_list(request.actor, id)
    request.actor.require("task.edit", at=row.unit.path)
    facts = ListFacts.of(row)
    initial = vars(facts) | {"id": row.pk, "unit": row.unit.key, "plan": str(row.plan_id or "")}
    form = _list_form(request, initial)
    form.fields["unit"].disabled = True
    form.fields["unit"].choices = [(row.unit.key, row.unit.title)]  # type: ignore[attr-defined]
    form.units = [(row.unit, "")]

    def act() -> object:
        return services.change_list(request.actor, row, form.read())

    if form.is_valid() and attempted(form, act, at=_AT):
        messages.success(request, _("Đã lưu danh sách."))
        return see_other(list_page_of(row))
    title = _("Sửa danh sách")
    asked = Asked(
        title=title, submit=_("Lưu"), cancel_url=list_page_of(row), crumbs=list_crumbs(row, title)
    )
    return ask(request, form, asked)


@login_required
@require_POST
def close_list(request: PageRequest, id: UUID) -> HttpResponse:
    """Close it, or open it again."""
    row = queries.get_list(request.actor, id)
    closed = request.POST.get("do") != "open"
    services.close_list(request.actor, row, closed=closed)
    messages.success(request, _("Đã đóng danh sách.") if closed else _("Đã mở lại danh sách."))
    return see_other(list_page_of(row))


@login_required
@require_POST
def add_group(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with the list's page, or with the form and its mistakes (422)."""
    row = queries.get_list(request.actor, id)
    request.actor.require("task.edit", at=row.unit.path)
    form = GroupForm(request.POST, prefix="group")
    position = max((g.position for g in queries.groups_of(row)), default=0) + 1

    def act() -> object:
        said = form.cleaned_data
        return services.make_group(
            request.actor, said["id"], row, name=said["name"], position=position
        )

    if not form.is_valid() or not attempted(form, act, at={NothingSaid: "name"}):
        return list_page(request, id, {"group": form})
    return see_other(f"{list_page_of(row)}#groups")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_group(request: PageRequest, id: UUID) -> HttpResponse:
    """Another name, a place further up, or gone."""
    group = queries.get_group(request.actor, id)
    row = group.list
    request.actor.require("task.edit", at=row.unit.path)
    back, do = f"{list_page_of(row)}#groups", request.POST.get("do", "")
    if do == "remove":
        services.remove_group(request.actor, group)
        messages.success(request, _("Đã bỏ nhóm. Các nhiệm vụ của nhóm nay chưa xếp nhóm nào."))
        return see_other(back)
    if do == "up":
        _move_up(request.actor, row, group)
        return see_other(back)
    form = GroupForm(request.POST or None, initial={"id": group.pk, "name": group.name})

    def act() -> object:
        name = form.cleaned_data["name"]
        return services.make_group(request.actor, group.pk, row, name=name, position=group.position)

    if form.is_valid() and attempted(form, act, at={NothingSaid: "name"}):
        return see_other(back)
    title = _("Đổi tên nhóm")
    asked = Asked(title=title, submit=_("Lưu"), cancel_url=back, crumbs=list_crumbs(row, title))
    return ask(request, form, asked)


def _move_up(actor: Actor, row: TaskList, group: TaskGroup) -> None:
    """It changes places with the one before it."""
    order = [g.pk for g in queries.groups_of(row)]
    names = {g.pk: g.name for g in queries.groups_of(row)}
    at = order.index(group.pk)
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    for position, id in enumerate(order, start=1):
        services.make_group(actor, id, row, name=names[id], position=position)


@login_required
@require_POST
def add_milestone(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with the list's page, or with the form and its mistakes (422)."""
    row = queries.get_list(request.actor, id)
    request.actor.require("task.edit", at=row.unit.path)
    form = MilestoneForm(request.POST, prefix="milestone")

    def act() -> object:
        said = form.cleaned_data
        return services.set_milestone(
            request.actor, said["id"], row, name=said["name"], on_day=said["on_day"]
        )

    if not form.is_valid() or not attempted(form, act, at={NothingSaid: "name"}):
        return list_page(request, id, {"milestone": form})
    return see_other(f"{list_page_of(row)}#milestones")


@login_required
@require_POST
def remove_milestone(request: PageRequest, id: UUID, milestone_id: UUID) -> HttpResponse:
    row = queries.get_list(request.actor, id)
    services.remove_milestone(request.actor, queries.get_milestone(row, milestone_id))
    return see_other(f"{list_page_of(row)}#milestones")


def _may_make(actor: Actor) -> bool:
    return any(True for _path in actor.paths("task.edit"))


def _list_form(request: PageRequest, initial: dict[str, object]) -> ListForm:
    day = as_day(clock.today())
    units = units_where(request.actor, "task.edit", first=day, last=day)
    plans = plan_choices(request.actor)
    return ListForm(request.POST or None, units=units, plans=plans, initial=initial)
