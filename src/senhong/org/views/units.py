from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.org.models import Lineage, Placement, Unit
from senhong.org.queries import (
    came_from,
    get_unit,
    search_units,
    shown_period,
    unit_places,
    went_to,
)
from senhong.web.components import Cell, Column, Fact, Row, Table
from senhong.web.http import PageRequest


@login_required
@require_safe
def search(request: PageRequest) -> HttpResponse:
    """Units by name; the list alone when htmx asks."""
    text = request.GET.get("q", "").strip()
    found = search_units(request.actor, text, day=as_day(request.reading_on()))
    template = "org/_units_found.html" if "HX-Request" in request.headers else "org/search.html"
    return render(request, template, {"text": text, "found": found})


@login_required
@require_safe
def history(request: PageRequest, key: str) -> HttpResponse:
    """Who the unit came from, what it was called on every map, and what it became."""
    unit = get_unit(request.actor, key)
    before = [(edge.predecessor, edge) for edge in came_from(unit)]
    after = [(edge.successor, edge) for edge in went_to(unit)]
    page = {
        "unit": unit,
        "facts": _facts(unit),
        "maps": _maps(unit_places(unit)),
        "before": _lines(_("Hình thành từ"), before, request.actor),
        "after": _lines(_("Trở thành"), after, request.actor),
    }
    return render(request, "org/history.html", page)


def _facts(unit: Unit) -> list[Fact]:
    return [
        Fact(_("Cấp"), unit.get_level_display()),
        Fact(_("Mã số"), unit.code),
        Fact(_("Mã định danh"), unit.key),
        Fact(_("Thời gian"), shown_period(unit.from_day, unit.to_day)),
    ]


def _maps(places: Iterable[Placement]) -> Table:
    rows = [
        Row(
            [
                Cell(shown_period(place.map.from_day, place.map.to_day), is_header=True),
                Cell(str(place)),
                Cell(place.parent.title if place.parent else None),
            ]
        )
        for place in places
    ]
    columns = [Column(_("Thời gian")), Column(_("Tên gọi")), Column(_("Thuộc"))]
    return Table(_("Trên từng bản đồ"), columns, rows)


def _lines(caption: str, lines: list[tuple[Unit, Lineage]], actor: Actor) -> Table:
    columns = [Column(_("Đơn vị")), Column(_("Thời gian")), Column(_("Phần")), Column(_("Lịch sử"))]
    return Table(caption, columns, [_line(unit, edge, actor) for unit, edge in lines])


def _line(unit: Unit, edge: Lineage, actor: Actor) -> Row:
    may_look = actor.can("unit.view", at=unit.path)
    cells = [
        Cell(
            unit.title,
            url=reverse("org:history", args=[unit.key]) if may_look else "",
            is_header=True,
            note="" if unit.is_province or not unit.province else unit.province.title,
        ),
        Cell(shown_period(unit.from_day, unit.to_day)),
        Cell(edge.get_share_display()),
        Cell(_("số liệu chuyển tới") if edge.is_default else None),
    ]
    return Row(cells)
