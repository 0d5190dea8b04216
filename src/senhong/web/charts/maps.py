"""Maps: units on their ground, or, where nobody has it, on the ground nearest to their centres.

Written as SVG at once: a map is a few hundred shapes, for which a drawing library is slow.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from statistics import median
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from senhong.web.charts.chart import Chart
from senhong.web.charts.cleaning import PALETTE
from senhong.web.charts.drawing import TONES, Size, kept, written
from senhong.web.components import Cell, Column, Row, Table, Text, Tone

if TYPE_CHECKING:
    from shapely import Geometry

_NAMED_REGIONS = {"narrow": 0, "wide": 16}  # beyond so many the names would touch each other
_TALLEST = 1.2  # of the width
_EDGE_PX = 4
_SVG = "http://www.w3.org/2000/svg"
# Beside colours that look alike, or to some people alike: lines, dots, or a lighter ground.
_SIGNS: dict[str, str] = {"behind": "M0,6L6,0", "not-begun": "M2,3L4,3"}
_LIGHTER = {"ahead": 0.55, "neutral": 0.35}


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


@dataclass(frozen=True, slots=True)
class Grounds:
    """The real ground of every region, fetched only for a picture that nobody has seen."""

    mark: str  # of these shapes: others, another mark
    load: Callable[[], Mapping[str, Mapping[str, Any]]]  # region's key → GeoJSON geometry


def map_chart(
    title: Text,
    regions: Sequence[Region],
    *,
    head: Text = "",
    measure: Text = "",
    grounds: Grounds | None = None,
) -> Chart:
    """The regions coloured by tone; where no region has one, the more the deeper."""
    table = _table(title, regions, head=head or _("Đơn vị"), measure=measure or _("Số lượng"))
    rows = [_row(region, share) for region, share in zip(regions, _shares(regions), strict=True)]
    content = [rows, grounds.mark if grounds else ""]
    drawing = _Drawing(rows, [region.key for region in regions], str(title), grounds)
    svg = kept("map", content, label=str(title), make=drawing.make)
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
    """How deep each colour is: by tone; else by value, so that 0 is still seen."""
    if any(region.tone for region in regions):
        return [_LIGHTER.get(region.tone, 1.0) for region in regions]
    top = max((region.value or 0 for region in regions), default=0) or 1
    return [0.2 + 0.8 * max(region.value or 0, 0) / top for region in regions]


def _row(region: Region, share: float) -> dict[str, Any]:
    value = written(region.value)
    told = f"{region.title}: {value}" if value else str(region.title)
    return {
        "lat": region.lat,
        "lon": region.lon,
        "name": str(region.title),
        "title": f"{told} · {region.note}" if region.note else told,
        "url": region.url,
        "tone": region.tone,
        "opacity": round(share, 2),
    }


@dataclass(frozen=True, slots=True)
class _View:
    """From degrees to pixels."""

    west: float
    north: float
    scale: float
    width: float
    height: float

    def x(self, lon: float) -> float:
        return _EDGE_PX + (lon - self.west) * self.scale

    def y(self, lat: float) -> float:
        return _EDGE_PX + (self.north - lat) * self.scale


class _Drawing:
    """The map in each size; its shapes are made once, when the first is drawn."""

    def __init__(
        self, rows: list[dict[str, Any]], keys: list[str], label: str, grounds: Grounds | None
    ) -> None:
        self.rows = rows
        self.keys = keys
        self.label = label
        self.grounds = grounds
        self._made: list[Geometry] | None = None

    def make(self, size: Size, key: str) -> str:
        shapes = self._shapes()
        view = _view_of(shapes, size)
        role = "group" if any(row["url"] for row in self.rows) else "img"
        box = f"0 0 {view.width:.0f} {view.height:.0f}"
        root = ET.Element(
            "svg", {"xmlns": _SVG, "viewBox": box, "class": f"chart-{size.name}", "role": role}
        )
        root.set("aria-label", self.label)
        signs = {tone: f"{key}-{size.name}-{tone}" for tone in _SIGNS}
        _add_signs(root, {signs[tone]: tone for tone in signs if self._has(tone)})
        for row, shape in zip(self.rows, shapes, strict=True):
            _add_region(root, row, _path(shape, view), signs.get(row["tone"], ""))
        if len(self.rows) <= _NAMED_REGIONS[size.name]:
            self._add_names(root, view, size)
        return ET.tostring(root, encoding="unicode")

    def _has(self, tone: str) -> bool:
        return any(row["tone"] == tone for row in self.rows)

    def _shapes(self) -> "list[Geometry]":
        if self._made is None:
            real = self._real()
            self._made = real if real is not None else _cells(self.rows)
        return self._made

    def _real(self) -> "list[Geometry] | None":
        """The grounds, narrowed to the shape that they have on the globe; None without."""
        if self.grounds is None:
            return None
        from shapely import transform  # noqa: PLC0415
        from shapely.geometry import shape  # noqa: PLC0415

        found, shrink = self.grounds.load(), _shrink(self.rows)
        if any(key not in found for key in self.keys):
            return None
        return [transform(shape(found[key]), lambda at: at * [shrink, 1]) for key in self.keys]

    def _add_names(self, root: ET.Element, view: _View, size: Size) -> None:
        """What the regions are called, at their centres, with a halo against their ground."""
        shrink = _shrink(self.rows)
        look = {
            "text-anchor": "middle", "font-size": str(size.font), "font-weight": "700",
            "fill": PALETTE["ink"], "stroke": PALETTE["card"], "stroke-width": "4",
            "stroke-linejoin": "round", "paint-order": "stroke", "class": "fill-ink stroke-card",
            "aria-hidden": "true",
        }  # fmt: skip
        for row in self.rows:
            at = {"x": f"{view.x(row['lon'] * shrink):.1f}", "y": f"{view.y(row['lat']):.1f}"}
            ET.SubElement(root, "text", at | look).text = row["name"]


def _view_of(shapes: "list[Geometry]", size: Size) -> _View:
    from shapely import total_bounds  # noqa: PLC0415

    west, south, east, north = (float(edge) for edge in total_bounds(shapes))
    inner = size.width - 2 * _EDGE_PX
    wide, tall = max(east - west, 1e-6), max(north - south, 1e-6)
    scale = min(inner / wide, inner * _TALLEST / tall)
    width, height = wide * scale + 2 * _EDGE_PX, tall * scale + 2 * _EDGE_PX
    return _View(west, north, scale, width, height)


def _add_signs(root: ET.Element, wanted: Mapping[str, str]) -> None:
    if not wanted:
        return
    defs = ET.SubElement(root, "defs")
    for id, tone in wanted.items():
        size = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
        pattern = ET.SubElement(defs, "pattern", {"id": id} | size)
        look = {"stroke": PALETTE["card"], "stroke-width": "1.2", "class": "stroke-card"}
        ET.SubElement(pattern, "path", {"d": _SIGNS[tone]} | look)


def _add_region(root: ET.Element, row: dict[str, Any], path: str, sign: str) -> None:
    told = row["title"]
    where = {"href": row["url"], "aria-label": told} if row["url"] else {}
    ground = ET.SubElement(root, "a" if where else "g", where)
    fill = TONES[row["tone"]]
    look = {
        "d": path, "fill": fill, "fill-opacity": f"{row['opacity']:g}", "stroke": PALETTE["card"],
        "stroke-width": "1.5", "stroke-linejoin": "round",
        "class": f"fill-{_TOKENS[fill]} stroke-card",
    }  # fmt: skip
    ET.SubElement(ET.SubElement(ground, "path", look), "title").text = told
    if sign:
        ET.SubElement(ground, "path", {"d": path, "fill": f"url(#{sign})"})


_TOKENS = {colour: token for token, colour in PALETTE.items()}


def _path(shape: "Geometry", view: _View) -> str:
    """The rings of a polygon, or of several, as an SVG path with a tenth of a pixel."""
    polygons = [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]
    rings = [ring for part in polygons for ring in (part.exterior, *part.interiors)]
    return "".join(
        "M" + "L".join(f"{view.x(x):.1f},{view.y(y):.1f}" for x, y in ring.coords[:-1]) + "Z"
        for ring in rings
    )


def _cells(rows: list[dict[str, Any]]) -> "list[Geometry]":
    """The Voronoi cells of the centres, in the rows' order, within the ground around them."""
    from shapely import MultiPoint, Point, concave_hull, intersection, voronoi_polygons  # noqa: PLC0415
    from shapely.strtree import STRtree  # noqa: PLC0415

    shrink = _shrink(rows)
    centres = [Point(x * shrink, y) for x, y in _apart((row["lon"], row["lat"]) for row in rows)]
    reach = _reach(centres)
    land = concave_hull(MultiPoint(centres), ratio=0.35).buffer(0.7 * reach)
    if len(centres) == 1:
        return [land]
    found = list(voronoi_polygons(MultiPoint(centres), extend_to=land).geoms)
    tree = STRtree(found)
    return [intersection(found[tree.nearest(centre)], land) for centre in centres]


def _apart(places: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Units whose centres are the same stand side by side, so that both are seen."""
    times: Counter[tuple[float, float]] = Counter()
    found = []
    for at in places:
        found.append((at[0] + 0.008 * times[at], at[1]))
        times[at] += 1
    return found


def _shrink(rows: list[dict[str, Any]]) -> float:
    """Degrees of longitude shrink towards the poles; one factor does for a province."""
    return cos(radians(median(row["lat"] for row in rows)))


def _reach(centres: "Sequence[Any]") -> float:
    """How far a unit's ground goes beyond its centre, in degrees."""
    from shapely.strtree import STRtree  # noqa: PLC0415

    if len(centres) < 2:
        return 0.1
    tree = STRtree(centres)
    pairs, distances = tree.query_nearest(centres, exclusive=True, return_distance=True)
    near = dict(zip(pairs[0].tolist(), distances.tolist(), strict=True))
    return max(median(near.values()), 0.01) if near else 0.1
