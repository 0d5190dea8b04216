"""A map without boundary files: each unit is the ground nearest to its centre."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from statistics import median
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from senhong.web.charts.chart import Chart
from senhong.web.charts.cleaning import PALETTE
from senhong.web.charts.drawing import TONES, Rows, Size, address, chart_of, drawn, styled, written
from senhong.web.components import Cell, Column, Row, Table, Text, Tone

if TYPE_CHECKING:
    import altair as alt
    from shapely import Geometry

    from senhong.web.charts.drawing import Picture

_NAMED_REGIONS = {"narrow": 0, "wide": 16}  # beyond so many the names would touch each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A unit on the map, at its centre."""

    key: str
    title: Text
    lat: float
    lon: float
    value: float | None = None
    tone: Tone = ""
    url: str = ""
    note: Text = ""  # the state in words: colour is never alone


def map_chart(
    title: Text, regions: Sequence[Region], *, head: Text = "", measure: Text = ""
) -> Chart:
    """The regions coloured by tone; where no region has one, the more the deeper."""
    table = _table(title, regions, head=head or _("Đơn vị"), measure=measure or _("Số lượng"))
    rows = [_row(region, share) for region, share in zip(regions, _shares(regions), strict=True)]
    svg = drawn("map", rows, label=str(title), draw=lambda size: _map(rows, size))
    return Chart(svg if rows else type(svg)(), table, title)


def _table(title: Text, regions: Sequence[Region], *, head: Text, measure: Text) -> Table:
    columns = [Column(head), Column(measure, numeric=True)]
    rows = [
        Row([Cell(region.title, url=region.url, is_header=True), _value_cell(region)], region.key)
        for region in regions
    ]
    return Table(title, columns, rows, empty=_("Chưa có số liệu."))


def _value_cell(region: Region) -> Cell:
    return Cell(region.value, tone=region.tone, note=region.note)


def _shares(regions: Sequence[Region]) -> list[float]:
    """How deep each colour is: 1 with a tone; else by value, so that 0 is still seen."""
    if any(region.tone for region in regions):
        return [1.0 for _region in regions]
    top = max((region.value or 0 for region in regions), default=0) or 1
    return [0.2 + 0.8 * max(region.value or 0, 0) / top for region in regions]


def _row(region: Region, share: float) -> dict[str, Any]:
    value = written(region.value)
    told = f"{region.title}: {value}" if value else str(region.title)
    return {
        "lat": region.lat,
        "lon": region.lon,
        "name": str(region.title),
        "text": value,
        "title": f"{told} · {region.note}" if region.note else told,
        "url": address(region.url),
        "fill": TONES[region.tone],
        "opacity": round(share, 2),
    }


def _map(rows: Rows, size: Size) -> "Picture":
    import altair as alt  # noqa: PLC0415

    shapes = _shapes(rows)
    features = [
        {"type": "Feature", "geometry": shape.__geo_interface__, "properties": row}
        for shape, row in zip(shapes, rows, strict=True)
    ]
    ground = chart_of(features).project(type="identity", reflectY=True)
    cells = ground.mark_geoshape(stroke=PALETTE["card"], strokeWidth=1.5).encode(
        fill=alt.Fill("properties.fill:N", scale=None),
        fillOpacity=alt.FillOpacity("properties.opacity:Q", scale=None, legend=None),
        href="properties.url:N",
        description="properties.title:N",
    )
    layers = [cells]
    if len(rows) <= _NAMED_REGIONS[size.name]:
        layers += _names(rows, size)
    return styled(alt.layer(*layers).properties(width=size.width, height=size.width * 0.7), size)


def _names(rows: Rows, size: Size) -> "list[alt.Chart]":
    """What the regions are called, at their centres, each with a halo against its ground."""

    shrink = _shrink(rows)
    centres = [{**row, "x": row["lon"] * shrink, "y": row["lat"]} for row in rows]
    base = chart_of(centres).project(type="identity", reflectY=True)
    looks: tuple[dict[str, Any], ...] = (
        {"stroke": PALETTE["card"], "strokeWidth": 4, "strokeJoin": "round"},
        {},
    )
    return [
        base.mark_text(
            fontSize=size.font, fontWeight=700, color=PALETTE["ink"], aria=False, **look
        ).encode(longitude="x:Q", latitude="y:Q", text="name:N")
        for look in looks
    ]


def _shapes(rows: Rows) -> "list[Geometry]":
    """The Voronoi cells of the centres, in the rows' order, within the ground around them."""
    from shapely import MultiPoint, Point, concave_hull, intersection, voronoi_polygons  # noqa: PLC0415
    from shapely.strtree import STRtree  # noqa: PLC0415

    shrink = _shrink(rows)
    centres = [Point(row["lon"] * shrink, row["lat"]) for row in rows]
    reach = _reach(centres)
    land = concave_hull(MultiPoint(centres), ratio=0.35).buffer(0.7 * reach)
    if len(centres) == 1:
        return [land]
    found = list(voronoi_polygons(MultiPoint(centres), extend_to=land).geoms)
    tree = STRtree(found)
    return [intersection(found[tree.nearest(centre)], land) for centre in centres]


def _shrink(rows: Rows) -> float:
    """Degrees of longitude shrink towards the poles; one factor does for a province."""
    return cos(radians(median(row["lat"] for row in rows)))


def _reach(centres: "Sequence[Any]") -> float:
    """How far a unit's ground goes beyond its centre, in degrees."""
    near = [
        min(centre.distance(other) for other in centres if other is not centre)
        for centre in centres
        if len(centres) > 1
    ]
    return max(median(near), 0.01) if near else 0.1
