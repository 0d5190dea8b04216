"""Communes coloured by how far they are."""

import re
from xml.etree import ElementTree as ET

import pytest

from senhong.board.tests.make import a_demo, helped, signed_in, text_of
from senhong.org.models import Level, Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import NewUnit, found_units, keep_boundaries
from senhong.plans.tests.make import a_plan, a_target

pytestmark = pytest.mark.django_db
COMMUNES = 4


def a_placed_province() -> Unit:
    """A province whose communes stand in a row from west to east."""
    units = [NewUnit(key="Pm", code="m", level="province", kind="tỉnh", name="Tỉnh M", parent=None)]
    units += [
        NewUnit(key=f"Wm{n}", code=f"m{n}", level="commune", kind="xã", name=f"Xã {n}", parent="Pm",
                lat=10.2, lon=105 + n / 10)
        for n in range(COMMUNES)
    ]  # fmt: skip
    return found_units(SYSTEM, units)[0]


@pytest.fixture
def province() -> Unit:
    province = a_placed_province()
    plan = a_plan(province)
    a_demo(province)
    for unit, people in zip(_communes(), (30, 2, 0), strict=False):
        a_target(unit, "citizen-turns", 30, plan)
        if people:
            helped(unit, people)
    a_target(province, "sorties", 5, plan)
    return province


def _communes() -> list[Unit]:
    return list(Unit.objects.filter(level=Level.COMMUNE).order_by("pk"))


def pictures(page: str) -> list[ET.Element]:
    return [ET.fromstring(svg) for svg in re.findall(r"<svg.*?</svg>", page) if "chart-" in svg]  # noqa: S314


def test_the_legend_says_each_state_and_its_number(province: Unit) -> None:
    page = text_of(signed_in(province), f"/units/{province.key}/map/")

    legend = page.partition('class="legend"')[2].partition("</ul>")[0]
    said = dict(re.findall(r"</span>([^<]+?) <strong>(\d+)</strong>", legend))
    assert said == {
        "Đã đạt": "1", "Vượt nhịp": "0", "Đúng nhịp": "0", "Chậm nhịp": "1",
        "Chưa bắt đầu": "1", "Chưa giao chỉ tiêu": "1",
    }  # fmt: skip


def test_every_commune_leads_to_its_page_and_says_its_state(province: Unit) -> None:
    page = text_of(signed_in(province), f"/units/{province.key}/map/")

    links = {a.get("href"): a.get("aria-label") for a in pictures(page)[0].iter() if a.get("href")}
    assert links == {
        "/units/Wm0/": "Xã 0: 30 · Đã đạt · 100 %",
        "/units/Wm1/": "Xã 1: 2 · Chậm nhịp · 7 %",
        "/units/Wm2/": "Xã 2: 0 · Chưa bắt đầu · 0 %",
        "/units/Wm3/": "Xã 3: 0 · Chưa giao chỉ tiêu",
    }


def test_another_target_may_be_chosen(province: Unit) -> None:
    client = signed_in(province)
    page = text_of(client, f"/units/{province.key}/map/")
    [other] = re.findall(r'href="(\?of=sorties[^"]+)"', page)

    page = text_of(client, f"/units/{province.key}/map/{other}")

    assert "Chưa có xã nào được giao chỉ tiêu này" in page


def test_real_boundaries_are_drawn_where_every_unit_has_one(province: Unit) -> None:
    client, units = signed_in(province), _communes()

    def paths() -> list[str]:
        page = text_of(client, f"/units/{province.key}/map/")
        return [p.attrib["d"] for p in pictures(page)[0].iter() if "fill-opacity" in p.attrib]

    sketched = paths()
    keep_boundaries(SYSTEM, {unit: _square(unit) for unit in units[:-1]})
    assert paths() == sketched

    keep_boundaries(SYSTEM, {units[-1]: _square(units[-1])})

    assert paths() != sketched
    assert [path.count("L") for path in paths()] == [3] * COMMUNES


def _square(unit: Unit) -> dict[str, object]:
    west, south = (unit.lon or 0) - 0.05, (unit.lat or 0) - 0.05
    east, north = west + 0.1, south + 0.1
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}
