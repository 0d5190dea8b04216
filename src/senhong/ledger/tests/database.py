"""A database of its own for tests that need real commits and several connections.

What such a test leaves behind goes with its database: no flush, which the append-only ledger
refuses, and which would take the shipped rows of the next test away.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections

ALIAS = "default"
POOL = {"min_size": 1, "max_size": 10}


@contextmanager
def a_copy_of_the_database(folder: Path) -> Iterator[None]:
    """Every connection, of whatever thread, leads to a copy of the tests' database."""
    if connections[ALIAS].vendor == "postgresql":
        with _a_copy_on_postgresql():
            yield
    else:
        with _a_copy_in_a_file(folder / "copy.sqlite3"):
            yield


@contextmanager
def _a_copy_on_postgresql() -> Iterator[None]:
    connection: Any = connections[ALIAS]
    name, options = connection.settings_dict["NAME"], connection.settings_dict["OPTIONS"]
    copy = f"{name}_copy"
    _leave(connection)
    _run_outside(connection, f'DROP DATABASE IF EXISTS "{copy}"')
    _run_outside(connection, f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
    connection.settings_dict |= {"NAME": copy, "OPTIONS": {**options, "pool": POOL}}
    try:
        yield
    finally:
        _leave(connection)
        connection.settings_dict |= {"NAME": name, "OPTIONS": options}
        _run_outside(connection, f'DROP DATABASE "{copy}" WITH (FORCE)')


def _leave(connection: Any) -> None:
    connection.close()
    connection.close_pool()


def _run_outside(connection: Any, statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
    connection.close_pool()


@contextmanager
def _a_copy_in_a_file(path: Path) -> Iterator[None]:
    memory: Any = connections[ALIAS]
    memory.ensure_connection()
    copy = sqlite3.connect(path)
    memory.connection.backup(copy)
    copy.close()
    name = memory.settings_dict["NAME"]
    memory.settings_dict["NAME"] = str(path)
    connections[ALIAS] = connections.create_connection(ALIAS)
    try:
        yield
    finally:
        connections[ALIAS].close()
        memory.settings_dict["NAME"] = name
        connections[ALIAS] = memory
