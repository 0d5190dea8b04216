"""A secretary reads: from a target down to the doorstep, on one map and on the other."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Open
from tests.journeys.reading import card, figure, number, read_on, read_today

pytestmark = pytest.mark.journey

TURNS = "Lượt người dân dùng nền tảng số"


def test_a_secretary_clicks_down_from_a_target_to_one_help(somebody: Open) -> None:
    page = somebody().sign_in("tinhdoan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tỉnh Đồng Tháp")
    of_province = figure(page, TURNS)

    card(page, TURNS).locator("a.figure").click()
    page.wait_for_url("**/targets/**")
    assert figure(page, TURNS) == of_province

    card(page, TURNS).locator("a.figure").click()
    page.wait_for_url("**/figures/**by=unit**")
    assert sum(quantity for _unit, quantity in lines(page)) == of_province

    district, of_district = largest(page, "Huyện")
    page.get_by_role("rowheader", name=district).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(district)
    assert sum(quantity for _unit, quantity in lines(page)) == of_district

    commune, of_commune = largest(page, "Xã")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=commune))
    row.get_by_role("cell").get_by_role("link").click()
    page.wait_for_url("**/figures/postings/**")
    expect(page.locator("main")).to_contain_text(commune)
    quantities = page.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert sum(map(number, quantities)) == of_commune

    page.locator("tbody tr").first.get_by_role("link").click()
    page.wait_for_url("**/activities/help/**")
    expect(page.get_by_role("row", name=TURNS)).to_contain_text(quantities[0])
    expect(page.locator("main")).to_contain_text(commune)


def lines(page: Page) -> list[tuple[str, int]]:
    """The table of figures by unit: who, how much. The total's row is left out."""
    rows = page.get_by_role("table").last.locator("tbody tr:not(.is-total)").all()
    return [
        (row.locator("th").inner_text().strip(), number(row.locator("td").first.inner_text()))
        for row in rows
    ]


def largest(page: Page, kind: str) -> tuple[str, int]:
    return max((line for line in lines(page) if line[0].startswith(kind)), key=lambda one: one[1])


def test_the_map_of_the_day_and_todays_map_have_the_same_totals(somebody: Open) -> None:
    who = somebody()
    who.sign_in("tinhdoan")
    read_on(who, "2025-12-31")
    page = who.open("/units/P82-3/?period=begun")
    switch = page.get_by_role("navigation", name="Đọc trên")
    expect(switch.locator("[aria-current=true]")).to_have_text("Bản đồ của ngày")
    of_day = figures(page)

    switch.get_by_role("link", name="Bản đồ hôm nay").click()

    expect(switch.locator("[aria-current=true]")).to_have_text("Bản đồ hôm nay")
    assert figures(page) == of_day
    assert any(of_day.values())


def test_a_month_of_2023_is_read_on_both_maps(somebody: Open) -> None:
    who = somebody()
    who.sign_in("kiemtra")
    period = "from=2023-03-01&to=2023-03-31&by=indicator"

    then = who.open(f"/figures/?unit=P87-2&{period}")
    told = {name: quantity for name, quantity in lines(then) if "ố" not in name[:2]}
    now = who.open(f"/figures/?unit=P82-3&{period}&map=2026-01-01")

    assert told == {name: quantity for name, quantity in lines(now) if name in told}
    assert max(told.values()) > 10_000


def figures(page: Page) -> dict[str, int]:
    """Every figure on cards, by its name."""
    return {
        one.get_by_role("heading").inner_text(): number(one.locator(".figure").inner_text())
        for one in page.get_by_role("article").filter(has=page.locator(".figure")).all()
    }


def test_the_demo_clock_goes_to_today_and_back(somebody: Open) -> None:
    who = somebody()
    page = who.sign_in("tinhdoan")
    clock = page.get_by_role("complementary", name="Ngày đọc số liệu")
    expect(clock).to_contain_text("20/03/2023")
    before = figures(page)

    read_today(who)
    who.open("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tỉnh Đồng Tháp")
    assert re.search("/units/P82-3/", page.url)
    assert figures(page) != before

    read_on(who, "2023-03-20")
    who.open("/")
    expect(clock).to_contain_text("20/03/2023")
    assert figures(page) == before
