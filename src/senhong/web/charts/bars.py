"""Bars: standing for periods, lying for units, whose names are long."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from senhong.web.charts.chart import Chart, Point, table_of
from senhong.web.charts.cleaning import PALETTE
from senhong.web.charts.drawing import (
    SERIES,
    TONES,
    Rows,
    Size,
    address,
    chart_of,
    drawn,
    styled,
    written,
)
from senhong.web.components import Text

if TYPE_CHECKING:
    import altair as alt

    from senhong.web.charts.drawing import Picture

_BAR_PX = 30  # a lying bar with its gap
_HEIGHT_PX = 220
_WRITTEN_BARS = {"narrow": 5, "wide": 12}  # beyond so many the values would touch each other


def bar_chart(
    title: Text,
    points: Sequence[Point],
    *,
    measure: Text = "",
    head: Text = "",
    lying: bool = False,
) -> Chart:
    """One bar for each point, in the given order.

    measure  what is counted, above the values of the table
    head     what the labels are, above them in the table
    lying    bars lie, one under the other: for names of units
    """
    rows = [_row(point) for point in points]
    draw = _lying if lying else _standing
    svg = drawn(
        f"bars {lying=}", rows, label=said(title, points), draw=lambda size: draw(rows, size)
    )
    table = table_of(title, points, head=head or _("Mục"), measure=measure or _("Số lượng"))
    return Chart(svg if rows else type(svg)(), table, title)


def grouped_bar_chart(
    title: Text, points: Sequence[Point], *, head: Text = "", measure: Text = ""
) -> Chart:
    """For each label one bar beside the other for each series, at most five."""
    rows = [_row(point) for point in points]
    svg = drawn(
        "grouped bars", rows, label=said(title, points), draw=lambda size: _grouped(rows, size)
    )
    table = table_of(title, points, head=head or _("Mục"), measure=measure or _("Số lượng"))
    return Chart(svg if rows else type(svg)(), table, title)


def said(title: Text, points: Sequence[Point]) -> str:
    """The picture in words: its title, its largest and its last value."""
    known = [point for point in points if point.value is not None]
    if not known:
        return str(title)
    top = max(known, key=lambda point: point.value or 0)
    return _("{title}. Cao nhất: {top} ({top_value}). Cuối: {last} ({last_value}).").format(
        title=title,
        top=top.label,
        top_value=written(top.value),
        last=known[-1].label,
        last_value=written(known[-1].value),
    )


def _row(point: Point) -> dict[str, Any]:
    text = written(point.value)
    parts = [str(point.series), f"{point.label}: {text}"]
    return {
        "label": str(point.label),
        "series": str(point.series),
        "value": point.value,
        "text": text,
        "url": address(point.url),
        "title": str(point.title) or " · ".join(part for part in parts if part),
        "fill": TONES[point.tone],
        "opacity": 0.55 if point.is_partial else 1,
    }


def _standing(rows: Rows, size: Size) -> "Picture":
    import altair as alt  # noqa: PLC0415

    says_values = len(rows) <= _WRITTEN_BARS[size.name]
    axis = periods_axis()
    base = chart_of(rows).encode(
        x=alt.X("label:N", sort=None, axis=axis, scale=alt.Scale(padding=_gap(rows))),
        y=alt.Y("value:Q", stack=None, axis=None if says_values else values_axis()),
    )
    bars = base.mark_bar(cornerRadiusEnd=4).encode(**_marks())
    texts = base.mark_text(
        dy=-9, fontSize=size.font + 1, fontWeight=700, color=PALETTE["ink"], aria=False
    ).encode(text="text:N")
    layers = [bars, texts] if says_values else [bars]
    return styled(alt.layer(*layers).properties(width=size.width, height=_HEIGHT_PX), size)


def _gap(rows: Rows) -> float:
    """The share of its place that a bar leaves free: few bars stand wider apart."""
    return 0.5 if len(rows) <= 4 else 0.25


def _lying(rows: Rows, size: Size) -> "Picture":
    import altair as alt  # noqa: PLC0415

    axis = alt.Axis(labelColor=PALETTE["ink"], labelLimit=size.width * 0.5)
    base = chart_of(rows).encode(
        y=alt.Y("label:N", sort=None, axis=axis, scale=alt.Scale(paddingInner=0.35)),
        x=alt.X("value:Q", stack=None, axis=None, scale=alt.Scale(domainMin=0)),
    )
    bars = base.mark_bar(cornerRadiusEnd=4).encode(**_marks())
    texts = base.mark_text(
        align="left", dx=6, fontSize=size.font, fontWeight=700, color=PALETTE["ink"], aria=False
    ).encode(text="text:N")
    height = max(2, len(rows)) * _BAR_PX
    return styled(alt.layer(bars, texts).properties(width=size.width, height=height), size)


def _grouped(rows: Rows, size: Size) -> "Picture":
    import altair as alt  # noqa: PLC0415

    names = list(dict.fromkeys(row["series"] for row in rows))
    axis = periods_axis()
    colours = alt.Scale(domain=names, range=SERIES[: len(names)])
    chart = (
        chart_of(rows)
        .mark_bar(cornerRadiusEnd=3)
        .encode(
            x=alt.X("label:N", sort=None, axis=axis),
            xOffset=alt.XOffset("series:N", sort=names),
            y=alt.Y("value:Q", stack=None, axis=values_axis()),
            color=alt.Color("series:N", sort=names, scale=colours),
            href="url:N",
            description="title:N",
        )
    )
    return styled(chart.properties(width=size.width, height=_HEIGHT_PX), size)


def _marks() -> dict[str, Any]:
    import altair as alt  # noqa: PLC0415

    return {
        "color": alt.Color("fill:N", scale=None),
        "opacity": alt.Opacity("opacity:Q", scale=None, legend=None),
        "href": "url:N",
        "description": "title:N",
    }


def periods_axis() -> "alt.Axis":
    """The line below, with as many labels as find room."""
    import altair as alt  # noqa: PLC0415

    return alt.Axis(
        labelAngle=0,
        labelOverlap="greedy",
        labelSeparation=8,
        domain=True,
        domainColor=PALETTE["line"],
    )


def values_axis() -> "alt.Axis":
    import altair as alt  # noqa: PLC0415

    return alt.Axis(grid=True, format=",~f", tickCount=4)
