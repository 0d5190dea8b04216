"""Every chart: drawn once, with links, without styles, and with its table."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from senhong.web import charts
from senhong.web.charts import Chart, Point, Region, drawing
from senhong.web.components import Tone

WEEKS = [
    Point(label="01–07/03", value=5210, url="/figures/?week=9"),
    Point(label="08–14/03", value=6020, url="/figures/?week=10"),
    Point(label="15–20/03", value=4734, is_partial=True),
]
TWO = [
    Point(label=label, value=value * step, series=series, url=f"/figures/?at={label}")
    for label, value in (("01/2023", 100), ("02/2023", 250))
    for series, step in (("Lượt người dân", 2), ("Lượt nền tảng số", 1))
]
REGIONS = [
    Region(key=f"u{at}", title=f"Xã {at}", lat=10.2 + at / 7 % 0.5, lon=105.5 + at / 11, value=at,
           url=f"/units/u{at}/")
    for at in range(6)
]  # fmt: skip

DRAWN = [
    lambda: charts.bar_chart("Theo tuần", WEEKS),
    lambda: charts.bar_chart("Theo đơn vị", WEEKS, lying=True),
    lambda: charts.line_chart("Trong năm", TWO),
    lambda: charts.grouped_bar_chart("Hai chỉ tiêu", TWO),
    lambda: charts.map_chart("Bản đồ", REGIONS),
]
every_chart = pytest.mark.parametrize(
    "draw", DRAWN, ids=["bars", "lying", "lines", "groups", "map"]
)


def pictures(chart: Chart) -> ET.Element:
    return ET.fromstring(f"<div>{chart.svg}</div>")  # noqa: S314  # our own drawing


def links(chart: Chart) -> set[str]:
    return {part.attrib["href"] for part in pictures(chart).iter() if "href" in part.attrib}


@every_chart
def test_a_picture_keeps_the_pages_rules(draw: object) -> None:
    chart = draw()  # type: ignore[operator]

    for part in pictures(chart).iter():
        assert part.tag.rsplit("}")[-1] not in {"script", "style", "foreignObject"}
        assert "style" not in part.attrib
        assert not [name for name in part.attrib if name.startswith("on")]
        assert part.get("href", "/").startswith("/")


@every_chart
def test_a_picture_says_what_it_shows_and_scales(draw: object) -> None:
    chart = draw()  # type: ignore[operator]

    for picture in pictures(chart):
        assert str(chart.title) in picture.attrib["aria-label"]
        assert picture.attrib["viewBox"]
        assert "width" not in picture.attrib


@every_chart
def test_drawn_twice_is_drawn_once(draw: object, monkeypatch: pytest.MonkeyPatch) -> None:
    first = draw()  # type: ignore[operator]
    monkeypatch.setattr(drawing, "_svg", None)

    assert draw().svg == first.svg  # type: ignore[operator]


@every_chart
def test_ids_are_unique_on_a_page(draw: object) -> None:
    chart = draw()  # type: ignore[operator]

    ids = re.findall(r' id="([^"]+)"', chart.svg)

    assert len(ids) == len(set(ids))


def test_each_bar_leads_to_what_is_behind_it() -> None:
    chart = charts.bar_chart("Theo tuần", WEEKS)

    assert links(chart) == {"/figures/?week=9", "/figures/?week=10"}
    assert "08–14/03: 6.020" in chart.svg


def test_a_picture_with_links_is_a_group_and_one_without_an_image() -> None:
    with_links = charts.bar_chart("Theo tuần", WEEKS)
    without = charts.bar_chart("Theo tuần", WEEKS[2:])

    assert {picture.attrib["role"] for picture in pictures(with_links)} == {"group"}
    assert {picture.attrib["role"] for picture in pictures(without)} == {"img"}


def test_another_value_is_another_picture() -> None:
    first = charts.bar_chart("Theo tuần", WEEKS)
    moved = [*WEEKS[:2], Point(label="15–20/03", value=4735)]

    assert charts.bar_chart("Theo tuần", moved).svg != first.svg


def test_numbers_follow_the_readers_language() -> None:
    with translation.override("en"):
        chart = charts.bar_chart("By week", WEEKS)

    assert "6,020" in chart.svg
    assert "6.020" not in chart.svg


def test_the_table_holds_what_the_picture_shows() -> None:
    chart = charts.grouped_bar_chart("Hai chỉ tiêu", TWO, head="Tháng")

    assert [str(column.title) for column in chart.table.columns] == [
        "Tháng", "Lượt người dân", "Lượt nền tảng số",
    ]  # fmt: skip
    assert [[cell.value for cell in row.cells] for row in chart.table.rows] == [
        ["01/2023", 200, 100],
        ["02/2023", 500, 250],
    ]
    assert {cell.url for row in chart.table.rows for cell in row.cells[1:]} == links(chart)


def test_every_unit_is_on_the_map_and_leads_to_its_page() -> None:
    chart = charts.map_chart("Bản đồ", REGIONS)

    assert links(chart) == {region.url for region in REGIONS}
    assert [row.cells[0].value for row in chart.table.rows] == [r.title for r in REGIONS]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_map_of_few_units_is_still_a_map(count: int) -> None:
    assert "<path" in charts.map_chart("Bản đồ", REGIONS[:count]).svg


def test_without_points_there_is_no_picture_but_a_word() -> None:
    chart = charts.bar_chart("Theo tuần", [])

    assert chart.svg == ""
    assert chart.table.empty


def test_what_people_wrote_stays_text() -> None:
    wrote = '<script>alert("x")</script>'

    chart = charts.bar_chart(wrote, [Point(label=wrote, value=1, title=wrote)])

    assert "<script" not in chart.svg


def test_units_with_one_centre_are_both_seen() -> None:
    twins = [Region(key=key, title=key, lat=10, lon=105, url=f"/{key}/") for key in "ab"]

    chart = charts.map_chart("Bản đồ", [*twins, *REGIONS])

    paths = [part.get("d") for part in pictures(chart)[0].iter() if part.get("fill-opacity")]
    assert len(set(paths)) == len(paths) == len(REGIONS) + 2


def test_states_are_told_by_more_than_colour() -> None:
    tones: tuple[Tone, ...] = ("reached", "ahead", "behind", "not-begun")
    regions = [
        Region(key=tone, title=tone, lat=10 + at / 10, lon=105, value=at, tone=tone, note="lời")
        for at, tone in enumerate(tones)
    ]

    chart = charts.map_chart("Bản đồ", regions)

    patterns = {part.get("id") for part in pictures(chart).iter() if part.tag.endswith("pattern")}
    fills = {part.get("fill", "") for part in pictures(chart).iter()}
    assert len(patterns) == 4  # lines and dots, in two sizes
    assert {f"url(#{id})" for id in patterns} <= fills
    assert "behind: 2 · lời" in chart.svg
