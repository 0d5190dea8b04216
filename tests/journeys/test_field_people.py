"""Whose phone it is: signing out with acts waiting, numbers of persons, an outbox that is full."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from bench.saving import WAITING, fill_outbox
from tests.journeys.field import a_phone, expect_number, go, log_help
from tools.look import axe_faults

pytestmark = pytest.mark.journey

VNEID = "Định danh điện tử VNeID"
SCREENS = ["", "log", "tally", "outbox/waiting", "outbox/sent", "services", "sorties", "settings"]


def test_signing_out_seals_what_waits_until_the_same_person_comes_back(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    with a_phone(playwright, site, tmp_path) as phone:
        page = phone.sign_in("tinhnguyen")
        phone.road.down()
        log_help(page, VNEID, people=2)
        go(page, "sign-out")
        expect(page.get_by_text("Còn 1 lượt chỉ có trên máy này.")).to_be_visible()

        page.get_by_role("button", name="Khóa kín và đăng xuất").click()

        expect(page.get_by_text("1 lượt đang giữ kín")).to_be_visible()
        assert _databases(page) == ["senhong"]

        phone.road.up()
        page.reload()  # the browser's session ends as soon as there is a network
        page.evaluate(
            """() => new Promise((done) => {
              const look = () =>
                localStorage.getItem("senhong-session-to-end") ? setTimeout(look, 100) : done();
              look();
            })"""
        )
        page = phone.sign_in("tinhnguyen")
        expect_number(page, "Đã đến", 1)


def _databases(page: Page) -> list[str]:
    names: list[str] = page.evaluate(
        "indexedDB.databases().then(all => all.map(({ name }) => name))"
    )
    return names


def test_a_number_of_a_person_is_refused_at_once(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    with a_phone(playwright, site, tmp_path) as phone:
        page = phone.sign_in("tinhnguyen")
        go(page, "log")
        page.get_by_role("button", name="Ghi chú").click()
        note = page.get_by_label("Ghi chú", exact=True)

        note.fill("gọi lại 0912 345 678")
        expect(page.get_by_text("giống số căn cước hoặc số điện thoại")).to_be_visible()

        note.fill("gọi lại sau")
        expect(page.get_by_text("giống số căn cước hoặc số điện thoại")).to_be_hidden()


def test_a_full_outbox_takes_one_more_act(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    with a_phone(playwright, site, tmp_path) as phone:
        page = phone.sign_in("tinhnguyen")
        phone.road.down()
        fill_outbox(page, WAITING)
        page = phone.again()
        expect_number(page, "Chờ gửi", WAITING)

        log_help(page, VNEID)

        expect_number(page, "Nháp", 1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_use_every_screen(
    theme: str, site: str, playwright: Playwright, tmp_path: Path
) -> None:
    with a_phone(playwright, site, tmp_path) as phone:
        phone.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page = phone.sign_in("tinhnguyen")
        faults = []
        for screen in SCREENS:
            go(page, screen)
            expect(page.get_by_role("heading", level=1)).to_be_focused()
            faults += [f"{screen} {theme}: {fault}" for fault in axe_faults(page)]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), screen

        assert faults == []
