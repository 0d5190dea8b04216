"""A volunteer signs up on a phone and moves up; the leader checks people in; a stranger looks."""

import re

import pytest
from playwright.sync_api import Page, expect

from senhong.demo.services.sessions import EVENING
from tests.journeys.conftest import LAPTOP, PHONE, Open, Somebody
from tools.look import axe_faults

pytestmark = pytest.mark.journey


def open_evening(who: Somebody, username: str) -> Page:
    """The full sortie of the demo's own team, from its team's calendar."""
    page = who.sign_in(username)
    who.open("/activities/?when=all")
    page.get_by_role("link", name=EVENING).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(EVENING)
    return page


def test_who_waits_moves_up_when_others_cannot_come(somebody: Open) -> None:
    volunteer = open_evening(somebody(PHONE, has_touch=True, is_mobile=True), "tinhnguyen")
    leader = open_evening(somebody(LAPTOP), "totruong")

    volunteer.get_by_role("button", name="Vào danh sách chờ").click()
    expect(volunteer.locator("main")).to_contain_text("Bạn đứng thứ 2 trong danh sách chờ")
    leader.get_by_role("link", name="Mở trang điểm danh").click()
    waiting = leader.locator("#lists section[aria-labelledby=waiting-title] li")
    for left in (1, 0):
        leader.get_by_role("button", name="Vắng").first.click()
        expect(waiting).to_have_count(left)

    volunteer.reload()
    expect(volunteer.locator("#taking-part")).to_contain_text("Đã đăng ký")
    volunteer.get_by_role("button", name="Tôi chắc chắn đến").click()
    expect(volunteer.locator("#taking-part")).to_contain_text("Đã xác nhận")
    assert axe_faults(volunteer) == []


def test_the_leader_checks_people_in_and_the_code_is_there(somebody: Open) -> None:
    page = open_evening(somebody(PHONE, has_touch=True, is_mobile=True), "totruong")
    page.get_by_role("link", name="Mở trang điểm danh").click()

    expect(page.locator("#code svg")).to_be_visible()
    expect(page.locator(".code-signs")).to_have_text(re.compile("^[A-Z2-9]{3} [A-Z2-9]{3}$"))
    before = page.locator("#lists button[name=left]").count()
    page.get_by_role("button", name="Có mặt").first.click()
    expect(page.locator("#lists button[name=left]")).to_have_count(before + 1)
    expect(page).to_have_url(re.compile("/check-in/$"))
    assert axe_faults(page) == []
    page.get_by_role("button", name="Ghi nhầm").first.click()
    expect(page.locator("#lists button[name=left]")).to_have_count(before)


def test_a_stranger_reads_what_is_shared_also_without_javascript(somebody: Open) -> None:
    leader = open_evening(somebody(LAPTOP), "totruong")
    address = leader.get_by_role("link", name="Trang công khai").get_attribute("href") or ""
    page = somebody(PHONE, java_script_enabled=False).open(address)

    expect(page.get_by_role("heading", level=1)).to_have_text(EVENING)
    expect(page.get_by_role("link", name="Đăng nhập để đăng ký")).to_be_visible()
    expect(page.locator("#share-text")).to_have_text(re.compile(re.escape(address)))
    expect(page.get_by_role("button", name="Chép")).to_be_hidden()
    leader.goto(address)
    expect(leader.get_by_role("button", name="Chép")).to_be_visible()
    assert axe_faults(leader) == []
