"""A task is sent to many units: choose, look at whom it would go to, send as one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from senhong.core.errors import DomainError
from senhong.org.models import Unit
from senhong.web.components import Crumb
from senhong.web.http import PageRequest, see_other
from senhong.work import queries, services
from senhong.work.down_forms import SendForm
from senhong.work.errors import UnitsChanged
from senhong.work.models import Task
from senhong.work.queries.choosing import Found, units_below, units_found
from senhong.work.services import Sent

MOST_TICKS = 400  # boxes in one form; of more the whole list goes


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of the preview."""

    unit: Unit
    has_it: bool
    is_ticked: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: PageRequest, id: UUID) -> HttpResponse:
    """Nothing is sent before the units were shown."""
    task = queries.get_task(request.actor, id)
    request.actor.require("task.assign", at=task.unit.path)
    below = units_below(request.actor, task)
    if request.method != "POST":
        return _page(request, task, SendForm.begun(task, below))
    form = SendForm(request.POST, task=task, below=below)
    if not form.is_valid():
        return _page(request, task, form, status=422)
    if request.POST.get("do") == "send":
        return _send(request, task, form, below)
    found = units_found(request.actor, task, form.asked, below)
    return _page(request, task, form, found, status=422 if found.mistakes else 200)


def _send(request: PageRequest, task: Task, form: SendForm, below: Sequence[Unit]) -> HttpResponse:
    keys = set(request.POST.getlist("units") or request.POST.get("all", "").split())
    units = [unit for unit in below if unit.key in keys]
    try:
        if len(units) < len(keys):  # the map changed since they were shown
            raise UnitsChanged
        sent = services.assign_down(
            request.actor, form.cleaned_data["id"], task, units, due_at=form.due_at
        )
    except DomainError as mistake:
        form.add_error(None, str(mistake))
        found = units_found(request.actor, task, form.asked, below)
        return _page(request, task, form, found, status=mistake.status, ticked=keys)
    _say(request, sent)
    return see_other(f"{reverse('work:matrix')}?task={task.pk}")


def _say(request: PageRequest, sent: Sent) -> None:
    number, already = sent.assignment.units, len(sent.already)
    told = ngettext("Đã giao cho {number} đơn vị.", "Đã giao cho {number} đơn vị.", number)
    messages.success(request, told.format(number=number))
    if already:
        told = ngettext(
            "{number} đơn vị đã có nhiệm vụ này từ trước nên không giao lần nữa.",
            "{number} đơn vị đã có nhiệm vụ này từ trước nên không giao lần nữa.", already,
        )  # fmt: skip
        messages.info(request, told.format(number=already))


def _page(
    request: PageRequest,
    task: Task,
    form: SendForm,
    found: Found | None = None,
    *,
    status: int = 200,
    ticked: set[str] | None = None,
) -> HttpResponse:
    page = {
        "task": task,
        "form": form,
        "crumbs": down_crumbs(task, _("Giao xuống")),
        "found": found,
        "lines": _lines(found, ticked) if found else [],
        "by_hand": found is not None and len(found.new) <= MOST_TICKS,
        "all": " ".join(unit.key for unit in found.new) if found else "",
        "sums": _sums(found) if found else "",
    }
    return render(request, "work/assign.html", page, status=status)


def _lines(found: Found, ticked: set[str] | None) -> list[Line]:
    return [
        Line(unit, unit.pk in found.have, ticked is None or unit.key in ticked)
        for unit in found.units
    ]


def _sums(found: Found) -> str:
    number, have = len(found.new), len(found.units) - len(found.new)
    told = ngettext("{number} đơn vị sẽ nhận.", "{number} đơn vị sẽ nhận.", number)
    said = told.format(number=number)
    if have:
        told = ngettext("{number} đơn vị đã nhận.", "{number} đơn vị đã nhận.", have)
        said = f"{said} {told.format(number=have)}"
    return said


def down_crumbs(task: Task, here: str) -> list[Crumb]:
    """The way to a page about one task."""
    return [
        Crumb(_("Nhiệm vụ"), reverse("work:tasks")),
        Crumb(task.brief.title, reverse("work:task", args=[task.pk])),
        Crumb(here),
    ]
