"""A leader reviews the morning's acts: one goes back with words, the rest counts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.acting import plan, record
from tests.journeys.conftest import PHONE, Open
from tests.journeys.reading import figure, read_today
from tests.journeys.test_recording import CITIZENS, fits

pytestmark = pytest.mark.journey

WORDS = "Ghi một lần quá nhiều người, em tách theo dịch vụ giúp anh."


def test_a_leader_returns_one_act_with_words_and_accepts_the_rest(somebody: Open) -> None:
    volunteer, leader = somebody(PHONE, has_touch=True, is_mobile=True), somebody(PHONE)
    page = leader.sign_in("totruong")
    read_today(leader)
    team = page.url
    before = figure(page, CITIZENS)
    plan(leader, "Chợ chiều: cài đặt VNeID")
    activity = page.url
    hers = volunteer.sign_in("tinhnguyen")
    volunteer.open(activity)
    record(hers, "Định danh điện tử VNeID", people=2)
    record(hers, "Dịch vụ công trực tuyến", people=55)
    leader.open(team)
    assert figure(page, CITIZENS) == before + 57

    page.get_by_role("link", name="Duyệt lượt hỗ trợ").click()
    fits(page)
    odd = page.locator("li.review", has_text="55 người trong một lần ghi.")
    odd.get_by_role("link", name="Trả lại").click()
    return_with_words(page)
    fits(page)
    page.get_by_role("button", name=re.compile("lượt không có dấu hiệu lạ")).click()

    expect(page.locator("main")).to_contain_text(re.compile("Đã chấp nhận \\d+ lượt."))
    leader.open(team)
    assert figure(page, CITIZENS) == before + 2
    volunteer.open(activity)
    hers.get_by_role("link", name="Dịch vụ công trực tuyến").first.click()
    expect(hers.locator("#returned")).to_contain_text(WORDS)
    fits(hers)
    hers.get_by_role("link", name="Sửa và gửi lại").click()
    hers.get_by_label("Bao nhiêu người?").fill("5")
    hers.get_by_role("button", name="Lưu bản sửa").click()
    expect(hers.locator("main")).to_contain_text("Đã sửa.")
    leader.open(team)
    assert figure(page, CITIZENS) == before + 7


def return_with_words(page: Page) -> None:
    page.get_by_label("Vì sao trả lại?").select_option(label="Ghi quá nhiều người một lần")
    page.get_by_label("Lời nhắn cho người ghi").fill(WORDS)
    page.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Duyệt lượt hỗ trợ")
