"""A team leader records in the market: on a phone, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acting import plan, record
from tests.journeys.conftest import PHONE, Open
from tests.journeys.reading import figure, read_today

pytestmark = pytest.mark.journey

CITIZENS = "Lượt người dân được hướng dẫn"


def test_help_recorded_on_a_phone_moves_the_figure_on_a_fresh_page(somebody: Open) -> None:
    who = somebody(PHONE, has_touch=True, is_mobile=True)
    page = who.sign_in("totruong")
    read_today(who)
    team = page.url
    before = figure(page, CITIZENS)

    plan(who, "Chợ sáng: cài đặt VNeID")
    fits(page)
    record(page, "Định danh điện tử VNeID", people=3)
    fits(page)

    expect(page.locator("main")).to_contain_text("VNeID")
    who.open(team)
    assert figure(page, CITIZENS) == before + 3
    fits(page)


def test_everything_works_without_javascript(somebody: Open) -> None:
    who = somebody(java_script_enabled=False)
    page = who.sign_in("totruong")
    page.get_by_role("button", name="Về hôm nay").click()
    team = page.url
    before = figure(page, CITIZENS)
    page.locator("main nav").first.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("/units/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^(Xã|Phường) "))

    plan(who, "Nhà văn hóa: dịch vụ công")
    record(page, "Dịch vụ công trực tuyến", people=2)

    who.open(team)
    assert figure(page, CITIZENS) == before + 2


def test_a_number_of_a_person_is_refused_with_an_explanation(somebody: Open) -> None:
    who = somebody(PHONE)
    page = who.sign_in("totruong")
    plan(who, "Bến phà: thanh toán")
    page.get_by_role("link", name="Ghi lượt hỗ trợ").first.click()
    page.get_by_role("checkbox", name="Thanh toán không tiền mặt").check()
    page.get_by_label("Ghi chú").fill("gọi lại 0912 345 678")
    page.get_by_role("button", name="Lưu").click()

    expect(page.locator("main")).to_contain_text("số điện thoại")
    expect(page.get_by_label("Ghi chú")).to_have_value("gọi lại 0912 345 678")


def fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    wide, screen = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= screen, page.url
