from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from senhong.core.days import LAST_DAY, day_before
from senhong.guides import queries, services
from senhong.guides.errors import PlatformChangeTooSoon
from senhong.guides.forms import ChangedHelpKindForm, HelpKindForm
from senhong.guides.models import HelpKind, PlatformChange
from senhong.ledger.definitions import definition_of
from senhong.org.queries import shown_day
from senhong.web.components import Cell, Column, Definition, Row, Table
from senhong.web.http import PageRequest, see_other


@login_required
@require_safe
def catalogue(request: PageRequest) -> HttpResponse:
    """What is helped with, and how each is counted."""
    kinds = queries.help_kinds(offered=False)
    may_edit = request.actor.can_somewhere("service.edit")
    page = {
        "services": _table(kinds, may_edit=may_edit),
        "definitions": [_definition(kind) for kind in kinds],
        "may_edit": may_edit,
    }
    return render(request, "guides/services.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_service(request: PageRequest) -> HttpResponse:
    request.actor.require_somewhere("service.edit")
    form = HelpKindForm(request.POST or None)
    if not form.is_valid():
        return _asked(request, form, _("Thêm việc được giúp"))
    services.add_help_kind(request.actor, form.read())
    messages.success(request, _("Đã thêm. Từ nay có thể ghi lượt hỗ trợ cho việc này."))
    return see_other("guides:services")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_service(request: PageRequest, code: str) -> HttpResponse:
    request.actor.require_somewhere("service.edit")
    kind = queries.get_help_kind(code)
    form = ChangedHelpKindForm(request.POST or None, kind=kind)
    if not form.is_valid():
        return _asked(request, form, kind.title)
    try:
        services.change_help_kind(request.actor, kind, form.read(), platform_from=form.platform_day)
    except PlatformChangeTooSoon as mistake:  # of the field, so it is said at the field
        form.add_error("platform_from", str(mistake))
        return _asked(request, form, kind.title)
    messages.success(request, _("Đã lưu."))
    return see_other("guides:services")


def _asked(request: PageRequest, form: HelpKindForm, title: str) -> HttpResponse:
    page = {"form": form, "title": title}
    return render(request, "guides/service_form.html", page, status=422 if form.is_bound else 200)


def _table(kinds: list[HelpKind], *, may_edit: bool) -> Table:
    changes = queries.platform_changes()
    columns = [Column(pgettext("một", "Việc được giúp")), Column(_("Nền tảng số"))]
    columns += [Column(_("Tình trạng")), Column(pgettext("một", "Chỉ tiêu đếm"))]
    return Table(
        _("Danh mục việc được giúp"),
        columns,
        [_row(kind, changes.get(kind.pk), may_edit=may_edit) for kind in kinds],
        _("Chưa có việc nào."),
    )


def _row(kind: HelpKind, change: PlatformChange | None, *, may_edit: bool) -> Row:
    url = reverse("guides:edit-service", args=[kind.code]) if may_edit else ""
    return Row(
        [
            Cell(kind.title, url, is_header=True, note=kind.about),
            Cell(_("Có") if kind.is_platform else _("Không"), note=_since(change)),
            Cell(_("Đang hướng dẫn") if kind.is_offered else _("Đã ngừng"), note=_until(kind)),
            Cell(kind.indicator.code, f"#{_anchor(kind)}"),
        ]
    )


def _since(change: PlatformChange | None) -> str:
    return _("từ {day}").format(day=shown_day(change.from_day)) if change else ""


def _until(kind: HelpKind) -> str:
    if kind.to_day == LAST_DAY:
        return ""
    return _("đến hết {day}").format(day=shown_day(day_before(kind.to_day)))


def _anchor(kind: HelpKind) -> str:
    return f"service-{kind.code}"


def _definition(kind: HelpKind) -> Definition:
    return definition_of(kind.indicator, _anchor(kind))
