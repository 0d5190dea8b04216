"""A phone in the field: its app, its network, and what a person does on it."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from senhong.demo.cast import PASSWORD
from tests.journeys.conftest import BROWSER_ARGUMENTS, PHONE, SCREENSHOTS
from tests.journeys.road import Road, road_to
from tools.machine import chromium

_WAIT_MS = 30_000


@dataclass(slots=True)
class Phone:
    """A browser with a memory of its own, which can be killed and opened again."""

    playwright: Playwright
    folder: Path
    road: Road
    context: BrowserContext | None = None

    @property
    def page(self) -> Page:
        assert self.context is not None
        return self.context.pages[0]

    def start(self, address: str = "/field/") -> Page:
        """Tap on the icon. There is no second try: people would say that it does not open."""
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=chromium(),
            args=BROWSER_ARGUMENTS,
            viewport=PHONE,
            base_url=self.road.address,
            locale="vi-VN",
            has_touch=True,
            is_mobile=True,
        )
        self.context.set_default_timeout(_WAIT_MS)
        # On a silent network what nobody waits for, the icon say, never ends loading.
        self.page.goto(address, wait_until="domcontentloaded")
        return self.page

    def kill(self) -> None:
        """SIGKILL, as when the system takes the memory back: without a word to the app."""
        assert self.context is not None
        closed = self.context
        with closed.expect_event("close"):
            os.kill(_browser_of(self.folder), signal.SIGKILL)
        with suppress(Error):
            closed.close()
        self.context = None

    def again(self) -> Page:
        self.kill()
        return self.start()

    def sign_in(self, username: str) -> Page:
        """By password, then the browser's session gives the device its token."""
        page = self.page
        page.goto("/accounts/login/?next=/field/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.get_by_role("button", name=re.compile("^Tiếp tục là")).click()
        self.wait_until_kept()
        return page

    def wait_until_kept(self) -> None:
        """The worker has the shell, the app has its bundle: from now on it works offline."""
        expect(self.page.get_by_role("link", name="Ghi lượt hỗ trợ")).to_be_visible()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        go(self.page, "services")
        expect(self.page.locator("details").first).to_be_visible()
        go(self.page, "")


@contextmanager
def a_phone(playwright: Playwright, site: str, folder: Path) -> Iterator[Phone]:
    """A new phone with a road of its own, opened on the app; looked at when a journey fails."""
    with road_to(site) as road:
        phone = Phone(playwright, folder, road)
        phone.start()
        try:
            yield phone
        except BaseException:
            _keep_screenshot(phone)
            raise
        finally:
            if phone.context:
                phone.kill()


def _keep_screenshot(phone: Phone) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    with suppress(Error, AssertionError):
        stem = SCREENSHOTS / f"{phone.folder.parent.name}-{phone.folder.name}"
        phone.page.screenshot(path=stem.with_suffix(".png"))
        stem.with_suffix(".html").write_text(phone.page.content())


def _browser_of(folder: Path) -> int:
    """The process id of the browser that keeps its memory there. Linux only."""
    for process in Path("/proc").iterdir():
        with suppress(OSError):
            said = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
            is_part = any(word.startswith("--type=") for word in said)
            if f"--user-data-dir={folder}" in said and not is_part:
                return int(process.name)
    raise LookupError(folder)


def go(page: Page, path: str) -> None:
    page.evaluate("path => { location.hash = `#/${path}` }", path)


def log_help(
    page: Page, service: str, *, people: int = 1, before_saving: Callable[[], None] | None = None
) -> None:
    """Three taps from home, and one for each further person."""
    page.get_by_role("link", name="Ghi lượt hỗ trợ").click()
    page.get_by_role("button", name=service, exact=True).click()
    for _more in range(people - 1):
        page.get_by_role("button", name="Thêm một").click()
    if before_saving:
        before_saving()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_visible()


def number(page: Page, state: str) -> int:
    """One of the four counts of the home screen."""
    tile = page.get_by_role("navigation", name="Lượt ghi trên máy này").get_by_role(
        "link", name=re.compile(f"{state}$")
    )
    return int(tile.locator("b").inner_text())


def expect_number(page: Page, state: str, value: int, *, timeout_ms: int = 30_000) -> None:
    tile = page.get_by_role("navigation", name="Lượt ghi trên máy này").get_by_role(
        "link", name=re.compile(f"{state}$")
    )
    expect(tile.locator("b")).to_have_text(str(value), timeout=timeout_ms)


def send_now(page: Page) -> None:
    """As when a network comes back."""
    page.evaluate("dispatchEvent(new Event('online'))")


def send_until_arrived(page: Page) -> None:
    """Keep trying, as somebody who looks at the numbers does, until nothing waits, pictures neither.

    Drafts count: they wait as soon as they can no longer be taken back.
    """
    waits = page.evaluate(f"({_SEND_UNTIL_ARRIVED})({_STORED}, {_SEND_MS})")
    assert waits == 0, f"{waits} still wait"


def acts_in(page: Page) -> list[dict[str, Any]]:
    """What lies in the outbox of the person who uses the phone."""
    found: list[dict[str, Any]] = page.evaluate(f"({_STORED})('acts')")
    return found


def pictures_in(page: Page) -> list[dict[str, Any]]:
    """The pictures of that person: whether they went, not what they show."""
    found: list[dict[str, Any]] = page.evaluate(
        f"({_STORED})('photos').then(all => all.map(({{ bytes, ...facts }}) => facts))"
    )
    return found


_SEND_MS = 90_000
_STORED = """async (store) => {
  const names = (await indexedDB.databases()).map(({ name }) => name);
  const asked = indexedDB.open(names.find((name) => name.startsWith("senhong-")));
  const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const rows = db.transaction(store).objectStore(store).getAll();
  const found = await new Promise((done) => { rows.onsuccess = () => done(rows.result); });
  db.close();
  return found;
}"""
_SEND_UNTIL_ARRIVED = """async (stored, most) => {
  const moves = ({ state, ready_at }) => state === "waiting" || (state === "draft" && ready_at);
  const until = Date.now() + most;
  for (;;) {
    const all = [...(await stored("acts")), ...(await stored("photos"))];
    const left = all.filter(moves).length;
    if (left === 0 || Date.now() > until) return left;
    dispatchEvent(new Event("online"));
    await new Promise((done) => { setTimeout(done, 500); });
  }
}"""
