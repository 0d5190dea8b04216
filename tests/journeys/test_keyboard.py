"""Somebody who uses the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from senhong.demo.cast import PASSWORD
from tests.journeys.conftest import Open

pytestmark = pytest.mark.journey

_MOST_TABS = 40
_NAMES_OF_FOCUSED = """(e => [e, ...(e.labels ?? [])].map(one => one.innerText?.trim()))(
  document.activeElement)"""


def test_the_keyboard_alone_signs_in_finds_a_unit_and_opens_it(somebody: Open) -> None:
    page = somebody().open("/accounts/login/")
    tab_to(page, "Tên đăng nhập")
    page.keyboard.type("tinhdoan")
    tab_to(page, "Mật khẩu")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tỉnh Đồng Tháp")

    tab_to(page, "Tìm đơn vị")
    page.keyboard.type("cao lanh")
    page.keyboard.press("Enter")
    page.wait_for_url("**/units/search/**")
    tab_to(page, "Thành phố Cao Lãnh")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Thành phố Cao Lãnh")


def test_the_first_tab_leads_past_the_menu(somebody: Open) -> None:
    page = somebody().sign_in("tinhdoan")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Tới nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what has the focus is called so: by its label or its text."""
    for _ in range(_MOST_TABS):
        if wanted in page.evaluate(_NAMES_OF_FOCUSED):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached with {_MOST_TABS} tabs at {page.url}")
