"""A storm: hundreds of phones, every fault of a network at once, a server that is killed.

At the end every act whose day can be recorded is counted exactly once, corrections have taken the
place of what they correct, who checked in is there once, and what was not acknowledged was still in
the outbox of its phone.
"""

import asyncio
import gzip
import json
import random
import time
import urllib.request
from base64 import b64decode
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bench.client import Connection, Request, with_token
from bench.measures import Facts
from bench.sync import SERVICES, help_act
from senhong.activities import checking
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
_PROVINCE = ZoneInfo("Asia/Ho_Chi_Minh")
_AHEAD = timedelta(hours=24)  # more is no clock, but a mistake
_CORRECTED = 10  # one of so many acts corrects a help

Act = dict[str, Any]
Ground = dict[str, Any]


@dataclass
class Phone:
    """A phone: what waits in its outbox, and what it was told of the rest."""

    token: str
    waiting: dict[str, Act]
    clock: timedelta
    chance: random.Random
    is_in_range: bool  # whether the day that its clock says can be recorded
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
        async with asyncio.TaskGroup() as together:  # a server that does not come back ends it
            together.create_task(self._kill())
            await asyncio.gather(*(self._phone(phone) for phone in self.phones))
            self._is_over = True

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


def _day(instant: datetime) -> date:
    return instant.astimezone(_PROVINCE).date()


def storm(home: Home, ground: Ground) -> Facts:
    """The whole storm; raises where an act was lost or counted twice."""
    return raged(home, ground, phones=PHONES, acts=_ACTS, kills=_KILLS, seed=20230320)


def raged(home: Home, ground: Ground, *, phones: int, acts: int, kills: int, seed: int) -> Facts:
    """What a storm did, after what it must not do was looked for."""
    before = home.answer_of("tools.live_helps")
    server = Server(home)
    server.start()
    made = phones_of(keyed(server, ground), phones, acts, seed)
    begun = time.monotonic()
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


def keyed(server: Server, ground: Ground) -> list[dict[str, str]]:
    """The activities as their leaders' phones take them along: since when, the key of the codes."""
    return [dict(place) | _taken_along(server, place) for place in ground["activities"]]


def _taken_along(server: Server, place: Mapping[str, str]) -> dict[str, str]:
    asked = urllib.request.Request(  # noqa: S310  # our own
        f"{server.url}/api/v1/field/bundle", headers={"Authorization": f"Bearer {place['token']}"}
    )
    with urllib.request.urlopen(asked, timeout=_ANSWER_WITHIN_S) as answer:  # noqa: S310
        sorties = json.load(answer)["sections"]["sorties"]["data"]
    sortie = next(one for one in sorties if one["id"] == place["id"])
    return {"key": sortie["check_in_key"], "starts_at": sortie["starts_at"]}


def phones_of(places: list[dict[str, str]], phones: int, acts: int, seed: int) -> list[Phone]:
    """Each belongs to the leader of a team that has an activity today."""
    chance = random.Random(seed)  # noqa: S311  # a load, no secret
    return [
        _a_phone(places[number % len(places)], acts, random.Random(chance.random()))  # noqa: S311
        for number in range(phones)
    ]


def _a_phone(place: Mapping[str, str], acts: int, chance: random.Random) -> Phone:
    clock = timedelta(hours=chance.choice(_CLOCKS_H))
    said = datetime.now(UTC) + clock
    at = said.isoformat()
    first_on = _day(datetime.fromisoformat(place["starts_at"]))
    is_in_range = clock <= _AHEAD and _day(said) >= first_on
    corrections = acts // _CORRECTED + 1
    helps = _helps(place, acts - corrections - 1, chance, at)
    made = [_check_in(place, at), *helps, *_corrections(helps, corrections, chance, at)]
    waiting = {act["id"]: act for act in made}
    rests = chance.random() < 0.1
    return Phone(place["token"], waiting, clock, chance, is_in_range, rests)


