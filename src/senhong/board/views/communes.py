from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.board.queries import DayTree, Leaf, Period, Span, leaves_of, period_of, tree_on
from senhong.board.queries.needs import SIGNS_OF_LIFE, SILENT_DAYS, need_of
from senhong.board.views.asked import (
    address,
    is_on_todays_map,
    map_options,
    period_url,
    span_asked,
    unit_spans,
)
from senhong.board.views.unit import crumbs
from senhong.comms.models import Subject
from senhong.core.days import as_date, as_day
from senhong.core.errors import NotFound
from senhong.ledger.models import Indicator
from senhong.ledger.queries import indicators
from senhong.org.models import Unit
from senhong.org.queries import get_unit
from senhong.plans.cards import said_days
from senhong.plans.queries import first_day_of, targets_of
from senhong.web.components import Cell, Column, Crumb, Option, Row, Table
from senhong.web.http import PageRequest

CODES = ("activities", "sorties", "citizen-turns")
SHOWS = ("", Subject.IDLE, Subject.SILENT, Subject.TEAMLESS)


@require_safe
@login_required
def communes(request: PageRequest, key: str) -> HttpResponse:
    """The communes below a unit: all, or those that need support."""
    unit, day = get_unit(request.actor, key), as_day(request.reading_on())
    request.actor.require("activity.view", at=unit.path)
    tree = tree_on(unit, day)
    if tree is None or unit not in tree:
        raise NotFound(what=_("đơn vị này vào ngày đang đọc"))
    period = _period(request, unit, tree, day)
    counted = indicators([*CODES, *SIGNS_OF_LIFE])
    leaves = leaves_of(request.actor, unit, tree, period, counted)
    shown = [leaf for leaf in leaves if is_shown(leaf, request.GET.get("show", ""), period)]
    columns = [each for each in counted if each.code in CODES]
    *above, here = crumbs(request.actor, tree, unit)
    page_of_unit = reverse("board:unit", args=[unit.key])
    page = {
        "unit": unit,
        "title": tree.spots[unit.pk].title,
        "crumbs": [*above, Crumb(here.label, page_of_unit), Crumb(_("Các xã"))],
        "days": said_days(as_date(period.first), as_date(period.last)),
        "spans": unit_spans(request),
        "maps": map_options(request, tree.changes(period.first, day)),
        "shows": _shows(request, leaves, period),
        "table": _table(shown, columns, period),
    }
    return render(request, "board/communes.html", page)


def _period(request: PageRequest, unit: Unit, tree: DayTree, day: int) -> Period:
    """The days that the page of the unit shows, on the map on which it shows them."""
    span = span_asked(request)
    begun = first_day_of(request.actor, unit, day) if span is Span.BEGUN else None
    period = period_of(span, day, targets_of(request.actor, unit, day), begun)
    if is_on_todays_map(request):
        return period.on_todays_map(tree.changes(period.first, day))
    return period


def is_shown(leaf: Leaf, show: str, period: Period) -> bool:
    """Everything, unless one need is asked for."""
    return show not in SHOWS[1:] or need_of(leaf.teams, leaf.last, period) == show


def _shows(request: PageRequest, leaves: list[Leaf], period: Period) -> list[Option]:
    labels = {
        "": _("Tất cả"),
        Subject.IDLE: _("Chưa có hoạt động"),
        Subject.SILENT: _("Im lặng {days} ngày").format(days=SILENT_DAYS),
        Subject.TEAMLESS: _("Chưa có tổ"),
    }
    asked = request.GET.get("show", "")
    return [
        Option(
            f"{labels[show]} ({sum(is_shown(leaf, show, period) for leaf in leaves)})",
            address(request, show=show),
            show == (asked if asked in SHOWS else ""),
        )
        for show in SHOWS
    ]


def _table(leaves: list[Leaf], counted: list[Indicator], period: Period) -> Table:
    return Table(
        _("Các xã"),
        [
            Column(_("Xã, phường")),
            Column(_("Tổ"), numeric=True),
            *(Column(each.title, numeric=True, note=each.measure) for each in counted),
        ],
        [_row(leaf, counted, period) for leaf in leaves],
        empty=_("Không có xã nào như vậy. Rất tốt."),
    )


def _row(leaf: Leaf, counted: list[Indicator], period: Period) -> Row:
    unit = leaf.spot.unit
    return Row(
        [
            Cell(
                leaf.spot.title, reverse("board:unit", args=[unit.key]),
                is_header=True, note=leaf.above,
            ),
            Cell(leaf.teams),
            *(
                Cell(leaf.figures[each.code], period_url(period, unit, each, by="week"))
                for each in counted
            ),
        ]
    )  # fmt: skip
