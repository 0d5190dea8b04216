"""One help over HTTP, signed in, at the rate of a whole province on a busy day."""

import asyncio
from collections.abc import Iterator
from typing import Any

from bench.client import Request, as_json, at_rate, with_session, with_token
from bench.measures import Facts
from senhong.core.ids import uuid7
from tools.live import Home, Server, given_help

_PER_S = 300
_SECONDS = 20

Ground = dict[str, Any]


def single_helps(home: Home, ground: Ground) -> dict[str, Facts]:
    """Single helps, signed in with a token and with a session, at a steady rate."""
    ways = {
        "token": with_token(ground["token"]),
        "session": with_session(ground["session"]),
    }
    told = {}
    for way, headers in ways.items():
        with Server(home) as server:
            asyncio.run(at_rate(server.port, list(_helps(ground, headers, 100)), 50))  # warm
            helps = list(_helps(ground, headers, _PER_S * _SECONDS))
            told[way] = asyncio.run(at_rate(server.port, helps, _PER_S))
            told[way]["limit_per_s"] = _most(server, ground, headers)
    return told


def _most(server: Server, ground: Ground, headers: dict[str, str]) -> int:
    """How many a second are answered when more are asked for than can be."""
    helps = list(_helps(ground, headers, 3000))
    return int(asyncio.run(at_rate(server.port, helps, 10_000))["answered_per_s"])


def _helps(ground: Ground, headers: dict[str, str], times: int) -> Iterator[Request]:
    places = ground["activities"]
    for number in range(times):
        services = ["vneid"] if number % 2 else ["online-public-services", "vneid"]
        help = given_help(uuid7(), places[number % len(places)], services, 1 + number % 4)
        yield Request("/api/v1/help", as_json(help), headers)