def _helps(place: Mapping[str, str], number: int, chance: random.Random, at: str) -> list[Act]:
    """One of five goes to people who were helped before."""
    made: list[Act] = []
    for _ in range(number):
        act = help_act(dict(place), chance, at)
        if made and chance.random() < 0.2:
            first = chance.choice([each for each in made if "same_people_as" not in each])
            act |= {"citizens": 1, "same_people": True, "same_people_as": first["id"]}
        made.append(act)
    return made


def _corrections(helps: list[Act], most: int, chance: random.Random, at: str) -> list[Act]:
    """Of helps that nothing else hangs on, each once; 0 citizens take one away."""
    followed = {act.get("same_people_as") for act in helps}
    alone = [a for a in helps if "same_people_as" not in a and a["id"] not in followed]
    return [
        {
            "id": str(uuid7()),
            "type": "correction",
            "at": at,
            "corrects": help["id"],
            "services": chance.choice(SERVICES),
            "citizens": chance.randint(0, 4),
            "note": "",
            "reason": "Đếm lại.",
        }
        for help in chance.sample(alone, min(most, len(alone)))
    ]


def _check_in(place: Mapping[str, str], at: str) -> Act:
    """By the code that the leader's phone shows, whose clock is right."""
    step = checking.step_at(datetime.now(UTC))
    code = checking.code_of(b64decode(place["key"]), UUID(place["id"]), step)
    facts = {"activity": place["id"], "step": step, "code": code}
    return {"id": str(uuid7()), "type": "check-in", "at": at, **facts}


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
    assert storm.odd == [], storm.odd[:5]
    assert not any(phone.waiting for phone in phones)
    assert len(after["helps"]) == len(set(after["helps"]))
    check_answers(phones)
    here = set(after["helps"]) - set(before["helps"])
    expected = [help for phone in phones if phone.is_in_range for help in standing(phone)]
    recorded = {id for phone in phones if phone.is_in_range for id in _rows(phone)}
    assert here == recorded, f"{len(recorded - here)} lost, {len(here - recorded)} from nowhere"
    moved: Counter[str] = Counter(after["sums"])
    moved.subtract(before["sums"])
    sums = _sums(expected)
    assert {c: n for c, n in moved.items() if n} == sums, (moved, sums)
    timely = [phone for phone in phones if phone.clock <= _AHEAD]
    came = {act["activity"] for act in _all(timely) if act["type"] == "check-in"}
    assert {id: after["there"].get(id) for id in came} == dict.fromkeys(came, 1)


def check_answers(phones: list[Phone]) -> None:
    """Within range everything is recorded, at once or when what it waits for has come."""
    for phone in phones:
        for id, act in phone.sent.items():
            told = phone.told[id]
            if act["type"] == "check-in" and phone.clock <= _AHEAD:  # its code says when it was
                assert told in _COUNTED, (told, act)
            elif not phone.is_in_range:
                assert told in {"returned", "held"}, (told, act)
            elif _hangs(act):
                assert told in {*_COUNTED, "held"}, (told, act)
            else:
                assert told in _COUNTED, (told, act)


def _hangs(act: Act) -> bool:
    return "corrects" in act or "same_people_as" in act


def _all(phones: list[Phone]) -> list[Act]:
    return [act for phone in phones for act in phone.sent.values()]


def _rows(phone: Phone) -> list[str]:
    """The acts that are a row of help: helps, and corrections that leave somebody."""
    acts = phone.sent.values()
    return [act["id"] for act in acts if act.get("citizens") and act["type"] != "check-in"]


def standing(phone: Phone) -> list[Act]:
    """Its helps as they are after its corrections."""
    acts = phone.sent.values()
    corrected = {act["corrects"]: act for act in acts if act["type"] == "correction"}
    helps = [act for act in acts if act["type"] == "help"]
    now = [_after(help, corrected.get(help["id"])) for help in helps]
    return [help for help in now if help["citizens"]]


def _after(help: Act, correction: Act | None) -> Act:
    if correction is None:
        return help
    return help | {name: correction[name] for name in ("services", "citizens")}


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
