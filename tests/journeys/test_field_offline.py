"""A volunteer's phone that finds no network when it is opened, and what it lets take back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.journeys.field import (
    Phone,
    a_phone,
    acts_in,
    expect_number,
    log_help,
    number,
    send_until_arrived,
)

pytestmark = pytest.mark.journey

VNEID = "Định danh điện tử VNeID"
OFFLINE = "Không có mạng — vẫn ghi được"
NEXT_DAY_MS = 20 * 3600 * 1000
# As people come to it: the icon, a screen, links that were shared in Zalo or counted by someone.
ADDRESSES = {
    "/field/": "Sen Hồng",
    "/field/#/log": "Ghi lượt hỗ trợ",
    "/field/?zarsrc=30&utm_source=zalo": "Sen Hồng",
}


def test_the_app_opens_cold_without_a_network_and_logs(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    with a_phone(playwright, site, tmp_path) as phone:
        page = phone.sign_in("tinhnguyen")
        sent = number(page, "Đã đến")
        icon = _start_url(page)
        phone.road.down()

        for address, title in {icon: "Sen Hồng", **ADDRESSES}.items():
            phone.kill()
            page = phone.start(address)
            _is_open(page, title)
            page.reload(wait_until="domcontentloaded")
            _is_open(page, title)

        page = phone.again()
        log_help(page, VNEID)
        page = _the_next_day(phone)
        log_help(page, VNEID)
        expect(page.get_by_text(OFFLINE)).to_be_visible()
        phone.road.up()
        send_until_arrived(page)
        expect_number(page, "Đã đến", sent + 2)
        assert {act["result"] for act in acts_in(page)[-2:]} == {"recorded"}


def _start_url(page: Page) -> str:
    address: str = page.evaluate(
        """async () => {
          const link = document.querySelector("link[rel=manifest]");
          return (await (await fetch(link.href)).json()).start_url;
        }"""
    )
    return address


def _is_open(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("main")).not_to_be_empty()


def _the_next_day(phone: Phone) -> Page:
    """The browser's session is over, and what was taken along is of yesterday."""
    page = phone.again()
    page.context.clear_cookies()
    phone.kill()
    page = phone.start("about:blank")
    now = page.evaluate("Date.now()")
    page.clock.install(time=(now + NEXT_DAY_MS) / 1000)
    page.goto("/field/")
    _is_open(page, "Sen Hồng")
    return page


def test_the_app_opens_on_a_network_that_is_silent(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    """The worst of signals: shown, accepted, never answered."""
    with a_phone(playwright, site, tmp_path) as phone:
        page = phone.sign_in("tinhnguyen")
        sent = number(page, "Đã đến")
        phone.kill()
        phone.road.fall_silent()

        page = phone.start()
        _is_open(page, "Sen Hồng")
        page.reload(wait_until="domcontentloaded")
        _is_open(page, "Sen Hồng")
        log_help(page, VNEID)

        phone.road.speaks.set()
        send_until_arrived(page)
        expect_number(page, "Đã đến", sent + 1)


def test_what_was_saved_can_be_taken_back(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    with a_phone(playwright, site, tmp_path) as phone:
        page = phone.sign_in("tinhnguyen")
        phone.road.down()
        log_help(page, VNEID)
        expect_number(page, "Nháp", 1)

        page.get_by_role("button", name="Hoàn tác").click()

        expect_number(page, "Nháp", 0)
        assert [act for act in acts_in(page) if act["state"] != "returned"] == []
