"""A phone that was signed out from elsewhere, and one that was signed out without a network."""

from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.journeys.field import a_phone, expect_number, go, log_help, send_now

pytestmark = pytest.mark.journey

VNEID = "Định danh điện tử VNeID"
_PERSON = """async () => {
  const db = await new Promise((resolve) => {
    const asked = indexedDB.open("senhong");
    asked.onsuccess = () => resolve(asked.result);
  });
  const rows = await new Promise((resolve) => {
    const asked = db.transaction("people").objectStore("people").getAll();
    asked.onsuccess = () => resolve(asked.result);
  });
  db.close();
  return rows.map(({ device_id, token }) => ({ device_id, token }))[0];
}"""


def test_what_waits_is_sealed_when_the_phone_was_signed_out_from_elsewhere(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    with a_phone(playwright, site, tmp_path) as phone:
        page = phone.sign_in("tinhnguyen")
        person = page.evaluate(_PERSON)
        phone.road.down()
        log_help(page, VNEID, people=2)
        expect_number(page, "Chờ gửi", 1)
        go(page, "log")
        page.get_by_role("button", name=VNEID, exact=True).click()

        assert _ask(site, "DELETE", f"/api/v1/field/devices/{person['device_id']}", person) == 204
        phone.road.up()
        send_now(page)

        # What is being filled in is saved first.
        expect(page.get_by_text("Cần đăng nhập lại")).to_be_visible()
        page.get_by_role("button", name="Lưu").click()
        expect(page.get_by_text("2 lượt còn chờ vẫn được giữ")).to_be_visible()
        assert _databases(page) == ["senhong"]

        _until_the_session_ended(page)
        page = phone.sign_in("tinhnguyen")
        expect_number(page, "Đã đến", 2)


def test_a_sign_out_without_a_network_reaches_the_server_later(
    site: str, playwright: Playwright, tmp_path: Path
) -> None:
    with a_phone(playwright, site, tmp_path) as phone:
        page = phone.sign_in("tinhnguyen")
        person = page.evaluate(_PERSON)
        phone.road.down()
        go(page, "sign-out")
        page.get_by_role("button", name="Đăng xuất").click()
        expect(page.get_by_role("link", name="Đăng nhập bằng mật khẩu")).to_be_visible()
        assert _ask(site, "GET", "/api/v1/field/me", person) == 200

        with page.expect_response(lambda answer: answer.request.method == "DELETE") as told:
            phone.road.up()
            send_now(page)

        assert told.value.status == 204
        assert _ask(site, "GET", "/api/v1/field/me", person) == 401


def _ask(site: str, method: str, path: str, person: dict[str, Any]) -> int:
    connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
    connection.request(method, path, headers={"Authorization": f"Bearer {person['token']}"})
    return connection.getresponse().status


def _databases(page: Page) -> list[str]:
    names: list[str] = page.evaluate(
        "indexedDB.databases().then(all => all.map(({ name }) => name))"
    )
    return names


def _until_the_session_ended(page: Page) -> None:
    page.wait_for_function("() => localStorage.getItem('senhong-session-to-end') === null")
