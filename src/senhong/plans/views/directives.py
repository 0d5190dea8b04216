from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files import File
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import DomainError
from senhong.core.ids import derived_id, uuid7
from senhong.files import storage
from senhong.files.models import StoredFile
from senhong.files.services import keep_file
from senhong.plans import queries, services
from senhong.plans.forms import Choices, DirectiveForm
from senhong.plans.models import Directive
from senhong.web.components import Crumb, Fact
from senhong.web.http import PageRequest, see_other


@login_required
@require_safe
def directive(request: PageRequest, id: UUID) -> HttpResponse:
    """A document, what hangs under it, and its file."""
    actor, shown = request.actor, queries.get_directive(request.actor, id)
    page = {
        "directive": shown,
        "crumbs": [Crumb(_("Kế hoạch"), reverse("plans:plans")), Crumb(str(shown))],
        "facts": _facts(shown),
        "plans": queries.plans_under(actor, shown),
        "children": queries.directives_under(actor, shown),
        "carried": queries.carried_out(actor, shown),
        "may_edit": actor.can("directive.edit", at=shown.unit.path),
        "may_plan": actor.can_somewhere("plan.edit"),
    }
    return render(request, "plans/directive.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_directive(request: PageRequest) -> HttpResponse:
    """Answers with the document's page, or with the form and its mistakes (422)."""
    initial = {"id": uuid7(), "parent": request.GET.get("parent", "")}
    form = _form(request, initial)
    if form.is_bound and form.is_valid():
        kept, mistake = _kept_file(request, form)
        if mistake is None:
            id = form.cleaned_data["id"]
            made = services.register_directive(request.actor, id, form.read(kept))
            return see_other("plans:directive", made.pk)
        form.add_error("file", mistake)
    return _form_page(request, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_directive(request: PageRequest, id: UUID) -> HttpResponse:
    shown = queries.get_directive(request.actor, id)
    request.actor.require("directive.edit", at=shown.unit.path)
    form = _form(request, _as_typed(shown))
    if form.is_bound and form.is_valid():
        kept, mistake = _kept_file(request, form)
        if mistake is None:
            facts = form.read(kept or shown.file)
            services.change_directive(request.actor, shown, facts)
            return see_other("plans:directive", shown.pk)
        form.add_error("file", mistake)
    return _form_page(request, form, shown)


def _form(request: PageRequest, initial: dict[str, object]) -> DirectiveForm:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return DirectiveForm(data, files, choices=_choices(request.actor), initial=initial)


def _choices(actor: Actor) -> Choices:
    day = as_day(clock.today())
    return Choices(
        units=queries.units_where(actor, "directive.edit", first=day, last=day),
        directives=queries.directive_choices(actor),
    )


def _kept_file(request: PageRequest, form: DirectiveForm) -> tuple[StoredFile | None, str | None]:
    """The uploaded file, kept; or what is wrong with it, for the form."""
    upload: File[bytes] | None = form.cleaned_data["file"]
    if upload is None:
        return None, None
    unit = form.read(None).unit
    try:
        stored = storage.save(upload)
    except DomainError as mistake:  # of the field, so it is said at the field
        return None, str(mistake)
    id = derived_id(form.cleaned_data["id"], "file", stored.digest)
    kept = keep_file(request.actor, id, place=unit.path, name=upload.name or "", **vars(stored))
    return kept, None


def _facts(shown: Directive) -> list[Fact]:
    facts = [
        Fact(_("Loại"), shown.get_kind_display()),
        Fact(_("Cơ quan ban hành"), shown.issuer),
        Fact(_("Ngày ban hành"), shown.issued_on),
        Fact(_("Đơn vị lưu"), shown.unit.title),
    ]
    if shown.received_on:
        facts.insert(3, Fact(_("Ngày nhận"), shown.received_on))
    if shown.due_on:
        facts.insert(-1, Fact(_("Hạn thực hiện"), shown.due_on))
    if shown.parent:
        url = reverse("plans:directive", args=[shown.parent.pk])
        facts.append(Fact(_("Thực hiện"), str(shown.parent), url))
    if shown.file:
        url = reverse("files:download", args=[shown.file.pk])
        facts.append(Fact(_("Tệp văn bản"), shown.file.name, url))
    return facts


def _as_typed(shown: Directive) -> dict[str, object]:
    names = ("number", "kind", "issuer", "subject", "issued_on", "received_on", "due_on")
    said = {name: getattr(shown, name) for name in names}
    return {"id": shown.pk, "unit": shown.unit.key, "parent": shown.parent_id, **said}


def _form_page(request: PageRequest, form: DirectiveForm, shown: Directive | None) -> HttpResponse:
    page = {"form": form, "directive": shown, "units": form.choices.units}
    status = 422 if form.is_bound else 200
    return render(request, "plans/directive_form.html", page, status=status)
