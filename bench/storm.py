"""A storm: hundreds of phones, every fault of a network at once, a server that is killed.

At the end every act that was acknowledged is counted exactly once, and every other one is still
in the outbox of its phone.
"""

import asyncio
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.client import Connection, Request, with_token
from bench.measures import Facts
from bench.sync import help_act
from senhong.core.ids import uuid7
from tools.live import Home, Server

PHONES = 500
_ACTS = 20  # on each phone
_KILLS = 6
_AT_ONCE = 48  # connections
_ANSWER_WITHIN_S = 30.0
_MOST_A_TIME = 12  # acts in a request
_AGAIN_S = 0.2  # after a request that failed
# How a request goes, and how often.
_WAYS = {"whole": 60, "twice": 8, "lost": 12, "cut-body": 8, "cut-off": 12}
_CLOCKS_H = (0, 0, 0, 0, 0, 0, 0.1, -0.2, 2, -3, 26, -30)  # how far a phone's clock is off
_COUNTED = {"recorded", "already-recorded"}

Act = dict[str, Any]
Ground = dict[str, Any]


@dataclass
class Phone:
    """A phone: what waits in its outbox, and what it was told of the rest."""

    token: str
    waiting: dict[str, Act]
    clock: timedelta
    chance: random.Random
    rests: bool = False  # its owner switches it off with half of them still on it
    told: dict[str, str] = field(default_factory=dict)
    sent: dict[str, Act] = field(default_factory=dict)

    @property
    def sends(self) -> bool:
        return bool(self.waiting) and not (self.rests and len(self.sent) >= len(self.waiting))

    def some(self) -> list[Act]:
        """Acts in any order; now and then one twice, or one that was acknowledged long ago."""
        acts = list(self.waiting.values())
        chosen = self.chance.sample(acts, self.chance.randint(1, min(_MOST_A_TIME, len(acts))))
        if self.chance.random() < 0.2:
            chosen.append(self.chance.choice(chosen))
        if self.sent and self.chance.random() < 0.2:
            chosen.append(self.chance.choice(list(self.sent.values())))
        return chosen

    def request(self, acts: list[Act]) -> Request:
        now = datetime.now(UTC) + self.clock
        body = json.dumps({"device_time": now.isoformat(), "acts": acts}).encode()
        headers = with_token(self.token)
        if self.chance.random() < 0.5:
            return Request(
                "/api/v1/sync", gzip.compress(body), headers | {"Content-Encoding": "gzip"}
            )
        return Request("/api/v1/sync", body, headers)

    def note(self, results: list[dict[str, str]]) -> None:
        """What the server acknowledged leaves the outbox."""
        for each in results:
            id = each["id"]
            if id in self.waiting:
                self.sent[id] = self.waiting.pop(id)
            if self.told.get(id) not in _COUNTED:
                self.told[id] = each["result"]


