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
_GENTLER = (100, 200)  # how the wait grows with the load

Ground = dict[str, Any]


def single_helps(home: Home, ground: Ground) -> dict[str, Facts]:
    """Helps of forty teams' leaders, signed in with tokens and with sessions, at steady rates."""
    told = {}
    for way in ("token", "session"):
        with Server(home) as server:
            asyncio.run(at_rate(server.port, list(helps(ground, way, 100)), 50))  # warm
            gentle = {str(rate): _at(server, ground, way, rate) for rate in _GENTLER}
            told[way] = _at(server, ground, way, _PER_S)
            told[way] |= {"gentler": gentle, "limit_per_s": _most(server, ground, way)}
    return told


def _at(server: Server, ground: Ground, way: str, per_s: int) -> Facts:
    sent = list(helps(ground, way, per_s * _SECONDS))
    return asyncio.run(at_rate(server.port, sent, per_s))


def _most(server: Server, ground: Ground, way: str) -> int:
    """How many a second are answered when more are asked for than can be."""
    sent = list(helps(ground, way, 3000))
    return int(asyncio.run(at_rate(server.port, sent, 10_000))["answered_per_s"])


def helps(ground: Ground, way: str, times: int) -> Iterator[Request]:
    """Each is recorded by the leader of the team that gave it."""
    places = ground["activities"]
    for number in range(times):
        place = places[number % len(places)]
        services = ["vneid"] if number % 2 else ["online-public-services", "vneid"]
        help = given_help(uuid7(), place, services, 1 + number % 4)
        headers = with_token(place["token"]) if way == "token" else with_session(place["session"])
        yield Request("/api/v1/help", as_json(help), headers)
