"""Where measurements are made: a home for SQLite, a home and a database for PostgreSQL."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measures import KEPT, ROOT
from tools.live import Home, database_of_its_own
from tools.machine import postgresql_bin
from tools.with_postgres import cluster

_WORK = KEPT / "work"
# What was acknowledged survives a loss of power, as in a real installation.
_LASTING = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "1GB",
    "max_wal_size": "8GB",
    "effective_cache_size": "4GB",
    "random_page_cost": "1.1",
    "max_connections": "50",
    "listen_addresses": "",
}


@contextmanager
def home_of(engine: str) -> Iterator[Home]:
    """SQLite's home is kept while the tables are the same, so an interrupted run goes on."""
    folder = _WORK / f"{engine}-{_tables()}"
    for old in _WORK.glob(f"{engine}*"):
        if old != folder or engine == "postgresql":  # whose database is gone
            shutil.rmtree(old)
    if engine == "sqlite":
        yield Home(folder)
        return
    with _cluster() as server, database_of_its_own(server) as url:
        yield Home(folder, url)


def _tables() -> str:
    """Another word whenever a migration is another."""
    digest = hashlib.sha256()
    for file in sorted((ROOT / "src" / "senhong").glob("*/migrations/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


@contextmanager
def _cluster() -> Iterator[str]:
    """BENCH_POSTGRES names a server to measure on; else one of our own, with fsync on."""
    if given := os.environ.get("BENCH_POSTGRES"):
        yield given
        return
    programs = postgresql_bin()
    if programs is None:
        raise SystemExit("PostgreSQL is not here: make machine")
    with cluster(Path(programs), _LASTING) as url:
        yield url
