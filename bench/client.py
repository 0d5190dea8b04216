"""A small HTTP client that keeps its connections and sends on time, whatever comes back.

Open loop: the n-th request is due at n / rate. Its time counts from when it was due, so a server
that stalls is charged for everybody who waited. Loopback only; bounded in number and in time.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bench.measures import Facts, spread

_CONNECTIONS = 64
_ANSWER_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_bytes(self, port: int) -> bytes:
        method = "POST" if self.body else "GET"
        lines = [f"{method} {self.path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(self.body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


class Connection:
    """One kept connection to the server, opened when first needed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def answer(self, request: Request) -> tuple[int, bytes]:
        """The status and the body. A connection that broke is reported as an error."""
        if self._writer is None:
            streams = await asyncio.open_connection("127.0.0.1", self._port)
            self._reader, self._writer = streams
        assert self._reader is not None
        self._writer.write(request.as_bytes(self._port))
        await self._writer.drain()
        head = await self._reader.readuntil(b"\r\n\r\n")
        return await self._rest(self._reader, head)

    async def _rest(self, reader: asyncio.StreamReader, head: bytes) -> tuple[int, bytes]:
        first, *lines = head.decode("latin-1").split("\r\n")
        said = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}
        status = int(first.split()[1])
        if said.get("transfer-encoding") == "chunked":
            return status, await _chunks(reader)
        return status, await reader.readexactly(int(said.get("content-length", "0")))

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)


async def at_rate(port: int, requests: Sequence[Request], per_s: float) -> Facts:
    """Send the requests at a steady rate and wait for every answer."""
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for _ in range(_CONNECTIONS):
        free.put_nowait(Connection(port))
    begun = time.perf_counter() + 0.05
    told: Counter[str] = Counter()
    took: list[float] = []

    async def one(number: int, request: Request) -> None:
        due = begun + number / per_s
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        connection = await free.get()
        try:
            async with asyncio.timeout(_ANSWER_WITHIN_S):
                status, _body = await connection.answer(request)
            told[str(status)] += 1
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            told[type(error).__name__] += 1
            connection.close()
        took.append(time.perf_counter() - due)
        free.put_nowait(connection)

    await asyncio.gather(*(one(n, request) for n, request in enumerate(requests)))
    seconds = time.perf_counter() - begun
    while not free.empty():
        free.get_nowait().close()
    facts = spread(took) | {"asked_per_s": per_s, "answers": dict(told)}
    return facts | {"answered_per_s": round(len(requests) / seconds)}


def with_token(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def with_session(session: str, csrf: str = "c" * 32) -> dict[str, str]:
    """A signed-in browser's headers, with the token that guards its forms."""
    return {"Cookie": f"sessionid={session}; csrftoken={csrf}", "X-CSRFToken": csrf}


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()
