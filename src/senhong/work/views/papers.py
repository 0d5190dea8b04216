"""A directive: its clauses, what is done about them, and the report of it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from senhong.core.ids import uuid7
from senhong.plans.models import Directive
from senhong.plans.queries import get_directive
from senhong.web.components import Crumb, Fact
from senhong.web.http import PageRequest, see_other
from senhong.web.workbooks import xlsx_response
from senhong.work import queries, services
from senhong.work.paper_forms import ClauseForm, ClausesForm
from senhong.work.paper_tables import sheets, summary, tasks_table, units_table


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def directive_work(request: PageRequest, id: UUID) -> HttpResponse:
    """The clauses with their tasks and outcomes; further clauses are written here.

    Answers with the page, or with the form and its mistakes (422).
    """
    directive = get_directive(request.actor, id)
    form = ClausesForm(request.POST or None, initial={"id": uuid7()})
    if request.method == "POST":
        request.actor.require("task.edit", at=directive.unit.path)
        if form.is_valid():
            written = services.write_clauses(
                request.actor, form.cleaned_data["id"], directive, form.read()
            )
            text = ngettext("Đã ghi {number} mục.", "Đã ghi {number} mục.", len(written))
            messages.success(request, text.format(number=len(written)))
            return see_other("work:directive", directive.pk)
    return _work_page(request, directive, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_clause(request: PageRequest, id: UUID) -> HttpResponse:
    """Answers with the directive's page, or with the form and its mistakes (422)."""
    clause = queries.get_clause(request.actor, id)
    request.actor.require("task.edit", at=clause.directive.unit.path)
    said = {"number": clause.number, "words": clause.words}
    form = ClauseForm(request.POST if request.method == "POST" else None, initial=said)
    if form.is_bound and form.is_valid():
        services.write_clause(
            request.actor, clause.pk, clause.directive, position=clause.position,
            **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, _("Đã lưu mục."))
        return see_other("work:directive", clause.directive_id)
    crumbs = directive_crumbs(clause.directive, inside=True)
    page = {"form": form, "clause": clause, "crumbs": [*crumbs, Crumb(clause.number)]}
    return render(request, "work/clause_form.html", page, status=422 if form.is_bound else 200)


@login_required
@require_POST
def remove_clause(request: PageRequest, id: UUID) -> HttpResponse:
    clause = queries.get_clause(request.actor, id)
    services.remove_clause(request.actor, clause)
    messages.success(request, _("Đã bỏ mục. Nhiệm vụ của mục vẫn còn."))
    return see_other("work:directive", clause.directive_id)


@login_required
@require_safe
def directive_report(request: PageRequest, id: UUID) -> HttpResponse:
    """The report of the execution, for reading and for print."""
    directive = get_directive(request.actor, id)
    found = queries.execution_of(request.actor, directive)
    page = {
        "directive": directive,
        "found": found,
        "facts": _head(directive),
        "summary": summary(found),
        "clauses": [(each.clause, tasks_table(each, linked=False)) for each in found.clauses],
        "units": units_table(found),
        "crumbs": [*directive_crumbs(directive, inside=True), Crumb(_("Báo cáo"))],
    }
    return render(request, "work/directive_report.html", page)


@login_required
@require_safe
def directive_workbook(request: PageRequest, id: UUID) -> HttpResponse:
    """The report as a workbook."""
    directive = get_directive(request.actor, id)
    name = _("Thực hiện {directive}.xlsx").format(directive=directive.number or directive.subject)
    return xlsx_response(name, sheets(queries.execution_of(request.actor, directive)))


def directive_crumbs(directive: Directive, *, inside: bool = False) -> list[Crumb]:
    """The way to the directive's work; ``inside``: and further."""
    above = reverse("plans:directive", args=[directive.pk])
    here = reverse("work:directive", args=[directive.pk]) if inside else ""
    return [
        Crumb(_("Kế hoạch"), reverse("plans:plans")),
        Crumb(directive.number or directive.subject, above),
        Crumb(_("Thực hiện"), here),
    ]


def _work_page(request: PageRequest, directive: Directive, form: ClausesForm) -> HttpResponse:
    actor = request.actor
    found = queries.execution_of(actor, directive)
    page = {
        "directive": directive,
        "found": found,
        "summary": summary(found),
        "clauses": [(each.clause, tasks_table(each, linked=True)) for each in found.clauses],
        "form": form,
        "crumbs": directive_crumbs(directive),
        "may_edit": actor.can("task.edit", at=directive.unit.path),
        "may_split": bool(found.clauses) and any(actor.paths("task.edit")),
    }
    return render(request, "work/directive.html", page, status=422 if form.is_bound else 200)


def _head(directive: Directive) -> list[Fact]:
    facts = [
        Fact(_("Văn bản"), str(directive)),
        Fact(_("Cơ quan ban hành"), directive.issuer),
        Fact(_("Ngày ban hành"), directive.issued_on),
    ]
    if directive.received_on:
        facts.append(Fact(_("Ngày nhận"), directive.received_on))
    if directive.due_on:
        facts.append(Fact(_("Hạn thực hiện"), directive.due_on))
    return facts
