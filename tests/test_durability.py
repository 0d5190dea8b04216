"""A server that is killed while people record: what it acknowledged is there, once."""

import json
import os
import threading
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest

from senhong.core.ids import uuid7
from tools.live import Home, Server, database_of_its_own, given_help

HELPS = 1000
KILLED_AFTER = 400
PHONES = 4
LINES_EACH = 3  # help.vneid, citizen-turns, platform-turns

Sent = dict[str, Any]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """SQLite, or PostgreSQL where DATABASE_URL names a server."""
    if url := os.environ.get("DATABASE_URL"):
        with database_of_its_own(url) as own:
            yield Home(tmp_path, own)
    else:
        yield Home(tmp_path)


class Phones:
    """Several people who record at the same time and note what the server acknowledged."""

    def __init__(self, server: Server, token: str) -> None:
        self._server = server
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._lock = threading.Lock()
        self.acknowledged: set[str] = set()
        self.refused: list[str] = []
        self.enough = threading.Event()

    def send(self, helps: Sequence[Sent], *, enough: int) -> list[threading.Thread]:
        """Begin to send; ``enough`` is set once so many were acknowledged."""
        threads = [
            threading.Thread(target=self._send, args=(helps[number::PHONES], enough))
            for number in range(PHONES)
        ]
        for thread in threads:
            thread.start()
        return threads

    def _send(self, helps: Sequence[Sent], enough: int) -> None:
        connection = HTTPConnection("127.0.0.1", self._server.port, timeout=30)
        try:
            for help in helps:
                connection.request("POST", "/api/v1/help", json.dumps(help), self._headers)
                answer = connection.getresponse()
                self._note(help, answer.status, answer.read().decode(), enough)
        except (OSError, HTTPException):
            return  # the server is gone; what was on its way is not acknowledged
        finally:
            connection.close()

    def _note(self, help: Sent, status: int, body: str, enough: int) -> None:
        with self._lock:
            if status in {200, 201}:
                self.acknowledged.add(help["id"])
            else:
                self.refused.append(f"{status} {body[:300]}")
            if self.refused or len(self.acknowledged) >= enough:
                self.enough.set()


def test_what_was_acknowledged_before_a_kill_is_there_once(home: Home) -> None:
    ground = home.answer_of("tools.live_ground", "--small", "--communes", "4")
    places = ground["activities"]
    helps = [
        given_help(uuid7(), places[number % len(places)], ["vneid"], 1 + number % 5)
        for number in range(HELPS)
    ]
    server = Server(home)
    server.start()
    phones = Phones(server, ground["token"])

    threads = phones.send(helps, enough=KILLED_AFTER)
    assert phones.enough.wait(timeout=30)
    server.kill()
    joined(threads)

    assert phones.refused == []
    assert KILLED_AFTER <= len(phones.acknowledged) < HELPS
    held = home.answer_of("tools.live_helps")
    assert phones.acknowledged <= set(held["helps"])
    assert_whole(held)

    server.start()
    again = Phones(server, ground["token"])
    joined(again.send(helps, enough=HELPS))
    server.stop()

    assert again.refused == []
    held = home.answer_of("tools.live_helps")
    assert sorted(held["helps"]) == sorted(help["id"] for help in helps)
    assert_whole(held)
    home.senhong("check-totals")  # fails unless every total is the sum of its postings


def joined(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()


def assert_whole(held: dict[str, Any]) -> None:
    """Each help has its row, its lines in the ledger and its event, all or none of them."""
    assert held["postings"] == dict.fromkeys(held["helps"], LINES_EACH)
    assert held["events"] == len(held["helps"])
