"""Changes of the map: prepared in plain steps or from Excel, confirmed by a second person."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day
from senhong.core.errors import NotFound
from senhong.org import queries, services
from senhong.org.change_forms import STEPS, DraftForm, NameForm, ReasonForm, SheetForm
from senhong.org.change_sheet import read_change, sheet_of
from senhong.org.errors import NotAtThisStep
from senhong.org.models import ChangeState, MapChange
from senhong.org.steps import without
from senhong.org.views.change_page import REFRESH_S, change_page, changes_table, crumbs, maps_table
from senhong.web.http import PageRequest, see_other
from senhong.web.workbooks import xlsx_response


@login_required
@require_safe
def map_changes(request: PageRequest) -> HttpResponse:
    """What was changed and what is prepared, and every map there has been."""
    found = queries.map_changes(request.actor)
    provinces = queries.provinces_changed_by(
        request.actor, as_day(clock.today()), "map.change", "map.confirm"
    )
    shown = {each.province_id for each in found} | {unit.pk for unit in provinces}
    if not shown and not request.actor.can_somewhere("event.view"):
        raise NotFound(what=_("trang này"))
    page = {
        "changes": changes_table(found),
        "maps": maps_table(queries.maps_turned(shown)),
        "may_prepare": any(request.actor.can("map.change", at=each.path) for each in provinces),
    }
    return render(request, "org/map_changes.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_map_change(request: PageRequest) -> HttpResponse:
    """Answers with the draft's page, or with the form and its mistakes (422)."""
    provinces = queries.provinces_changed_by(request.actor, as_day(clock.today()))
    if not provinces:
        raise NotFound(what=_("trang này"))
    form = DraftForm(request.POST or None, provinces=provinces)
    if form.is_bound and form.is_valid():
        made = services.draft_change(request.actor, form.cleaned_data["id"], **form.read())
        return see_other("org:map-change", made.pk)
    page = {"form": form, "title": _("Chuẩn bị thay đổi bản đồ"), "submit": _("Bắt đầu soạn")}
    return _form_page(request, page, None)


@login_required
@require_safe
def map_change(request: PageRequest, id: UUID) -> HttpResponse:
    """The change, what it would do or did, and what this reader can do with it."""
    prepared = queries.get_map_change(request.actor, id)
    answer = render(request, "org/map_change.html", change_page(request.actor, prepared))
    if prepared.state in queries.UNDER_WAY:
        answer["Refresh"] = REFRESH_S
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_map_change(request: PageRequest, id: UUID) -> HttpResponse:
    """Another name or day."""
    prepared = _draft(request, id)
    initial = {"name": prepared.name, "day": as_date(prepared.day)}
    form = NameForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        change = replace(queries.change_in(prepared), day=as_day(form.cleaned_data["day"]))
        services.write_change(request.actor, prepared, change, name=form.cleaned_data["name"])
        return see_other("org:map-change", prepared.pk)
    return _form_page(request, {"form": form, "title": _("Sửa tên và ngày")}, prepared)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_step(request: PageRequest, id: UUID, step: str) -> HttpResponse:
    """One plain step more; answers with the draft, or with the form and its mistakes (422)."""
    if step not in STEPS:
        raise NotFound(what=_("bước này"))
    prepared = _draft(request, id)
    form = STEPS[step](request.POST or None, placed=queries.open_placements(prepared.province))
    if form.is_bound and form.is_valid():
        change = form.step(queries.change_in(prepared))
        services.write_change(request.actor, prepared, change)
        return see_other("org:map-change", prepared.pk)
    return _form_page(request, {"form": form, "title": STEPS[step].title}, prepared)


@login_required
@require_POST
def remove_step(request: PageRequest, id: UUID) -> HttpResponse:
    """What the draft says about one unit is taken out."""
    prepared = _draft(request, id)
    change = without(queries.change_in(prepared), request.POST.get("unit", ""))
    services.write_change(request.actor, prepared, change)
    return see_other("org:map-change", prepared.pk)


