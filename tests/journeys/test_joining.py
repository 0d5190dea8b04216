"""A volunteer scans the team's code in Zalo, gives her name, and is in; her leader confirms."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Open, Somebody
from tests.journeys.field import log_help, send_until_arrived
from tests.journeys.reading import figure, read_today
from tests.journeys.test_recording import CITIZENS

pytestmark = pytest.mark.journey

ZALO = "Mozilla/5.0 (Linux; Android 9; wv) AppleWebKit/537.36 Chrome/120.0 Mobile Zalo android/12"
NEWCOMER = "Tổ trưởng chưa xác nhận bạn."
SIGN_IN = """async ([id, link]) => {
  const answer = await fetch("/api/v1/field/devices", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ id, name: "Chrome trên Android", link }),
  });
  return [answer.status, (await answer.json()).code ?? ""];
}"""


def fits(page: Page) -> None:
    wide, screen = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= screen, page.url


def word_of(leader: Somebody) -> str:
    """The team's word, as its leader shows it."""
    page = leader.sign_in("totruong")
    team = page.url.rstrip("/").rsplit("/", 1)[1].split("?")[0]
    leader.open(f"/people/teams/{team}/code/")
    fits(page)
    return page.locator(".join-word").inner_text()


def _team_of(leader: Somebody) -> tuple[str, int]:
    """The address of the team's page, and how many citizens it has helped."""
    page = leader.open("/")
    read_today(leader)
    return page.url, figure(page, CITIZENS)


def asks(who: Somebody, word: str, name: str) -> str:
    """She types the word and her name; the secret of the link that she is shown."""
    page = who.open("/join/")
    page.get_by_label("Mã vào tổ").fill(word.upper())
    page.get_by_role("button", name="Tiếp tục").click()
    fits(page)
    page.get_by_label("Họ và tên").fill(name)
    page.get_by_role("button", name="Xin vào tổ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Chào {name}!")
    fits(page)
    found = re.search(r"/field/open/([\w-]+)/", page.content())
    assert found
    return found[1]


def test_scan_two_fields_and_the_leader_confirms(somebody: Open) -> None:
    leader = somebody(PHONE)
    word = word_of(leader)
    team, before = _team_of(leader)
    zalo = somebody(PHONE, user_agent=ZALO, java_script_enabled=False)

    secret = asks(zalo, word, "Lê Thị Súng Non")
    way = zalo.page.get_by_role("link", name="Mở trong Chrome").get_attribute("href")
    zalo.page.get_by_role("link", name="Xem trang của tổ").click()
    expect(zalo.page.locator("main")).to_contain_text("đang chờ tổ trưởng")
    chrome = somebody(PHONE)
    app = chrome.open(f"/field/open/{secret}/")
    fits(app)
    app.get_by_role("link", name="Mở ứng dụng").click()
    expect(app.get_by_text(NEWCOMER)).to_be_visible()
    fits(app)

    assert way
    assert way.startswith("intent://")
    assert secret not in app.url  # spent, and in nobody's history
    log_help(app, "Định danh điện tử VNeID", people=2)
    send_until_arrived(app)
    page = leader.open("/people/newcomers/")
    fits(page)
    page.get_by_role("checkbox").first.wait_for()
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("checkbox", name="Lê Thị Súng Non").check()
    page.get_by_role("button", name="Nhận những người đã chọn").click()
    expect(page.locator("main")).to_contain_text("Đã nhận 1 người.")
    page = leader.open("/people/devices/")
    expect(page.locator("main")).to_contain_text("Lê Thị Súng Non")
    zalo.page.reload()
    expect(zalo.page.locator("main")).not_to_contain_text("đang chờ tổ trưởng")
    leader.open(team)
    assert figure(leader.page, CITIZENS) == before + 2


def test_two_people_press_one_link_and_one_gets_in(somebody: Open) -> None:
    word = word_of(somebody(PHONE))
    secret = asks(somebody(PHONE), word, "Lê Thị Sậy Non")
    phones = [somebody(PHONE).open(f"/field/open/{secret}/") for _ in range(2)]

    answers = [page.evaluate(SIGN_IN, [str(uuid4()), secret]) for page in phones]

    assert answers == [[201, ""], [422, "link-spent"]]
    phones[1].reload()
    expect(phones[1].locator("main")).to_contain_text("đã mở một máy rồi")
