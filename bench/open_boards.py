"""Fifty first pages that stand open while help is recorded: does anybody wait for them?

Each asks for its word as the page does, every 1.3 seconds, and for its cards when the word
is another one. Recording is measured without them and with them.
"""

import asyncio
import re
import time
from html import unescape
from typing import Any

from bench.client import Connection, Request, at_rate, with_session
from bench.measures import Facts, spread
from bench.pages import Browser
from bench.single_helps import helps
from tools.live import Home, Server

BOARDS = 50
_PER_S = 20  # helps: a busy province, since each moves the figures of every board
_SECONDS = 20
_EVERY_S = 1.3
_OPEN = re.compile(r'data-live="([^"]+)" data-pulse="([^"]+)" hx-get="([^"]+)"')

Ground = dict[str, Any]


def open_boards(home: Home, ground: Ground) -> Facts:
    """Milliseconds of recording without open pages and with them; of what they ask meanwhile."""
    with Server(home) as server:
        url = f"/units/{ground['province']}/"
        text = Browser(server.port, ground["session"]).get(url).text
        return asyncio.run(_measured(server.port, ground, text))


async def _measured(port: int, ground: Ground, text: str) -> Facts:
    without = await _recorded(port, ground)
    took: dict[str, list[float]] = {"word": [], "cards": []}
    boards = [asyncio.create_task(_board(port, ground, text, n, took)) for n in range(BOARDS)]
    beside = await _recorded(port, ground)
    for board in boards:
        board.cancel()
    await asyncio.gather(*boards, return_exceptions=True)
    asked = {name: spread(seconds) for name, seconds in took.items()}
    return {"boards": BOARDS, "without": without, "beside": beside} | asked


async def _recorded(port: int, ground: Ground) -> Facts:
    return await at_rate(port, list(helps(ground, "token", _PER_S * _SECONDS)), _PER_S)


async def _board(
    port: int, ground: Ground, text: str, number: int, took: dict[str, list[float]]
) -> None:
    """One page that stands open."""
    connection = Connection(port)
    await asyncio.sleep(_EVERY_S * number / BOARDS)
    live, pulse, cards = _asks(text)
    while True:
        headers = with_session(ground["session"])
        known = {"If-None-Match": f'"{pulse}"'}
        word = await _timed(connection, Request(live, headers=headers | known), took["word"])
        if word:
            drawn = await _timed(connection, Request(cards, headers=headers), took["cards"])
            live, pulse, cards = _asks(drawn)
        await asyncio.sleep(_EVERY_S)


def _asks(text: str) -> tuple[str, str, str]:
    found = _OPEN.search(text)
    assert found, text[:500]
    live, pulse, cards = map(unescape, found.groups())
    return live, pulse, cards


async def _timed(connection: Connection, request: Request, took: list[float]) -> str:
    begun = time.perf_counter()
    status, body = await connection.answer(request)
    assert status in {200, 304}, (status, request.path)
    took.append(time.perf_counter() - begun)
    return body.decode()