class Storm:
    """Phones that send until their outboxes are empty, while somebody pulls the plug."""

    def __init__(self, server: Server, phones: list[Phone], kills: int, seed: int) -> None:
        self.server, self.phones = server, phones
        self.chance = random.Random(seed)  # noqa: S311  # a load, no secret
        self.kills = kills
        self.acts = sum(len(phone.waiting) for phone in phones)
        self.happened: Counter[str] = Counter()
        self.odd: list[str] = []  # answers that no phone should get
        self._is_over = False

    async def rage(self) -> None:
        self._is_over, self._free = False, asyncio.Semaphore(_AT_ONCE)
        killer = asyncio.create_task(self._kill())
        await asyncio.gather(*(self._phone(phone) for phone in self.phones))
        self._is_over = True
        await killer

    @property
    def waiting(self) -> int:
        return sum(len(phone.waiting) for phone in self.phones)

    async def _kill(self) -> None:
        """At moments that hang on what has arrived, so that a slow machine is hit as often."""
        for left in sorted((self.chance.random() for _ in range(self.kills)), reverse=True):
            while self.waiting > left * self.acts and not self._is_over:
                await asyncio.sleep(0.02)
            if self._is_over:
                return
            await asyncio.to_thread(self.server.kill)
            self.happened["killed"] += 1
            await asyncio.to_thread(self.server.start)

    async def _phone(self, phone: Phone) -> None:
        while phone.sends:
            async with self._free:
                went = await self._send(phone)
            if not went:
                await asyncio.sleep(_AGAIN_S)

    async def _send(self, phone: Phone) -> bool:
        way = phone.chance.choices(list(_WAYS), list(_WAYS.values()))[0]
        request = phone.request(phone.some())
        self.happened[way] += 1
        try:
            async with asyncio.timeout(_ANSWER_WITHIN_S):
                await getattr(self, f"_{way.replace('-', '_')}")(phone, request)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            self.happened["no answer"] += 1
            return False
        return True

    async def _whole(self, phone: Phone, request: Request) -> None:
        connection = Connection(self.server.port)
        try:
            status, body = await connection.answer(request)
        finally:
            connection.close()
        if status == 200:
            phone.note(json.loads(body)["results"])
        else:
            self.odd.append(f"{status} {body[:200]!r}")

    async def _twice(self, phone: Phone, request: Request) -> None:
        await asyncio.gather(self._whole(phone, request), self._whole(phone, request))

    async def _lost(self, phone: Phone, request: Request) -> None:
        """The server may have committed; the phone never hears of it."""
        connection = Connection(self.server.port)
        try:
            await connection.answer(request)
        finally:
            connection.close()

    async def _cut_body(self, phone: Phone, request: Request) -> None:
        """A proxy lets half of it through as if it were all."""
        half = request.body[: phone.chance.randrange(1, len(request.body))]
        connection = Connection(self.server.port)
        try:
            status, body = await connection.answer(Request(request.path, half, request.headers))
        finally:
            connection.close()
        if status != 400 or json.loads(body)["code"] != "body-unreadable":
            self.odd.append(f"half a body: {status} {body[:200]!r}")

    async def _cut_off(self, phone: Phone, request: Request) -> None:
        """The signal is gone while it sends."""
        _reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        said = request.as_bytes(self.server.port)
        writer.write(said[: phone.chance.randrange(1, len(said))])
        await writer.drain()
        writer.close()


def storm(home: Home, ground: Ground) -> Facts:
    """The whole storm; raises where an act was lost or counted twice."""
    return raged(home, ground, phones=PHONES, acts=_ACTS, kills=_KILLS, seed=20230320)


def raged(home: Home, ground: Ground, *, phones: int, acts: int, kills: int, seed: int) -> Facts:
    """What a storm did, after what it must not do was looked for."""
    before = home.answer_of("tools.live_helps")
    made = phones_of(ground, phones, acts, seed)
    begun = time.monotonic()
    server = Server(home)
    server.start()
    raging = Storm(server, made, kills, seed)
    try:
        asyncio.run(raging.rage())
        unsent = wake(made, acts)
        raging.kills = 0
        asyncio.run(raging.rage())
    finally:
        server.stop()
    seconds = time.monotonic() - begun
    check(made, raging, before, home.answer_of("tools.live_helps"))
    home.senhong("check-totals")  # fails unless every total is the sum of its postings
    results = Counter(result for phone in made for result in phone.told.values())
    return {
        "phones": phones,
        "acts": raging.acts,
        "unsent_when_it_ended": unsent,
        "seconds": round(seconds, 1),
        "happened": dict(raging.happened),
        "results": dict(results),
    }


def phones_of(ground: Ground, phones: int, acts: int, seed: int) -> list[Phone]:
    """Each belongs to the leader of a team that has an activity today."""
    chance = random.Random(seed)  # noqa: S311  # a load, no secret
    places = ground["activities"]
    return [
        _a_phone(places[number % len(places)], acts, random.Random(chance.random()))  # noqa: S311
        for number in range(phones)
    ]


