"""A volunteer's phone without a network: nothing is lost, nothing is counted twice."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.journeys.field import (
    Phone,
    acts_in,
    expect_number,
    go,
    log_help,
    network,
    number,
    send_now,
)

pytestmark = pytest.mark.journey

VNEID = "Định danh điện tử VNeID"


def test_a_whole_sortie_without_a_network_and_killed_twice(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    phone = Phone(playwright, tmp_path, site)
    phone.start()
    page = phone.sign_in("tinhnguyen")
    sent = number(page, "Đã đến")

    phone.go_offline()
    page = phone.again()  # opened without a network
    expect(page.get_by_text("Không có mạng — vẫn ghi được")).to_be_visible()
    log_help(page, VNEID, people=3)
    page = phone.again()  # killed within the ten seconds of undoing
    log_help(page, VNEID)
    _tally(page)
    page = phone.again()
    go(page, "tally")
    expect(page.get_by_text("2 người hôm nay")).to_be_visible()
    go(page, "")

    phone.go_online()
    send_now(page)
    expect_number(page, "Đã đến", sent + 5)
    expect_number(page, "Chờ gửi", 0)
    kinds = [(act["act"]["citizens"], act["act"]["same_people"]) for act in acts_in(page)][-5:]
    assert kinds == [(3, False), (1, False), (1, False), (1, True), (1, False)]
    phone.kill()


def _tally(page: Page) -> None:
    """Two people, one of them helped with two things."""
    page.get_by_role("link", name="Đếm nhanh").click()
    counters = page.locator(".tally")
    counters.nth(0).click()
    page.get_by_role("button", name="+ việc nữa").click()
    counters.nth(1).click()
    counters.nth(0).click()
    expect(page.get_by_text("2 người hôm nay")).to_be_visible()
    expect(counters.nth(0).locator("b")).to_have_text("2")


def test_lost_answers_count_nothing_twice(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    with network(site) as (address, road):
        phone = Phone(playwright, tmp_path, address)
        phone.start()
        page = phone.sign_in("tinhnguyen")
        sent = number(page, "Đã đến")
        road.lose_every = 2
        phone.go_offline()
        for _help in range(3):
            log_help(page, VNEID)
        phone.go_online()

        road.asked = 1  # the next answer is lost, after the server committed
        page = phone.again()
        send_now(page)
        for _again in range(8):
            if road.lost and number(page, "Đã đến") == sent + 3:
                break
            page.wait_for_timeout(3000)
            send_now(page)

        assert road.lost >= 1
        expect_number(page, "Đã đến", sent + 3)
        results = {act["result"] for act in acts_in(page)[-3:]}
        assert results == {"already-recorded"}
        phone.kill()


def test_an_update_in_the_middle_keeps_what_waits(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    with network(site) as (address, road):
        phone = Phone(playwright, tmp_path, address)
        phone.start()
        page = phone.sign_in("tinhnguyen")
        sent = number(page, "Đã đến")
        phone.go_offline()
        log_help(page, VNEID)
        road.release = "a newer app"
        phone.go_online()
        page.evaluate("navigator.serviceWorker.getRegistration('/field/').then(r => r.update())")

        expect(page.get_by_text("Có bản mới.")).to_be_visible()
        with page.expect_navigation():
            page.get_by_role("button", name="Cập nhật").click()

        send_now(page)
        expect_number(page, "Đã đến", sent + 1)
        phone.kill()


def test_what_was_saved_can_be_taken_back(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    phone = Phone(playwright, tmp_path, site)
    phone.start()
    page = phone.sign_in("tinhnguyen")
    phone.go_offline()
    log_help(page, VNEID)
    assert number(page, "Nháp") == 1

    page.get_by_role("button", name="Hoàn tác").click()

    expect_number(page, "Nháp", 0)
    assert [act for act in acts_in(page) if act["state"] != "returned"] == []
    phone.kill()
