"""The real server on a home and a port of its own: for journeys, durability and benchmarks."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import psycopg

ROOT = Path(__file__).resolve().parents[1]
_LOOK_S = 0.05  # between two looks at a server that is starting
_START_S = 60
_STOP_S = 20


@dataclass(frozen=True, slots=True)
class Home:
    """Where an installation keeps its files, and its database if that is PostgreSQL."""

    folder: Path
    database_url: str = ""

    @property
    def engine(self) -> str:
        return "postgresql" if self.database_url else "sqlite"

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        ours = {
            "SENHONG_HOME": str(self.folder),
            "DEMO": "0",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
            "DJANGO_SETTINGS_MODULE": "senhong.config.settings",
        }
        if self.database_url:
            ours["DATABASE_URL"] = self.database_url
        return kept | ours | more

    def senhong(self, *command: str, timeout_s: float = 900) -> str:
        """Run one of our commands; what it printed. A failure is raised with its last words."""
        return self.python("-m", "senhong.config.command", *command, timeout_s=timeout_s)

    def python(self, *arguments: str, timeout_s: float = 900) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )
        if done.returncode:
            words = (done.stderr or done.stdout)[-3000:]
            raise RuntimeError(f"{' '.join(arguments)} → {done.returncode}\n{words}")
        return done.stdout

    def answer_of(self, module: str, *arguments: str, timeout_s: float = 900) -> Any:
        """The JSON that a module's ``main``, run inside Django, prints as its last line."""
        printed = self.python("-m", "tools.inside", module, *arguments, timeout_s=timeout_s)
        return json.loads(printed.strip().splitlines()[-1])


class Server:
    """``senhong serve`` as a process group of its own."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def log(self) -> Path:
        return self.home.folder / f"server-{self.port}.log"

    def start(self) -> float:
        """Start and wait until it answers; seconds until then."""
        begun = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "senhong.config.command", "serve"],
                env=self.home.environment(PORT=str(self.port), HOST="127.0.0.1"),
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while not self._answers():
            self._wait_a_little(begun)
        return time.monotonic() - begun

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:  # noqa: S310  # our own
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _wait_a_little(self, begun: float) -> None:
        assert self._process is not None
        try:
            status = self._process.wait(timeout=_LOOK_S)
        except subprocess.TimeoutExpired:
            if time.monotonic() - begun < _START_S:
                return
            self.kill()
            status = None
        raise RuntimeError(f"The server did not start ({status}):\n{self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """SIGKILL to the server and every worker, as a power cut would."""
        self._signal_group(signal.SIGKILL)

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=_STOP_S)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def _signal_group(self, number: int) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, number)
        self._process.wait(timeout=_STOP_S)
        self._process = None

    def workers(self) -> list[int]:
        """Process ids of those that serve: the children of the command. Linux only."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        return [int(child) for child in children.read_text().split()]


def given_help(id: UUID, at: dict[str, str], services: list[str], people: int) -> dict[str, Any]:
    """What a client sends to POST /api/v1/help; ``at`` is an activity of the ground."""
    return {
        "id": str(id),
        "activity_id": at["id"],
        "team_id": at["team"],
        "services": services,
        "people": people,
    }


def memory_bytes(pid: int) -> int:
    """Resident memory of a process. Linux only."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def free_port() -> int:
    """A port that nobody listens at, below those lent to whoever calls (from 32768 on Linux).

    One of these could be lent to a client that tries again while its server is down: then it
    would talk to itself, and the server could not come back.
    """
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as trial, suppress(OSError):
            trial.bind(("127.0.0.1", port))
            return port


@contextmanager
def database_of_its_own(url: str) -> Iterator[str]:
    """A new database on the server of ``url``, dropped at the end; its address."""
    name = f"live_{secrets.token_hex(6)}"
    parts = urlsplit(url)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
