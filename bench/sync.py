"""Phones that send what they have: eight at once, fifty acts a request, and one act a request."""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bench.client import Connection, Request, as_json, with_token
from bench.measures import Facts, spread
from senhong.core.ids import uuid7
from tools.live import Home, Server

CLIENTS = 8
_ACTS = 50  # in a request
_REQUESTS = 480
_SINGLE = 6000
SERVICES = (
    ["vneid"],
    ["online-public-services"],
    ["online-public-services", "vneid"],
    ["cashless-payment"],
)

Ground = dict[str, Any]


def sync(home: Home, ground: Ground) -> Facts:
    """Fifty acts a request, from a phone that was offline for a while."""
    return _measured(home, ground, _ACTS, _REQUESTS)


def sync_single(home: Home, ground: Ground) -> Facts:
    """One act a request, as from a phone that is online."""
    return _measured(home, ground, 1, _SINGLE)


def _measured(home: Home, ground: Ground, acts: int, requests: int) -> Facts:
    with Server(home) as server:
        asyncio.run(_by_clients(server.port, bodies(ground, acts, max(CLIENTS, requests // 20))))
        sent = bodies(ground, acts, requests)
        facts = asyncio.run(_by_clients(server.port, sent))
    seconds = facts.pop("seconds")
    # What is refused or kept aside costs less: only acts that count are measured.
    assert facts["answers"] == {"recorded": acts * requests}, facts["answers"]
    return facts | {
        "clients": CLIENTS,
        "acts_a_request": acts,
        "requests_per_s": round(requests / seconds),
        "acts_per_s": round(requests * acts / seconds),
    }


def bodies(ground: Ground, acts: int, times: int) -> list[Request]:
    """Each from the leader of a team that has an activity today."""
    chance = random.Random(times)  # noqa: S311  # a load, no secret
    places = ground["activities"]
    return [_request(places[number % len(places)], acts, chance) for number in range(times)]


def _request(place: dict[str, str], acts: int, chance: random.Random) -> Request:
    now = datetime.now(UTC).isoformat()
    body = {
        "device_time": now,
        "acts": [help_act(place, chance, now) for _ in range(acts)],
    }
    return Request("/api/v1/sync", as_json(body), with_token(place["token"]))


def help_act(place: dict[str, str], chance: random.Random, at: str) -> dict[str, Any]:
    return {
        "id": str(uuid7()),
        "type": "help",
        "team": place["team"],
        "activity": place["id"],
        "services": chance.choice(SERVICES),
        "citizens": chance.randint(1, 4),
        "same_people": False,
        "at": at,
        "note": "",
        "point": None,
    }


async def _by_clients(port: int, requests: Sequence[Request]) -> Facts:
    """Closed loop: each client sends its next request when the last one was answered."""
    took: list[float] = []
    told: Counter[str] = Counter()
    begun = time.perf_counter()
    shares = [requests[number::CLIENTS] for number in range(CLIENTS)]
    await asyncio.gather(*(_client(port, share, took, told) for share in shares))
    return spread(took) | {"answers": dict(told), "seconds": time.perf_counter() - begun}


async def _client(
    port: int, requests: Sequence[Request], took: list[float], told: Counter[str]
) -> None:
    connection = Connection(port)
    for request in requests:
        begun = time.perf_counter()
        status, body = await connection.answer(request)
        took.append(time.perf_counter() - begun)
        told.update(_results(status, body))
    connection.close()


def _results(status: int, body: bytes) -> Counter[str]:
    if status != 200:
        return Counter([str(status)])
    return Counter(each["result"] for each in json.loads(body)["results"])
