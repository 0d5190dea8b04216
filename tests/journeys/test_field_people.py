"""Whose phone it is: signing out with acts waiting, numbers of persons, an outbox that is full."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.journeys.field import Phone, expect_number, go, log_help, number
from tools.look import axe_faults

pytestmark = pytest.mark.journey

VNEID = "Định danh điện tử VNeID"
SCREENS = ["", "log", "tally", "outbox/waiting", "outbox/sent", "services", "sorties", "settings"]


def test_signing_out_seals_what_waits_until_the_same_person_comes_back(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    phone = Phone(playwright, tmp_path, site)
    phone.start()
    page = phone.sign_in("tinhnguyen")
    phone.go_offline()
    log_help(page, VNEID, people=2)
    go(page, "sign-out")
    expect(page.get_by_text("Còn 1 lượt chỉ có trên máy này.")).to_be_visible()

    page.get_by_role("button", name="Khóa kín và đăng xuất").click()

    expect(page.get_by_text("1 lượt đang giữ kín")).to_be_visible()
    assert _databases(page) == ["senhong"]

    phone.go_online()
    phone.again()  # the browser's session ends as soon as there is a network
    go(phone.page, "sign-in")
    phone.page.evaluate(
        """() => new Promise((done) => {
          const look = () =>
            localStorage.getItem("senhong-session-to-end") ? setTimeout(look, 100) : done();
          look();
        })"""
    )
    page = phone.sign_in("tinhnguyen")
    expect_number(page, "Đã đến", 1)
    phone.kill()


def _databases(page: Page) -> list[str]:
    names: list[str] = page.evaluate(
        "indexedDB.databases().then(all => all.map(({ name }) => name))"
    )
    return names


def test_a_number_of_a_person_is_refused_at_once(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    phone = Phone(playwright, tmp_path, site)
    phone.start()
    page = phone.sign_in("tinhnguyen")
    go(page, "log")
    page.get_by_role("button", name="Ghi chú").click()
    note = page.get_by_label("Ghi chú", exact=True)

    note.fill("gọi lại 0912 345 678")
    expect(page.get_by_text("giống số căn cước hoặc số điện thoại")).to_be_visible()

    note.fill("gọi lại sau")
    expect(page.get_by_text("giống số căn cước hoặc số điện thoại")).to_be_hidden()
    phone.kill()


def test_saving_is_quick_with_five_thousand_acts_waiting(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    phone = Phone(playwright, tmp_path, site)
    phone.start()
    page = phone.sign_in("tinhnguyen")
    phone.go_offline()
    _fill(page, 5000)
    page = phone.again()
    expect_number(page, "Chờ gửi", 5000)

    log_help(page, VNEID)

    assert number(page, "Nháp") == 1
    phone.kill()


def _fill(page: Page, acts: int) -> None:
    page.evaluate(
        """async (acts) => {
          const names = (await indexedDB.databases()).map(({ name }) => name);
          const asked = indexedDB.open(names.find((name) => name.startsWith("senhong-")));
          const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
          const tx = db.transaction("acts", "readwrite");
          for (let n = 0; n < acts; n += 1) {
            const id = `0190a000-0000-7000-8000-${String(n).padStart(12, "0")}`;
            const at = new Date().toISOString();
            const act = { type: "help", id, at, team: id, activity: null, services: ["vneid"],
              citizens: 1, same_people: false, same_people_as: null, helped: "citizens",
              note: "", point: null };
            tx.objectStore("acts").put({ id, state: "waiting", act, saved_at: 0, ready_at: null,
              sent_at: null, result: "", code: "", words: "", reviewed: false, by_name: "",
              corrected_by: null });
          }
          await new Promise((done) => { tx.oncomplete = done; });
          db.close();
        }""",
        acts,
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everybody_can_use_every_screen(
    theme: str, site: str, playwright: Playwright, tmp_path: Path
) -> None:
    phone = Phone(playwright, tmp_path, site)
    phone.start()
    phone.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page = phone.sign_in("tinhnguyen")
    faults = []
    for screen in SCREENS:
        go(page, screen)
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        faults += [f"{screen} {theme}: {fault}" for fault in axe_faults(page)]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), screen

    assert faults == []
    phone.kill()
