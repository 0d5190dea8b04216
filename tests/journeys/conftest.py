"""A demo, the real server and a real browser, once for all journeys."""

import os
import tempfile
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    ViewportSize,
    sync_playwright,
)

from senhong.demo.cast import PASSWORD
from tools.live import Home, Server
from tools.machine import chromium

LAPTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=360, height=740)
SCREENSHOTS = Path(tempfile.gettempdir()) / "senhong-journeys"
BROWSER_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_WAIT_MS = 10_000


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person at a browser, not yet signed in."""

    page: Page

    def open(self, path: str) -> Page:
        self.page.goto(path)
        return self.page

    def sign_in(self, username: str) -> Page:
        page = self.open("/accounts/login/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda url: "/accounts/login/" not in url)
        return page


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the demo in a home of its own.

    JOURNEYS_URL names one that runs already, while a journey is being written.
    """
    if running := os.environ.get("JOURNEYS_URL"):
        yield running
        return
    home = Home(tmp_path_factory.mktemp("home"))
    home.senhong("migrate", "--verbosity", "0")
    home.senhong("demo")
    with Server(home) as server:
        yield server.url


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    if chromium() is None:
        pytest.skip("Chromium is not here: make machine")
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)


Open = Callable[..., Somebody]


@pytest.fixture
def somebody(
    site: str, browser: Browser, request: pytest.FixtureRequest
) -> Generator[Open, None, None]:
    """Opens a browser of the asked size: ``somebody(PHONE, java_script_enabled=False)``."""
    opened: list[BrowserContext] = []

    def open_browser(size: ViewportSize = LAPTOP, **options: Any) -> Somebody:
        context = browser.new_context(viewport=size, base_url=site, locale="vi-VN", **options)
        context.set_default_timeout(_WAIT_MS)
        opened.append(context)
        return Somebody(context.new_page())

    yield open_browser
    failed = request.node.stash.get(_FAILED, False)
    for number, context in enumerate(opened):
        if failed:
            _keep_screenshots(context, f"{request.node.name}-{number}")
        context.close()


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
        if report.failed:
            report.sections.append(("screenshots", str(SCREENSHOTS)))
    return report


def _keep_screenshots(context: BrowserContext, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    for number, page in enumerate(context.pages):
        stem = SCREENSHOTS / f"{name}-{number}"
        page.screenshot(path=stem.with_suffix(".png"), full_page=True)
        stem.with_suffix(".html").write_text(page.content())
