"""How a reader says, in the address, what a page is to show."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from senhong.board.queries import Period, Span
from senhong.board.queries.period import View
from senhong.core.days import as_date, as_day
from senhong.ledger.models import Indicator
from senhong.org.models import Unit
from senhong.plans.cards import figures_url
from senhong.web.components import Option
from senhong.web.http import PageRequest


def span_asked(request: PageRequest) -> Span:
    try:
        return Span(request.GET.get("period", Span.PLAN))
    except ValueError:
        return Span.PLAN


def view_asked(request: PageRequest) -> View:
    return View(
        reading_on=as_date(as_day(request.reading_on())),
        span=span_asked(request),
        trend=request.GET.get("trend", ""),
        on_today=is_on_todays_map(request),
    )


def address(request: PageRequest, **changes: str) -> str:
    """This page with other answers; an empty one is left out."""
    asked = {name: request.GET.get(name, "") for name in ("period", "trend", "map", "show")}
    said = {name: value for name, value in (asked | changes).items() if value}
    return f"?{urlencode(said)}" if said else "?"


def period_url(period: Period, unit: Unit | str, each: Indicator, *, by: str) -> str:
    """What is behind a figure of the period, on the map on which it was read."""
    on = as_date(period.on).isoformat() if period.on else ""
    return figures_url(unit, [each.code], period.first, period.last, by=by, map=on)


def unit_spans(request: PageRequest) -> list[Option]:
    labels = {
        Span.BEGUN: _("Từ đầu"),
        Span.PLAN: _("Cả kỳ"),
        Span.MONTH: _("Tháng này"),
        Span.WEEK: _("7 ngày"),
    }
    return _span_options(request, labels)


def team_spans(request: PageRequest) -> list[Option]:
    labels = {Span.PLAN: _("Năm nay"), Span.MONTH: _("Tháng này"), Span.WEEK: _("7 ngày")}
    return _span_options(request, labels)


def _span_options(request: PageRequest, labels: dict[Span, str]) -> list[Option]:
    asked = span_asked(request)
    return [
        Option(label, address(request, period="" if span is Span.PLAN else span), span is asked)
        for span, label in labels.items()
    ]


def map_options(request: PageRequest, changes: list[int]) -> list[Option]:
    """Only where the period crosses a change of the map is there something to choose."""
    if not changes:
        return []
    on_today = is_on_todays_map(request)
    return [
        Option(_("Bản đồ của ngày"), address(request, map=""), not on_today),
        Option(_("Bản đồ hôm nay"), address(request, map="today"), on_today),
    ]


def is_on_todays_map(request: PageRequest) -> bool:
    return request.GET.get("map") == "today"
