"""A secretary takes in a list of members from an awkward workbook, and merges a double entry."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Open

pytestmark = pytest.mark.journey


def awkward(path: Path, *, mended: bool) -> Path:
    """As a commune sends it: a title, a group's name, numbers of persons, a sum, a signature."""
    book = Workbook()
    page = book.active
    rows: list[list[object]] = [
        ["DANH SÁCH TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG"],
        ["(kèm theo Công văn số 12)"],
        [],
        ["STT", "HỌ VÀ TÊN", None, "NGÀY THAM GIA", "CCCD", "Ghi chú"],
        [None, "Chi đoàn cơ quan", None, None, None, None],
        [1, "Nguyễn  Thị", "Hoà ", "05/02/2023", "087099000001", "x"],
        [2, "Lê Văn", "Bình", "31/02/2023" if not mended else "28/02/2023", None, None],
        [3, "Trần", "Chi" if mended else "Chi 2", "2023-03-01", None, None],
        ["Tổng cộng", None, None, None, None, 3],
        [None, "NGƯỜI LẬP BIỂU", None, None, None, None],
    ]
    for row in rows:
        page.append(row)
    page.merge_cells("A1:F1")
    out = BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    return path


def send(page: Page, file: Path) -> None:
    page.get_by_label("Tệp Excel").set_input_files(file)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem trước danh sách")


def fits(page: Page) -> None:
    wide, screen = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= screen, page.url


def test_a_list_is_sent_mended_confirmed_and_sent_again(somebody: Open, tmp_path: Path) -> None:
    who = somebody(PHONE)
    page = who.sign_in("bithu")
    who.open("/people/members/")
    page.get_by_role("link", name="Nhập từ Excel").click()
    fits(page)

    send(page, awkward(tmp_path / "sai.xlsx", mended=False))
    fits(page)
    expect(page.locator("main")).to_contain_text("không phải ngày")
    expect(page.locator("main")).to_contain_text("có chữ số")
    expect(page.locator("main")).to_contain_text("Cột “CCCD” có số riêng")
    expect(page.get_by_role("button", name="Xác nhận, ghi danh sách")).to_have_count(0)
    page.get_by_role("link", name="Gửi tệp đã sửa").click()

    send(page, awkward(tmp_path / "dung.xlsx", mended=True))
    expect(page.locator("#sums")).to_contain_text("3 người mới")
    page.get_by_role("button", name="Xác nhận, ghi danh sách").click()
    expect(page.locator("main")).to_contain_text("Đã thêm 3 người.")

    page.get_by_label("Tìm theo tên").fill("hoa nguyen")
    page.locator("main").get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Nhập từ Excel").click()
    send(page, awkward(tmp_path / "lai.xlsx", mended=True))
    expect(page.locator("main")).to_contain_text("Danh sách không có gì mới")
    expect(page.locator("#sums")).to_contain_text("0 người mới")


def test_a_double_entry_is_found_and_made_one(somebody: Open) -> None:
    who = somebody(java_script_enabled=False)
    page = who.sign_in("bithu")
    who.open("/people/members/doubles/")
    waiting = page.locator("main").get_by_role("link", name="So và gộp").first
    waiting.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gộp hai mục")
    old_link = page.get_by_role("link", name="Giữ mục kia thay vì mục này").get_attribute("href")

    page.get_by_role("button", name="Là một người, gộp lại").click()

    expect(page.locator("main")).to_contain_text("Các mục đã gộp vào đây")
    kept = page.url
    assert old_link
    who.open(old_link.split("merge/")[0])
    expect(page).to_have_url(kept)
