"""A secretary sees who is behind, reminds them; they read it; a figure moves while she looks."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.acting import plan, record
from tests.journeys.conftest import PHONE, Open
from tests.journeys.reading import card, figure, number, read_today

pytestmark = pytest.mark.journey

CITIZENS = "Lượt người dân được hướng dẫn"
WORDS = "Mời đơn vị xem lại chỉ tiêu và lên lịch trong tuần này."


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_the_office_finds_who_needs_it_reminds_them_and_opens_one(
    somebody: Open, has_script: bool
) -> None:
    about = "Im lặng" if has_script else "Tổ lâu"
    need = "im lặng từ 7 ngày" if has_script else "chưa hoạt động từ 30 ngày"
    page = somebody(java_script_enabled=has_script).sign_in("tinhdoan")
    needs = page.get_by_role("region", name="Cần bạn")
    line = needs.get_by_role("listitem").filter(has_text=need)
    asked = number(line.locator(".need-title").inner_text())

    line.get_by_role("link", name=re.compile("^Nhắc ")).click()
    boxes = page.get_by_role("checkbox")
    offered = boxes.count()
    assert 0 < offered <= asked
    boxes.first.uncheck()
    page.get_by_label("Lời nhắc").fill(WORDS)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name=f"Gửi tới {offered - 1} đơn vị")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Nhắc ")).click()

    expect(page.locator("#notices")).to_contain_text(f"Đã nhắc {offered - 1} đơn vị.")
    expect(line).to_contain_text(f"Đã nhắc {offered - 1} đơn vị hôm nay.")
    page.goto("/reminders/sent/")
    sent = page.get_by_role("article").first
    expect(sent).to_contain_text(about)
    expect(sent).to_contain_text(f"0 trong {offered - 1} đơn vị đã xem")
    sent.get_by_text("Đơn vị nào đã xem").click()
    unit = sent.get_by_role("rowheader").first
    name = unit.inner_text().split(",")[0]
    unit.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_the_commune_reads_its_reminder_on_a_phone(somebody: Open) -> None:
    page = somebody(PHONE).sign_in("bithu")
    page.get_by_role("link", name=re.compile("tin chưa xem")).click()

    waiting = page.get_by_role("article").filter(has_text="Chưa xem").first
    expect(waiting).to_contain_text("Văn phòng Tỉnh đoàn")
    waiting.get_by_role("button", name=re.compile("^Đã xem")).click()

    expect(page.locator("#notices")).to_contain_text("Đã ghi là đã xem.")


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_a_volunteer_opens_her_message_and_the_bell_is_quiet(
    somebody: Open, has_script: bool
) -> None:
    page = somebody(PHONE, java_script_enabled=has_script).sign_in("tinhnguyen")
    page.goto("/messages/")
    waiting = page.get_by_role("article").filter(has_text="Chưa xem")

    while waiting.count():
        waiting.first.get_by_role("button", name=re.compile("^Mở")).click()
        page.goto("/messages/")

    expect(page.get_by_role("link", name=re.compile("tin chưa xem"))).to_have_count(0)
    page.get_by_role("link", name="Cách nhận tin", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cách nhận tin")


def test_a_posting_shows_on_an_open_page_without_reloading(somebody: Open) -> None:
    leader = somebody(PHONE)
    phone = leader.sign_in("totruong")
    read_today(leader)
    plan(leader, "Chợ chiều: cài đặt VNeID")
    secretary = somebody()
    board = secretary.sign_in("bithu")
    read_today(secretary)
    before = figure(board, CITIZENS)
    board.evaluate("window.isTheSamePage = true")

    record(phone, "Định danh điện tử VNeID", people=4)

    value = card(board, CITIZENS).locator(".figure")
    expect(value).to_have_text(f"{before + 4:,}".replace(",", "."), timeout=4_000)
    expect(board.locator("[data-moved]")).to_contain_text(CITIZENS)
    assert board.evaluate("window.isTheSamePage") is True
