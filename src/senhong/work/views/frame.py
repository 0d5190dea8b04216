"""What the pages of tasks share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from senhong.core import clock
from senhong.core.actor import Actor, Grant
from senhong.core.errors import DomainError
from senhong.core.ids import derived_id
from senhong.files import storage
from senhong.files.models import StoredFile
from senhong.files.services import keep_file
from senhong.web.components import Cell, Column, Crumb, Row, Table
from senhong.web.http import PageRequest
from senhong.work.models import Priority, Task, TaskList
from senhong.work.words import OUTCOME_TONES

_NOT_OF_A_FORM = {403, 404}


def attempted(
    form: Form, act: Callable[[], Any], *, at: Mapping[type[DomainError], str] | None = None
) -> bool:
    """Whether it was done; if not, the form says what is wrong, at a field or at its head."""
    try:
        act()
    except DomainError as wrong:
        if wrong.status in _NOT_OF_A_FORM:
            raise
        form.add_error((at or {}).get(type(wrong)), str(wrong))
        return False
    return True


def kept_files(
    actor: Actor, task: Task, id: UUID, form: Form, field: str = "files"
) -> list[StoredFile] | None:
    """What was sent with a form, kept; None where a file is no use, and the form says which.

    Who may work on the task may lay files at its unit: being named gives no other right there.
    """
    uploads: list[UploadedFile[Any]] = form.cleaned_data[field]
    found = [_stored(form, field, upload) for upload in uploads]
    if form.errors:
        return None
    place = task.unit.path
    layer = Actor(actor.user_id, actor.grants | {Grant("unit.view", place)})
    return [
        keep_file(
            layer, derived_id(id, "file", stored.digest), place=place, is_private=True,
            name=upload.name or "", **vars(stored),
        )
        for upload, stored in zip(uploads, found, strict=True)
        if stored is not None
    ]  # fmt: skip


def _stored(form: Form, field: str, upload: UploadedFile[Any]) -> storage.Stored | None:
    try:
        return storage.save(upload)
    except DomainError as wrong:
        said = _("“{name}”: {mistake}").format(name=upload.name, mistake=wrong)
        form.add_error(field, said)
        return None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a page with one form says around it."""

    title: str
    submit: str
    cancel_url: str
    crumbs: Sequence[Crumb]
    lead: str = ""


def ask(request: PageRequest, form: Form, asked: Asked) -> HttpResponse:
    """The form, empty or with its mistakes (422)."""
    page = {"form": form, "asked": asked}
    return render(request, "work/form.html", page, status=422 if form.is_bound else 200)


def page_of(task: Task) -> str:
    return reverse("work:task", args=[task.pk])


def list_page_of(row: TaskList) -> str:
    return reverse("work:list", args=[row.pk])


def crumbs_to(task: Task, here: str = "") -> list[Crumb]:
    """From all work over the list and the task above to the task, and on to a page of it."""
    crumbs = [*list_crumbs(task.list, is_last=False)]
    if task.parent is not None:
        crumbs.append(Crumb(task.parent.brief.title, page_of(task.parent)))
    crumbs.append(Crumb(task.brief.title, page_of(task) if here else ""))
    return [*crumbs, Crumb(here)] if here else crumbs


def list_crumbs(row: TaskList, here: str = "", *, is_last: bool = True) -> list[Crumb]:
    crumbs = [Crumb(_("Nhiệm vụ"), reverse("work:tasks"))]
    url = "" if is_last and not here else list_page_of(row)
    crumbs.append(Crumb(row.name, url))
    return [*crumbs, Crumb(here)] if here else crumbs


def tasks_table(
    found: Sequence[Task], caption: str = "", *, empty: str = "", with_unit: bool = True
) -> Table:
    """Tasks as lines: what, who, until when, how it stands."""
    now = clock.now()
    columns = [Column(_("Nhiệm vụ")), Column(pgettext("thời hạn", "Hạn"))]
    columns += [Column(_("Tình trạng")), Column(_("Ai làm"))]
    return Table(
        caption or _("Nhiệm vụ"), columns,
        [_row(each, now, with_unit=with_unit) for each in found],
        empty=empty or _("Không có nhiệm vụ nào."),
    )  # fmt: skip


def _row(each: Task, now: datetime, *, with_unit: bool) -> Row:
    outcome = each.outcome(now)
    who = str(each.assignee or _("chưa phân công"))
    return Row(
        [
            Cell(each.brief.title, page_of(each), is_header=True, note=_marks(each)),
            Cell(clock.as_said(each.due_at), note=_late(each, now)),
            Cell(
                outcome.label if outcome else each.get_state_display(),
                tone=OUTCOME_TONES.get(outcome or "", "neutral"),
                note=each.get_state_display(),
            ),
            Cell(each.unit.title, note=who) if with_unit else Cell(who),
        ],
        id=f"task-{each.pk}",
    )


def _marks(each: Task) -> str:
    said = [_("Ưu tiên: {priority}").format(priority=each.get_priority_display())]
    said = said if each.priority >= Priority.HIGH else []
    if each.is_extended:
        said.append(_("được gia hạn"))
    if each.wants_extension:
        said.append(_("đang xin gia hạn"))
    return " · ".join([*said, *each.brief.tags])


def _late(each: Task, now: datetime) -> str:
    days = int(each.clock.late_s(now) // 86_400)
    return _("trễ {days} ngày").format(days=days) if days else ""


def id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
