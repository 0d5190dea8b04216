"""Two entries that may be one person: found, compared, made one."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from senhong.core.days import as_day
from senhong.org.changes import HeirsAnswer
from senhong.org.queries import unit_names
from senhong.people import queries, services
from senhong.people.forms import MergeForm
from senhong.people.models import Member
from senhong.people.views.units import asked_unit, frame
from senhong.web.components import Cell, Column, Row, Table
from senhong.web.http import PageRequest, see_other


@login_required
@require_safe
def doubles(request: PageRequest) -> HttpResponse:
    """Who may stand twice in the lists of a unit and those below."""
    unit = asked_unit(request)
    if unit is None:
        return render(request, "people/nowhere.html")
    request.actor.require("member.edit", at=unit.path)
    groups = queries.probable_doubles(request.actor, unit, as_day(request.reading_on()))
    names = unit_names(group.unit for group in groups)
    page = frame(request, unit, "people:doubles") | {
        "groups": [
            {
                "unit_name": names[group.unit.pk],
                "kept": group.members[0],
                "others": group.members[1:],
            }
            for group in groups
        ],
    }
    return render(request, "people/doubles.html", page)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: PageRequest, id: UUID) -> HttpResponse:
    """First which other entry it is; then both beside each other, and what would happen."""
    kept = queries.get_member(request.actor, id)
    request.actor.require("member.edit", at=kept.unit.path)
    other = _other(request)
    if other is None:
        return _choose(request, kept)
    request.actor.require("member.edit", at=other.unit.path)
    accounts = [member.user for member in (kept, other) if member.user is not None]
    form = MergeForm(request.POST or None, accounts=accounts)
    if not form.is_valid():
        return _compare(request, form, kept, other)
    services.merge_members(
        request.actor, form.cleaned_data["id"], kept=kept, merged=other, give_up=form.given_up
    )
    messages.success(request, _("Đã gộp thành một."))
    return see_other(reverse("people:member", args=[kept.pk]))


def _other(request: PageRequest) -> Member | None:
    try:
        id = UUID(request.GET.get("with", ""))
    except ValueError:
        return None
    return queries.get_member(request.actor, id)


def _choose(request: PageRequest, kept: Member) -> HttpResponse:
    found = queries.namesakes_of(request.actor, kept, text=request.GET.get("q", "")[:100])
    names = unit_names([kept.unit, *(member.unit for member in found)])
    page = {
        "kept": kept,
        "unit_name": names[kept.unit_id],
        "text": request.GET.get("q", "")[:100],
        "found": [{"member": member, "unit_name": names[member.unit_id]} for member in found],
    }
    return render(request, "people/merge_choose.html", page)


def _compare(request: PageRequest, form: MergeForm, kept: Member, other: Member) -> HttpResponse:
    names = unit_names([kept.unit, other.unit])
    page = {
        "form": form,
        "kept": kept,
        "other": other,
        "table": _table([kept, other], names),
        "consequences": _consequences(queries.merge_consequences(kept, other)),
    }
    return render(request, "people/merge.html", page, status=422 if form.is_bound else 200)


def _table(members: Sequence[Member], names: dict[int, str]) -> Table:
    columns = [Column(_("Mục")), Column(_("Giữ lại")), Column(_("Gộp vào"))]
    lines = (
        (_("Họ và tên"), [member.full_name for member in members]),
        (_("Phân biệt"), [member.distinction or None for member in members]),
        (_("Đơn vị"), [names[member.unit_id] for member in members]),
        (_("Tham gia từ"), [member.joined_on for member in members]),
        (_("Thôi từ"), [member.left_on for member in members]),
        (_("Tài khoản"), [member.user.username if member.user else None for member in members]),
    )
    rows = [
        Row([Cell(name, is_header=True), *(Cell(value) for value in values)])
        for name, values in lines
    ]
    return Table(_("Hai mục cạnh nhau"), columns, rows)


def _consequences(answers: Sequence[HeirsAnswer]) -> Table:
    columns = [Column(_("Gì")), Column(_("Số"), numeric=True), Column(_("Sẽ ra sao"))]
    rows = [
        Row([Cell(answer.what, is_header=True), Cell(answer.number), Cell(answer.fate)])
        for answer in answers
    ]
    return Table(_("Những gì gắn với mục được gộp"), columns, rows)
