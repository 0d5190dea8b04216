"""Two phones through one sortie without a network, and everything that can go wrong with them.

What counts in the end is what the server says on its own pages, not what a phone believes.
"""

import base64
import re
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest
from playwright.sync_api import FilePayload, Page, Playwright, expect

from tests.journeys.acting import hours_now, plan
from tests.journeys.conftest import LAPTOP, Open, Somebody
from tests.journeys.field import (
    Phone,
    a_phone,
    acts_in,
    expect_number,
    go,
    log_help,
    pictures_in,
    send_now,
    send_until_arrived,
)
from tests.journeys.reading import figure, read_today

pytestmark = pytest.mark.journey

NAME = f"Chợ không sóng {uuid4().hex[:6]}"  # its own, where a site is used again
VNEID = "Định danh điện tử VNeID"
_NOISE = """async () => {
  const canvas = new OffscreenCanvas(1800, 1350); // larger than what is kept
  const pen = canvas.getContext("2d");
  for (let x = 0; x < 1800; x += 15)
    for (let y = 0; y < 1350; y += 15) {
      pen.fillStyle = `hsl(${Math.random() * 360} 80% 50%)`;
      pen.fillRect(x, y, 15, 15);
    }
  const file = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""


class Figures(NamedTuple):
    citizens: int
    platform: int
    volunteers: int
    sorties: int


def test_two_phones_lose_and_double_nothing_in_a_whole_sortie(
    site: str, playwright: Playwright, tmp_path: Path, somebody: Open
) -> None:
    office = somebody(LAPTOP)
    office.sign_in("totruong")
    read_today(office)
    team = office.page.url
    before = _figures(office, team)
    plan(office, NAME, hours_now())
    activity = office.page.url
    with (
        a_phone(playwright, site, tmp_path / "hers") as hers,
        a_phone(playwright, site, tmp_path / "his") as his,
    ):
        hers.sign_in("tinhnguyen")
        his.sign_in("totruong")
        hers.road.down()
        his.road.down()

        _she_checks_in(hers, his)
        _she_helps(hers)
        _he_helps(his)
        _she_takes_the_newer_app(hers, waiting=6)
        results = _arrive(hers) + _arrive(his)

        assert len(results) == 8
        assert set(results) <= {"recorded", "already-recorded"}
        assert "already-recorded" in results
        pictures = [act["id"] for phone in (hers, his) for act in _with_pictures(phone)]

    _see_pictures(office, pictures)
    _see_who_came(office, activity)
    citizens, platform, volunteers, sorties = before
    assert _figures(office, team) == (citizens + 8, platform + 8, volunteers + 2, sorties + 1)


def _figures(office: Somebody, team: str) -> Figures:
    page = office.open(team)
    return Figures(
        figure(page, "Lượt người dân được hướng dẫn"),
        figure(page, "Lượt người dân dùng nền tảng số"),
        figure(page, "Lượt đoàn viên, thanh niên tham gia"),
        figure(page, "Lượt ra quân"),
    )


def _open_sortie(page: Page) -> None:
    page.get_by_role("link", name="Xem mọi lượt ra quân").click()
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()


def _she_checks_in(hers: Phone, his: Phone) -> None:
    """His phone draws the code, hers takes it; neither reaches the server."""
    _open_sortie(hers.page)
    hers.page.get_by_role("link", name="Điểm danh").click()
    _open_sortie(his.page)
    his.page.get_by_role("link", name="Mã điểm danh").click()
    code = his.page.locator(".qr .code")
    expect(code).to_have_text(re.compile(r"^\s*\w{3} \w{3}\s*$"))
    hers.page.get_by_label("Hoặc nhập sáu ký tự").fill(code.inner_text())
    hers.page.get_by_role("button", name="Điểm danh").click()
    expect(hers.page.get_by_text("Bạn có mặt")).to_be_visible()


def _she_helps(hers: Phone) -> None:
    page = hers.again()
    expect(page.get_by_text("Không có mạng — vẫn ghi được")).to_be_visible()
    _log_with_picture(page, people=3)
    page = hers.again()  # killed within the ten seconds of undoing
    log_help(page, VNEID)
    page.get_by_role("link", name="Đếm nhanh").click()
    counter = page.locator(".tally").filter(has_text="VNeID")
    other = page.locator(".tally").filter(has_not_text="VNeID").first
    counter.click()
    page.get_by_role("button", name="+ việc nữa").click()
    other.click()
    counter.click()
    expect(page.get_by_text("2 người hôm nay")).to_be_visible()
    page = hers.again()
    go(page, "tally")
    expect(page.get_by_text("2 người hôm nay")).to_be_visible()
    go(page, "")


def _he_helps(his: Phone) -> None:
    go(his.page, "")
    _open_sortie(his.page)
    himself = his.page.locator("dt:has-text('Trưởng nhóm') + dd").inner_text()
    his.page.get_by_text("Người khác của tổ").click()
    his.page.get_by_role("button", name=f"{himself} có mặt").click()
    expect(his.page.get_by_role("heading", name="Đang có mặt (1)")).to_be_visible()
    go(his.page, "")
    _log_with_picture(his.page, people=2)
    his.again()


def _log_with_picture(page: Page, *, people: int) -> None:
    picture = base64.b64decode(page.evaluate(_NOISE))
    file = FilePayload(name="anh.jpg", mimeType="image/jpeg", buffer=picture)

    def take() -> None:
        page.get_by_role("button", name="Ảnh", exact=True).click()
        page.locator("input[type=file]").set_input_files(file)
        expect(page.locator("figure.photo")).to_be_visible()

    log_help(page, VNEID, people=people, before_saving=take)


def _she_takes_the_newer_app(hers: Phone, waiting: int) -> None:
    """The site's pages come, its API cannot now: so all acts surely wait meanwhile."""
    page = hers.page
    expect_number(page, "Chờ gửi", waiting)
    hers.road.busy, hers.road.release = True, "a newer app"
    hers.road.up()
    _is_turned_away(page)
    page.evaluate("navigator.serviceWorker.getRegistration('/field/').then(r => r.update())")
    expect(page.get_by_text("Có bản mới.")).to_be_visible()
    expect_number(page, "Chờ gửi", waiting)
    with page.expect_navigation():
        page.get_by_role("button", name="Cập nhật").click()
    _is_turned_away(page)
    expect_number(page, "Chờ gửi", waiting)
    hers.road.busy = False


