"""One form makes the tasks that carry out a directive; they are looked at before they are saved."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.ids import uuid7
from senhong.org.models import Level, Unit
from senhong.org.queries import get_unit
from senhong.plans.models import Directive
from senhong.plans.queries import get_directive, units_where
from senhong.web.components import Cell, Column, Crumb, Row, Table
from senhong.web.http import PageRequest, see_other
from senhong.work import queries, services
from senhong.work.models import Clause
from senhong.work.paper_forms import MOST_LINES, SKIP, LineForm, Lines, SplitChoices, SplitForm
from senhong.work.queries import Chosen
from senhong.work.views.papers import directive_crumbs

_MORE = 3  # lines at a time
_PREFIX = "line"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def split_directive(request: PageRequest, id: UUID) -> HttpResponse:
    """Lines to fill in, then what would be made of them; only ``save`` saves anything."""
    directive = get_directive(request.actor, id)
    choices = _choices(request, directive)
    if request.method != "POST":
        return _form_page(request, *_first_forms(choices))
    do = request.POST.get("do", "")
    data = _with_more(request.POST) if do == "more" else request.POST
    head = SplitForm(data, choices=choices)
    lines = _lines(choices, data)
    if not (head.is_valid() & lines.is_valid()):
        return _form_page(request, head, lines, status=200 if do == "more" else 422)
    if do == "save":
        return _save(request, head, lines)
    if do == "preview":
        return _preview_page(request, head, lines)
    return _form_page(request, head, lines)


def _save(request: PageRequest, head: SplitForm, lines: Any) -> HttpResponse:
    usual = head.cleaned_data["due_on"]
    made = services.split_directive(
        request.actor, head.cleaned_data["id"], head.choices.directive, head.into(),
        [line.read(usual) for line in lines.used],
    )  # fmt: skip
    text = ngettext("Đã lập {number} nhiệm vụ.", "Đã lập {number} nhiệm vụ.", len(made))
    messages.success(request, text.format(number=len(made)))
    return see_other("work:directive", head.choices.directive.pk)


def _choices(request: PageRequest, directive: Directive) -> SplitChoices:
    actor = request.actor
    unit = _unit(actor, directive, request.GET.get("unit", ""))
    return SplitChoices(
        unit=unit,
        directive=directive,
        clauses=queries.clauses_of(directive),
        lists=queries.lists_of(actor, unit=unit),
        rule=queries.work_rule_of(unit),
        sendings=[each for each in _sendings(actor, unit) if each[2]],
    )


def _unit(actor: Actor, directive: Directive, key: str) -> Unit:
    """Whose tasks they become: the unit that is named, that keeps the document, or one's own.

    Raises Forbidden, NotFound.
    """
    if key:
        unit = get_unit(actor, key)
        actor.require("task.edit", at=unit.path)
        return unit
    if actor.can("task.edit", at=directive.unit.path):
        return directive.unit
    today = as_day(clock.today())
    for unit, _above in units_where(actor, "task.edit", first=today, last=today):
        return unit
    actor.require("task.edit", at=directive.unit.path)
    return directive.unit


def _sendings(actor: Actor, unit: Unit) -> list[tuple[str, str, Sequence[Unit]]]:
    """To whom a task can be sent at once; who wants others sends it from the task's page."""
    return [
        (name, title, queries.units_chosen(actor, unit, chosen))
        for name, title, chosen in (
            ("districts", _("Mọi đơn vị cấp huyện"), Chosen(level=Level.DISTRICT)),
            ("communes", _("Mọi đơn vị cấp xã"), Chosen(level=Level.COMMUNE)),
            ("teamless", _("Các xã chưa có tổ"), Chosen(level=Level.COMMUNE, teamless=True)),
        )
    ]


def _first_forms(choices: SplitChoices) -> tuple[SplitForm, Any]:
    """A line for each clause that no task carries out yet; else a few that are empty."""
    directive = choices.directive
    today = clock.today()
    head = SplitForm(
        choices=choices,
        initial={
            "id": uuid7(), "name": str(directive)[:200],
            "due_on": directive.due_on if directive.due_on and directive.due_on >= today else None,
        },
    )  # fmt: skip
    idle = queries.idle_clauses(directive, choices.unit)[: MOST_LINES - _MORE]
    first: list[dict[str, Any]] = [_first_line(clause) for clause in idle]
    return head, Lines(
        initial=first or [{"clause": SKIP} for _line in range(_MORE)],
        prefix=_PREFIX,
        form_kwargs={"choices": choices},
    )


def _first_line(clause: Clause) -> dict[str, Any]:
    return {"clause": str(clause.pk), "title": clause.words[:300]}


def _lines(choices: SplitChoices, data: QueryDict) -> Any:
    return Lines(data, prefix=_PREFIX, form_kwargs={"choices": choices})


def _with_more(data: QueryDict) -> QueryDict:
    """The same with a few empty lines at the end."""
    said = data.get(f"{_PREFIX}-TOTAL_FORMS", "")
    more = data.copy()
    number = int(said) if said.isdecimal() and len(said) < 4 else 0
    last = min(number + _MORE, MOST_LINES)
    more[f"{_PREFIX}-TOTAL_FORMS"] = str(last)
    for line in range(number, last):
        more[f"{_PREFIX}-{line}-clause"] = SKIP
    return more


def _form_page(
    request: PageRequest, head: SplitForm, lines: Any, *, status: int = 200
) -> HttpResponse:
    choices = head.choices
    page = _page(choices) | {"head": head, "lines": lines}
    return render(request, "work/directive_split.html", page, status=status)


def _preview_page(request: PageRequest, head: SplitForm, lines: Any) -> HttpResponse:
    """What would be made, and every field as it was typed, hidden."""
    used: list[LineForm] = lines.used
    into = head.into()
    page = _page(head.choices) | {
        "head": head,
        "lines": lines,
        "table": _preview_table(used, head),
        "list_name": into.name,
        "number": len(used),
    }
    return render(request, "work/directive_split_preview.html", page)


def _preview_table(used: list[LineForm], head: SplitForm) -> Table:
    usual = head.cleaned_data["due_on"]
    return Table(
        _("Nhiệm vụ sẽ lập"),
        [Column(_("Mục")), Column(_("Nhiệm vụ")), Column(_("Hạn")), Column(_("Giao cho"))],
        [
            Row([
                Cell(line.part.number),
                Cell(line.cleaned_data["title"], is_header=True),
                Cell(clock.as_said(line.due_at(usual)) or _("không có hạn")),
                Cell(line.to_label),
            ])
            for line in used
        ],
    )  # fmt: skip


def _page(choices: SplitChoices) -> dict[str, Any]:
    return {
        "directive": choices.directive,
        "unit": choices.unit,
        "has_clauses": bool(choices.clauses),
        "crumbs": [*directive_crumbs(choices.directive, inside=True), Crumb(_("Phân rã"))],
    }
