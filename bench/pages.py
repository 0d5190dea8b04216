"""The first page as it is felt, and the memory of who serves five hundred pages."""

import re
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection
from typing import Any

from bench.client import with_session
from bench.measures import Facts, spread
from tools.live import Home, Server, memory_bytes

_FIRST_PAGES = 30
_PAGES = 500
_MOST_OF_A_KIND = 120
_LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)"')
_NOT_FOLLOWED = ("/accounts/logout", "/static/", "/language/", "/api/")

Ground = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    path: str
    status: int
    seconds: float
    text: str


class Browser:
    """Somebody signed in who asks for one page after another, on one kept connection."""

    def __init__(self, port: int, session: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = with_session(session)

    def get(self, path: str) -> Page:
        begun = time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        seconds = time.perf_counter() - begun
        return Page(path, answer.status, seconds, body.decode(errors="replace"))


def first_page(home: Home, ground: Ground) -> Facts:
    """The province's first page, signed in, one request after another."""
    with Server(home) as server:
        browser = Browser(server.port, ground["session"])
        told = [browser.get(f"/units/{ground['province']}/") for _ in range(_FIRST_PAGES + 3)]
    assert told[0].status == 200, (told[0].status, told[0].text[:500])
    return spread([page.seconds for page in told[3:]]) | {
        "cold_ms": round(told[0].seconds * 1000, 1),
        "page_kb": round(len(told[-1].text.encode()) / 1000, 1),
    }


def memory(home: Home, ground: Ground) -> Facts:
    """Resident memory of the serving processes after a walk through all kinds of page."""
    with Server(home) as server:
        browser = Browser(server.port, ground["session"])
        browser.get("/healthz")
        before = max(memory_bytes(pid) for pid in server.workers())
        told = list(_walk(browser, ground["province"]))
        after = [memory_bytes(pid) for pid in server.workers()]
    return {
        "at_start_mb": round(before / 1e6),
        "worker_mb": round(max(after) / 1e6),
        "workers": len(after),
        "answers": dict(Counter(str(page.status) for page in told)),
        "kinds": dict(Counter(_kind(page.path) for page in told)),
        "charts": sum(page.text.count("<svg") for page in told),
        "broken": sorted({page.path for page in told if page.status >= 500})[:10],
        "slowest": [f"{page.seconds * 1000:.0f} ms {page.path}" for page in _slowest(told)],
        **spread([page.seconds for page in told]),
    }


def _slowest(told: list[Page]) -> list[Page]:
    return sorted(told, key=lambda page: -page.seconds)[:5]


def _walk(browser: Browser, province: str) -> Iterator[Page]:
    """Pages found by the links on those before, kinds in turn, a limited number of each."""
    waiting: dict[str, deque[str]] = {}
    known: set[str] = set()

    def remember(path: str) -> None:
        if path in known or path.startswith(_NOT_FOLLOWED):
            return
        known.add(path)
        waiting.setdefault(_kind(path), deque()).append(path)

    for path in (f"/units/{province}/", "/activities/", "/plans/", "/indicators/", "/ui/"):
        remember(path)
    asked: Counter[str] = Counter()
    while asked.total() < _PAGES:
        kinds = [k for k, paths in waiting.items() if paths and asked[k] < _MOST_OF_A_KIND]
        if not kinds:
            return
        kind = min(kinds, key=lambda one: asked[one])
        asked[kind] += 1
        page = browser.get(waiting[kind].popleft())
        yield page
        for link in _LINK.findall(page.text):
            remember(unescape(link))


def _kind(path: str) -> str:
    return path.partition("?")[0].strip("/").partition("/")[0]
