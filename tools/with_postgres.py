"""Run a command with DATABASE_URL at a PostgreSQL cluster that lives only as long.

    python -m tools.with_postgres pytest

The cluster lies in a temporary folder, is reached through a socket in it, and is removed
whatever happens to the command, Ctrl-C included.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tools.machine import left_out, postgresql_bin

# It is thrown away: nothing of it must survive a loss of power.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "listen_addresses": "",
}


def main(command: list[str]) -> int:
    programs = postgresql_bin()
    if programs is None:
        return left_out("PostgreSQL")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster(Path(programs)) as url:
        try:
            return subprocess.run(
                command, check=False, env={**os.environ, "DATABASE_URL": url}
            ).returncode
        except KeyboardInterrupt:
            return 130


@contextmanager
def cluster(programs: Path, chosen: Mapping[str, str] = FAST) -> Iterator[str]:
    """A running cluster with the chosen settings; the address of its database."""
    folder = Path(tempfile.mkdtemp(prefix="senhong-pg-", dir="/tmp"))  # sockets need short paths
    owner = owner_of_clusters()
    try:
        if owner:
            shutil.chown(folder, owner["user"], owner["group"])
        data = str(folder / "data")
        # Vietnamese is sorted by our own keys, so the plain locale, which is everywhere, will do.
        initdb = [str(programs / "initdb"), "-D", data, "-U", "postgres", "-A", "trust"]
        quiet = [*initdb, "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(quiet, check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner)
        control = [str(programs / "pg_ctl"), "-D", data, "-w", "-s"]
        settings = " ".join(f"-c {name}={value!r}" for name, value in chosen.items())
        start = ["-o", f"{settings} -k {folder}", "-l", str(folder / "log"), "start"]
        subprocess.run([*control, *start], check=True, cwd=folder, start_new_session=True, **owner)
        try:
            yield f"postgres://postgres@{quote(str(folder), safe='')}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, cwd=folder, **owner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def owner_of_clusters() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then as Debian's postgres, or as nobody."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
