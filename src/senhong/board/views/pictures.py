"""The pictures of the first page; each comes with its table."""

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from senhong.board.queries import UnitBoard
from senhong.core.days import as_date, days_between
from senhong.plans.cards import figures_url
from senhong.web.charts import Chart, Point, Region, bar_chart, map_chart

_PLACES = 3  # fewer make no map


def weeks_shown(board: UnitBoard) -> Chart:
    """The trend's indicator by week; the week of the day that is read may not be over."""
    title = _("{name} theo tuần").format(name=board.trend.title)
    points = [_week(board, first, last, figure) for first, last, figure in board.weeks]
    return bar_chart(title, points, measure=board.trend.measure, head=_("Tuần"))


def _week(board: UnitBoard, first: int, last: int, figure: int) -> Point:
    label = f"{as_date(first):%d/%m}–{as_date(last):%d/%m}"
    return Point(
        label=label,
        value=figure,
        url=figures_url(board.unit, [board.trend.code], first, last, by="day"),
        title=f"{label}: {number_format(figure)} {board.trend.measure}",
        is_partial=days_between(first, last) < 7,
    )


def map_shown(board: UnitBoard) -> Chart | None:
    """The communes below, the more the deeper; None where too few are known by place."""
    spots = board.tree.communes(board.unit.pk)
    names = board.tree.names(spots)
    regions = [
        Region(
            key=spot.unit.key,
            title=names[spot.id],
            lat=spot.unit.lat,
            lon=spot.unit.lon,
            value=board.communes.get(spot.id, 0),
            url=reverse("board:unit", args=[spot.unit.key]),
        )
        for spot in spots
        if spot.unit.lat is not None and spot.unit.lon is not None
    ]
    if len(regions) < _PLACES:
        return None
    title = _("{name} theo xã").format(name=board.trend.title)
    return map_chart(title, regions, head=_("Đơn vị"), measure=board.trend.measure)