def _is_turned_away(page: Page) -> None:
    with page.expect_response(lambda answer: answer.url.endswith("/sync")) as answered:
        send_now(page)
    assert answered.value.status == 503


def _arrive(phone: Phone) -> list[str]:
    """Over a network that loses each second answer, after the server committed."""
    road = phone.road
    road.lose_every, road.asked = 2, 1  # beginning with the next one
    road.up()
    send_until_arrived(phone.page)
    assert road.lost >= 2
    assert {picture["state"] for picture in pictures_in(phone.page)} == {"sent"}
    return [act["result"] for act in acts_in(phone.page) if act["state"] == "sent"]


def _with_pictures(phone: Phone) -> list[dict[str, str]]:
    taken = {picture["act"] for picture in pictures_in(phone.page)}
    return [act for act in acts_in(phone.page) if act["id"] in taken]


def _see_pictures(office: Somebody, helps: list[str]) -> None:
    assert len(helps) == 2
    for help in helps:
        page = office.open(f"/activities/help/{help}/")
        picture = page.locator("#photos img")
        expect(picture).to_have_count(1)
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("picture => picture.naturalWidth") > 0


def _see_who_came(office: Somebody, activity: str) -> None:
    page = office.open(activity)
    page.get_by_role("link", name="Kết thúc").click()
    page.get_by_role("button", name="Kết thúc").click()
    expect(page.locator("main")).to_contain_text("Đã kết thúc")
