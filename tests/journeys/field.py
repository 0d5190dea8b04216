"""A phone in the field: its app, its network, and what a person does on it."""

import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from senhong.demo.cast import PASSWORD
from tests.journeys.conftest import BROWSER_ARGUMENTS, PHONE
from tools.machine import chromium

_WAIT_MS = 20_000
_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}
_SYNC = "/api/v1/sync"


@dataclass(slots=True)
class Network:
    """The road between a phone and the server: loses answers, brings a newer app."""

    target: str
    lose_every: int = 0  # each second answer of the sync, say, after the server committed
    release: str = ""  # makes the worker another one, as a release does
    asked: int = 0
    lost: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def loses(self, path: str) -> bool:
        if path != _SYNC or not self.lose_every:
            return False
        with self.lock:
            self.asked += 1
            is_lost = self.asked % self.lose_every == 0
            self.lost += is_lost
        return is_lost


class _Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def network(target: str) -> Iterator[tuple[str, Network]]:
    """An address at which the site is reached over a network of our own making."""
    road = Network(target)
    handler = type("Handler", (_Handler,), {"road": road})
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host, port = server.server_address[:2]
        yield f"http://{host!s}:{port}", road
        server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    road: Network
    protocol_version = "HTTP/1.1"

    def _pass_on(self) -> None:
        path = urlsplit(self.path).path
        answer, body = self._ask()
        if self.road.loses(path):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if path == "/field/sw.js":
            body += f"\n// {self.road.release}\n".encode()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _ask(self) -> tuple[HTTPResponse, bytes]:
        target = urlsplit(self.road.target)
        connection = HTTPConnection(target.hostname or "", target.port, timeout=60)
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {k: v for k, v in self.headers.items() if k.lower() not in _HOP_BY_HOP}
        connection.request(self.command, self.path, sent or None, headers)
        answer = connection.getresponse()
        return answer, answer.read()

    do_GET = do_POST = do_PATCH = do_DELETE = _pass_on  # noqa: N815  # http.server's names

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the server has its own log."""


@dataclass(slots=True)
class Phone:
    """A browser with a memory of its own, which can be killed and opened again."""

    playwright: Playwright
    folder: Path
    site: str
    context: BrowserContext | None = None
    offline: bool = False

    @property
    def page(self) -> Page:
        assert self.context is not None
        return self.context.pages[0]

    def start(self) -> Page:
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=chromium(),
            args=BROWSER_ARGUMENTS,
            viewport=PHONE,
            base_url=self.site,
            locale="vi-VN",
            has_touch=True,
            is_mobile=True,
            offline=self.offline,
        )
        self.context.set_default_timeout(_WAIT_MS)
        page = self.page
        try:
            page.goto("/field/")
        except Error:  # a busy phone may need a second try until its worker is awake
            page.goto("/field/")
        self.context.set_offline(self.offline)  # also for the page that stands open already
        return page

    def kill(self) -> None:
        """As when the system takes the memory back: without a word to the app."""
        assert self.context is not None
        self.context.close()
        self.context = None

    def again(self) -> Page:
        self.kill()
        return self.start()

    def go_offline(self) -> None:
        self._set_offline(True)

    def go_online(self) -> None:
        self._set_offline(False)

    def _set_offline(self, offline: bool) -> None:
        assert self.context is not None
        self.offline = offline
        self.context.set_offline(offline)

    def sign_in(self, username: str) -> Page:
        """By password, then the browser's session gives the device its token."""
        page = self.page
        page.goto("/accounts/login/?next=/field/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.get_by_role("button", name=re.compile("^Tiếp tục là")).click()
        expect(page.get_by_role("link", name="Ghi lượt hỗ trợ")).to_be_visible()
        self.wait_until_kept()
        return page

    def wait_until_kept(self) -> None:
        """The worker has the shell, the app has its bundle: from now on it works offline."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        go(self.page, "services")
        expect(self.page.locator("details").first).to_be_visible()
        go(self.page, "")


def go(page: Page, path: str) -> None:
    page.evaluate("path => { location.hash = `#/${path}` }", path)


def log_help(page: Page, service: str, *, people: int = 1) -> None:
    """Three taps from home, and one for each further person."""
    page.get_by_role("link", name="Ghi lượt hỗ trợ").click()
    page.get_by_role("button", name=service, exact=True).click()
    for _more in range(people - 1):
        page.get_by_role("button", name="Thêm một").click()
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


def acts_in(page: Page) -> list[dict[str, Any]]:
    """What lies in the outbox of the person who uses the phone."""
    found: list[dict[str, Any]] = page.evaluate(
        """async () => {
          const names = (await indexedDB.databases()).map(({ name }) => name);
          const person = names.find((name) => name.startsWith("senhong-"));
          const db = await new Promise((resolve) => {
            const asked = indexedDB.open(person);
            asked.onsuccess = () => resolve(asked.result);
          });
          const rows = await new Promise((resolve) => {
            const asked = db.transaction("acts").objectStore("acts").getAll();
            asked.onsuccess = () => resolve(asked.result);
          });
          db.close();
          return rows;
        }"""
    )
    return found
