"""From an Altair chart to an SVG that our pages may carry."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.cache import cache
from django.utils.formats import get_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from senhong.web.charts.cleaning import NOWHERE, PALETTE, cleaned

if TYPE_CHECKING:
    import altair as alt

LOOK = 4  # raise it when the same points are to look different: pictures are drawn anew
KEPT_S = 90 * 24 * 3600
FONT = "Be Vietnam Pro"
FONTS = Path(__file__).parents[1] / "fonts"

TONES = {
    "": PALETTE["series-1"],
    "reached": PALETTE["series-3"],
    "ahead": PALETTE["series-3"],
    "on-pace": PALETTE["series-1"],
    "behind": PALETTE["series-4"],
    "not-begun": PALETTE["not-begun-fill"],
    "neutral": PALETTE["not-begun-fill"],
}
SERIES = [PALETTE[f"series-{number}"] for number in range(1, 6)]
_HERE = "https://here.invalid"


class Size(NamedTuple):
    """How wide a picture is drawn, in CSS pixels, and its text."""

    name: str
    width: int
    font: int


SIZES = (Size("narrow", 300, 12), Size("wide", 560, 13))

if TYPE_CHECKING:
    Picture = alt.Chart | alt.LayerChart | alt.FacetChart
Draw = Callable[[Size], "Picture"]
Rows = list[dict[str, Any]]


def drawn(kind: str, content: Any, *, label: str, draw: Draw) -> SafeString:
    """The picture in both sizes, from the cache when the same content was drawn before."""

    def make(size: Size, key: str) -> str:
        svg = _svg(draw(size)).replace(_HERE, "")
        return cleaned(svg, label=label, name=size.name, key=key)

    return kept(kind, content, label=label, make=make)


def kept(kind: str, content: Any, *, label: str, make: Callable[[Size, str], str]) -> SafeString:
    """As ``drawn``, for who makes the SVG: ``make`` gets the size, and a key for ids in it."""
    told = json.dumps([LOOK, kind, get_language(), label, content], default=str)
    key = f"chart-{sha256(told.encode()).hexdigest()}"
    svg: str | None = cache.get(key)
    if svg is None:
        svg = "".join(make(size, key[:14]) for size in SIZES)
        cache.set(key, svg, KEPT_S)
    return SafeString(svg)  # every text in it passed through ElementTree


def warm_up() -> None:
    """Load the drawing libraries, about two seconds, before somebody waits for a picture."""
    import shapely.strtree  # noqa: F401, PLC0415  # for maps

    _svg(styled(chart_of([{"x": 1}]).mark_bar().encode(x="x:Q"), SIZES[0]))


def written(value: float | None) -> str:
    """A value as it stands beside a mark."""
    return "" if value is None else number_format(value, force_grouping=True)


def chart_of(rows: Rows) -> "alt.Chart":
    """An empty chart over the rows."""
    import altair as alt  # noqa: PLC0415  # a second and 30 MB that only a new picture costs

    return alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]


def styled(chart: "Picture", size: Size) -> "Picture":
    """The look that all charts share."""
    picture: Picture = (
        chart.configure(
            font=FONT, background="transparent", autosize={"type": "fit", "contains": "padding"}
        )
        .configure_view(stroke=None)
        .configure_axis(
            aria=False,
            domain=False,
            ticks=False,
            grid=False,
            gridColor=PALETTE["line"],
            labelColor=PALETTE["quiet"],
            labelFontSize=size.font,
            labelPadding=6,
            title=None,
        )
        .configure_legend(
            aria=False,
            orient="top",
            title=None,
            labelColor=PALETTE["ink"],
            labelFontSize=size.font,
            labelLimit=size.width - 40,
            columns=1 if size.name == "narrow" else 3,
            symbolType="square",
        )
    )
    return picture


def _svg(chart: "Picture") -> str:
    import vl_convert  # noqa: PLC0415  # 60 MB that a process without charts need not carry

    vl_convert.register_font_directory(str(FONTS))
    separators = {"decimal": get_format("DECIMAL_SEPARATOR"), "grouping": [3]}
    locale = {**separators, "thousands": get_format("THOUSAND_SEPARATOR"), "currency": ["", ""]}
    svg: str = vl_convert.vegalite_to_svg(chart.to_dict(validate=False), format_locale=locale)
    return svg


def address(url: str) -> str:
    """An address that the drawing library leaves alone: it would complete a path by itself."""
    return f"{_HERE}{url or NOWHERE}"