@login_required
@require_safe
def change_sheet(request: PageRequest, id: UUID) -> HttpResponse:
    """The change as a workbook, with every unit of the map: to be filled in and sent back."""
    prepared = queries.get_map_change(request.actor, id)
    placed = queries.open_placements(prepared.province)
    sheet = sheet_of(queries.change_in(prepared), placed)
    return xlsx_response(f"thay-doi-ban-do-{as_date(prepared.day):%Y-%m-%d}.xlsx", [sheet])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def read_sheet(request: PageRequest, id: UUID) -> HttpResponse:
    """The draft says what the workbook says; or each row's mistake, and nothing is changed."""
    prepared = _draft(request, id)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SheetForm(*sent)
    mistakes: list[tuple[int, str]] = []
    if form.is_bound and form.is_valid():
        placed = queries.open_placements(prepared.province)
        read = read_change(prepared.pk, prepared.day, form.cleaned_data["file"], placed)
        if not read.mistakes:
            services.write_change(request.actor, prepared, read.change)
            messages.success(request, _("Đã đọc tệp. Hãy xem kỹ bản chạy thử bên dưới."))
            return see_other("org:map-change", prepared.pk)
        mistakes = read.mistakes
    page = {"form": form, "prepared": prepared, "mistakes": mistakes, "crumbs": crumbs(prepared)}
    return render(request, "org/change_sheet.html", page, status=422 if form.is_bound else 200)


Act = Callable[[Actor, MapChange], None]
_ACTS: dict[str, tuple[Act, object]] = {
    "propose": (services.propose_change, gettext_lazy("Đã gửi. Chờ người thứ hai duyệt.")),
    "reopen": (services.reopen_change, gettext_lazy("Đã mở lại để soạn tiếp.")),
    "confirm": (services.confirm_change, gettext_lazy("Đã duyệt. Thay đổi đang được thực hiện.")),
    "undo": (services.propose_undo, gettext_lazy("Đã gửi đề nghị hoàn tác.")),
    "confirm-undo": (services.confirm_undo, gettext_lazy("Đã duyệt. Đang hoàn tác.")),
    "run": (services.run_again, gettext_lazy("Đang làm tiếp.")),
}


@login_required
@require_POST
def act(request: PageRequest, id: UUID, act: str) -> HttpResponse:
    """One step further: each is a service of its own."""
    if act not in _ACTS:
        raise NotFound(what=_("việc này"))
    prepared = queries.get_map_change(request.actor, id)
    service, said = _ACTS[act]
    service(request.actor, prepared)
    messages.success(request, str(said))
    return see_other("org:map-change", prepared.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_map_change(request: PageRequest, id: UUID) -> HttpResponse:
    """Why the second person does not confirm."""
    prepared = queries.get_map_change(request.actor, id)
    request.actor.require("map.confirm", at=prepared.province.path)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        services.refuse_change(request.actor, prepared, form.cleaned_data["reason"])
        return see_other("org:map-change", prepared.pk)
    return _form_page(request, {"form": form, "title": _("Không duyệt")}, prepared)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard_map_change(request: PageRequest, id: UUID) -> HttpResponse:
    """Asks whether it is meant; then the list, where it no longer stands."""
    prepared = queries.get_map_change(request.actor, id)
    if request.method == "POST":
        services.discard_change(request.actor, prepared)
        said = _("Đã bỏ bản soạn “{name}”.").format(name=prepared.name)
        messages.success(request, said)
        return see_other("org:map-changes")
    request.actor.require("map.change", at=prepared.province.path)
    page = {"prepared": prepared, "crumbs": crumbs(prepared, is_last=False)}
    return render(request, "org/discard_change.html", page)


def _draft(request: PageRequest, id: UUID) -> MapChange:
    """The change, to be altered by this reader; the services look at its state again."""
    prepared = queries.get_map_change(request.actor, id)
    request.actor.require("map.change", at=prepared.province.path)
    if prepared.state != ChangeState.DRAFT:
        raise NotAtThisStep(step=prepared.get_state_display())
    return prepared


def _form_page(
    request: PageRequest, page: dict[str, object], prepared: MapChange | None
) -> HttpResponse:
    form = page["form"]
    back = reverse("org:map-change", args=[prepared.pk]) if prepared else ""
    known = {
        "submit": _("Lưu"),
        "crumbs": crumbs(prepared, is_last=False),
        "cancel_url": back or reverse("org:map-changes"),
    }
    status = 422 if getattr(form, "is_bound", False) else 200
    return render(request, "org/change_form.html", known | page, status=status)
