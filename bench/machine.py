"""On what it was measured."""

import os
import platform
import sqlite3
import subprocess
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from bench.measures import share
from tools.machine import postgresql_bin

_SYNCS = 200


def machine() -> dict[str, str]:
    """Hardware and versions, as lines of a table."""
    return {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "fsync of 4 kB": f"{fsync_ms():.2f} ms (median of {_SYNCS})",
        "System": f"{_system()}, Linux {platform.release()}",
        "Python": platform.python_version(),
        "Django": version("django"),
        "granian": version("granian"),
        "SQLite": f"{sqlite3.sqlite_version}, WAL, synchronous=FULL",
        "PostgreSQL": _postgresql(),
    }


def fsync_ms() -> float:
    """How long the disk takes to say that something is written: the floor of every commit."""
    took = []
    with tempfile.NamedTemporaryFile(dir=Path.cwd()) as file:
        for _ in range(_SYNCS):
            file.write(b"x" * 4096)
            file.flush()
            begun = time.perf_counter()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - begun)
    return share(took, 50) * 1000


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", "")


def _postgresql() -> str:
    programs = postgresql_bin()
    if programs is None:
        return "not here"
    told = subprocess.run(
        [f"{programs}/postgres", "--version"], capture_output=True, text=True, check=True
    )
    return f"{told.stdout.split()[2]}, fsync on, shared_buffers 1 GB, clients on the same machine"
