"""A secretary tells of a practice; another unit takes it up, and the figure moves."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from senhong.core import clock
from senhong.practices.tests.make import a_png
from tests.journeys.conftest import PHONE, Open
from tests.journeys.reading import read_today

pytestmark = pytest.mark.journey

NAME = "Góc học chung tối thứ năm"


def test_a_practice_is_told_by_one_unit_taken_up_by_another_and_counted(
    somebody: Open, tmp_path: Path
) -> None:
    starter = somebody(PHONE)
    starter.sign_in("bithu")
    read_today(starter)
    page = starter.open("/practices/new/")
    unit = tell(page)
    url = page.url
    show(page, tmp_path)
    expect(page.get_by_role("link", name="Đơn vị tôi áp dụng mô hình này")).to_have_count(0)
    fits(page)

    office = somebody(java_script_enabled=False)
    office.sign_in("tinhdoan")
    read_today(office)
    before = adopted(office.open(figures()))
    page = office.open("/practices/?q=goc+hoc+chung")
    page.get_by_role("link", name=NAME).click()
    expect(page.locator("main")).to_contain_text("Chưa đơn vị nào áp dụng.")
    page.get_by_role("link", name="Đơn vị tôi áp dụng mô hình này").click()
    expect(page.get_by_label("Đơn vị áp dụng").locator("option", has_text=unit)).to_have_count(0)
    page.get_by_label("Đơn vị áp dụng").select_option(index=3)
    page.get_by_role("button", name="Ghi là đã áp dụng").click()
    expect(page.locator("main")).to_contain_text("1 đơn vị áp dụng")
    assert adopted(office.open(figures())) == before + 1

    page.goto(url)
    page.get_by_role("link", name="Rút lại").click()
    page.get_by_role("button", name="Rút lại").click()
    expect(page.locator("main")).to_contain_text("Chưa đơn vị nào áp dụng.")
    assert adopted(office.open(figures())) == before


def tell(page: Page) -> str:
    """The unit that the practice was told for."""
    page.get_by_label("Tên mô hình").fill(NAME)
    page.get_by_label("Cách làm").fill("Mỗi tối thứ năm mở cửa nhà văn hóa.\nAi cũng vào được.")
    page.get_by_role("button", name="Lưu mô hình").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    return page.locator(".page-head a[href^='/units/']").inner_text()


def show(page: Page, folder: Path) -> None:
    file = folder / "goc-hoc.png"
    file.write_bytes(a_png((b"tEXt", b"GPS\x0010.29 105.75")))
    page.get_by_role("link", name="Thêm ảnh").click()
    page.get_by_label("Ảnh", exact=True).set_input_files(file)
    page.get_by_label("Ảnh cho thấy gì").fill("Bàn học và quạt")
    page.get_by_role("button", name="Lưu ảnh").click()
    picture = page.get_by_role("img", name="Bàn học và quạt")
    picture.scroll_into_view_if_needed()  # a picture is loaded when it comes near
    expect(picture).to_have_js_property("naturalWidth", 1)


def figures() -> str:
    last = clock.today()
    first = last - timedelta(days=1)
    return f"/figures/?unit=P82-3&indicator=practices-adopted&from={first}&to={last}"


def adopted(page: Page) -> int:
    cell = page.locator("#answer td").first
    found = re.search(r"\d+", cell.inner_text())
    assert found
    return int(found[0])


def fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    wide, screen = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= screen, page.url