def _a_phone(place: Mapping[str, str], acts: int, chance: random.Random) -> Phone:
    clock = timedelta(hours=chance.choice(_CLOCKS_H))
    at = (datetime.now(UTC) + clock).isoformat()
    made: list[Act] = []
    for _ in range(acts - 2):
        act = help_act(dict(place), chance, at)
        if made and chance.random() < 0.2:
            first = chance.choice([each for each in made if "same_people_as" not in each])
            more = {"citizens": 1, "same_people": True, "same_people_as": first["id"]}
            act |= more
        made.append(act)
    made += _words(dict(place), at)
    waiting = {act["id"]: act for act in made}
    return Phone(place["token"], waiting, clock, chance, rests=chance.random() < 0.1)


def _words(place: Mapping[str, str], at: str) -> list[Act]:
    """The leader starts the sortie, and ticks herself."""
    words: list[Act] = [
        {"type": "activity", "to": "running"},
        {"type": "attendance", "member": place["member"], "present": True},
    ]
    return [word | {"id": str(uuid7()), "activity": place["id"], "at": at} for word in words]


def wake(phones: list[Phone], acts: int) -> int:
    """Whoever was switched off goes on; how many acts nobody had acknowledged until then.

    Raises AssertionError unless each act was acknowledged or still lies on its phone.
    """
    for phone in phones:
        assert len(phone.waiting.keys() | phone.sent.keys()) == acts
        assert set(phone.sent) == set(phone.told)
        phone.rests = False
    return sum(len(phone.waiting) for phone in phones)


def check(phones: list[Phone], storm: Storm, before: Ground, after: Ground) -> None:
    """Raises AssertionError with what went wrong."""
    acts = {id: act for phone in phones for id, act in phone.sent.items()}
    told = {id: result for phone in phones for id, result in phone.told.items()}
    there = {word["activity"] for word in _heard(acts, told) if word["type"] == "attendance"}
    assert there <= set(after["there"]), "ticked and not there"
    acts = {id: act for id, act in acts.items() if act["type"] == "help"}
    told = {id: told[id] for id in acts}
    here = set(after["helps"]) - set(before["helps"])
    counted = {id for id, result in told.items() if result in _COUNTED}
    # What waited for its first help was recorded by itself when that one came.
    released = {id for id in here - counted if told.get(id) == "held"}
    assert storm.odd == [], storm.odd[:5]
    assert len(after["helps"]) == len(set(after["helps"]))
    assert counted <= here, f"{len(counted - here)} acknowledged and lost"
    assert not any(phone.waiting for phone in phones)
    assert here - counted == released, f"{len(here - counted - released)} that nobody was told of"
    assert {told[id] for id in acts.keys() - here} <= {"returned", "held"}
    expected = _sums([acts[id] for id in here])
    moved: Counter[str] = Counter(after["sums"])
    moved.subtract(before["sums"])
    assert {c: n for c, n in moved.items() if n} == expected, (moved, expected)


def _heard(acts: Mapping[str, Act], told: Mapping[str, str]) -> list[Act]:
    """What beside help was recorded; the rest was returned, because its clock ran a day ahead."""
    words = {id: act for id, act in acts.items() if act["type"] != "help"}
    assert {told[id] for id in words} <= _COUNTED | {"returned"}, Counter(map(told.get, words))
    return [act for id, act in words.items() if told[id] in _COUNTED]


def _sums(acts: list[Act]) -> dict[str, int]:
    """What these acts count together: people once in a group, each service for its people."""
    sums: Counter[str] = Counter()
    platform: Counter[str] = Counter()
    for act in acts:
        group = act.get("same_people_as") or act["id"]
        for service in set(act["services"]):
            sums[f"help.{service}"] += act["citizens"]
        if group == act["id"]:
            sums["citizen-turns"] += act["citizens"]
        if {"vneid", "cashless-payment"} & set(act["services"]):
            platform[group] = max(platform[group], act["citizens"])
    sums["platform-turns"] = sum(platform.values())
    return {code: number for code, number in sums.items() if number}
