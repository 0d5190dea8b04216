"""Lines: how something moved, for at most five series."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from senhong.web.charts.bars import periods_axis, said, values_axis
from senhong.web.charts.chart import Chart, Point, table_of
from senhong.web.charts.drawing import SERIES, Rows, Size, address, chart_of, drawn, styled, written
from senhong.web.components import Text

if TYPE_CHECKING:
    from senhong.web.charts.drawing import Picture

_HEIGHT_PX = 220


def line_chart(
    title: Text, points: Sequence[Point], *, head: Text = "", measure: Text = ""
) -> Chart:
    """One line for each series through its points in the given order; each point is a link."""
    rows = [_row(point) for point in points]
    svg = drawn("lines", rows, label=said(title, points), draw=lambda size: _lines(rows, size))
    table = table_of(title, points, head=head or _("Kỳ"), measure=measure or _("Số lượng"))
    return Chart(svg if rows else type(svg)(), table, title)


def _row(point: Point) -> dict[str, Any]:
    parts = [str(point.series), f"{point.label}: {written(point.value)}"]
    return {
        "label": str(point.label),
        "series": str(point.series),
        "value": point.value,
        "url": address(point.url),
        "title": str(point.title) or " · ".join(part for part in parts if part),
    }


def _lines(rows: Rows, size: Size) -> "Picture":
    import altair as alt  # noqa: PLC0415

    names = list(dict.fromkeys(row["series"] for row in rows))
    colours = alt.Scale(domain=names, range=SERIES[: len(names)])
    legend = alt.Legend() if len(names) > 1 else None
    base = chart_of(rows).encode(
        x=alt.X("label:N", sort=None, axis=periods_axis(), scale=alt.Scale(padding=0.3)),
        y=alt.Y("value:Q", axis=values_axis()),
        color=alt.Color("series:N", sort=names, scale=colours, legend=legend),
    )
    line = base.mark_line(strokeWidth=2.5, aria=False).encode(
        detail="series:N", strokeDash=alt.StrokeDash("series:N", sort=names, legend=None)
    )
    dots = base.mark_circle(size=64, opacity=1).encode(href="url:N", description="title:N")
    return styled(alt.layer(line, dots).properties(width=size.width, height=_HEIGHT_PX), size)
