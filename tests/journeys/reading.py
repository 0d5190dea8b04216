"""What a person reads on a page, as numbers."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Somebody

TODAY = "Về hôm nay"


def number(text: str) -> int:
    """A whole number as it is shown: "11.519 lượt" is 11519."""
    found = re.search(r"\d[\d.]*", text)
    assert found, text
    return int(found[0].replace(".", ""))


def card(page: Page, name: str) -> Locator:
    """The figure's card with this name."""
    heading = page.get_by_role("heading", name=name, exact=True)
    return page.get_by_role("article").filter(has=heading)


def figure(page: Page, name: str) -> int:
    return number(card(page, name).locator(".figure").inner_text())


def read_on(somebody: Somebody, day: str) -> None:
    """Set the demo clock to a day, yyyy-mm-dd."""
    page = somebody.page
    page.get_by_text("Chọn ngày khác").click()
    page.get_by_label("Đọc số liệu tại ngày").fill(day)
    page.get_by_role("button", name="Đọc ngày này").click()
    expect(page.get_by_label("Đọc số liệu tại ngày")).to_have_value(day)


def read_today(somebody: Somebody) -> None:
    somebody.page.get_by_role("button", name=TODAY).click()
    expect(somebody.page.get_by_role("button", name=TODAY)).to_have_count(0)
