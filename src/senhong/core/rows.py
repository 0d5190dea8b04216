"""Rows of Python values inside SQL: the one place where the two databases differ.

``rows_of`` makes an item for FROM out of many rows with one parameter (SQLite) or one
parameter per column (PostgreSQL), so a statement is the same text whatever their number.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db import connection

Row = tuple[Any, ...]


def on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def rows_of(name: str, columns: dict[str, str], data: Sequence[Row]) -> tuple[str, list[Any]]:
    """SQL for FROM, and its parameters. ``columns``: name → PostgreSQL type."""
    if on_postgresql():
        arrays = [_array(column) for column in zip(*data, strict=True)] or ["{}" for _ in columns]
        casts = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        return f"unnest({casts}) AS {name}({', '.join(columns)})", arrays
    text = json.dumps(data, default=lambda value: value.hex)  # SQLite keeps UUIDs as hex
    return _picked(name, tuple(columns)), [text]


@cache
def _picked(name: str, columns: tuple[str, ...]) -> str:
    picks = ", ".join(f"json_extract(value, '$[{i}]') AS {c}" for i, c in enumerate(columns))
    return f"(SELECT {picks} FROM json_each(%s)) AS {name}"


def _array(values: Iterable[Any]) -> str:
    """A PostgreSQL array as text: three times as quick as psycopg's lists, element by element."""
    return f"{{{','.join(map(_element, values))}}}"


def _element(value: object) -> str:
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, UUID):
        return value.hex
    if value is None:
        return "NULL"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def run(sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
    """Run one statement; its rows, or none when it has no answer."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []


def run_often(sql: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
    """The same, for a statement of every request: PostgreSQL plans it once for each connection.

    Its text is the same whatever its parameters. These go beside it, so one whose type cannot be
    seen from where it stands is cast.
    """
    if not on_postgresql():
        return run(sql, params)
    connection.ensure_connection()
    cursor = _bound_by_server()(connection.connection)
    with connection._prepare_cursor(cursor) as cursor:  # type: ignore[attr-defined]  # not in the stubs
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []


@cache
def _bound_by_server() -> Any:
    """Django's own cursors write parameters into the text: each is planned anew, and to plan the
    grants of one person takes ten times as long as to read them."""
    from django.db.backends.postgresql.base import (  # noqa: PLC0415  # where psycopg is
        ServerBindingCursor,
    )

    class Told(ServerBindingCursor):
        """Says what it ran also of a statement that was prepared before, where psycopg forgets."""

        def execute(self, query: str, *said: Any, **options: Any) -> Any:
            super().execute(query, *said, **options)  # type: ignore[misc]  # not in the stubs
            if not getattr(self, "_query", None):  # Django's record of statements reads it
                self._query = SimpleNamespace(query=query.encode())
            return self

    return Told


def stored_uuid(value: UUID | str) -> UUID:
    """What a raw statement returned for a UUID column, as a UUID."""
    return value if isinstance(value, UUID) else UUID(value)


def sql_uuid(value: UUID | None) -> UUID | str | None:
    """A UUID as a raw statement's parameter."""
    return value if value is None or on_postgresql() else value.hex


# The first key of PostgreSQL's two-key advisory locks, so that nobody else's locks meet ours.
_PROVINCES = 7


def lock_provinces(provinces: Iterable[int], *, exclusive: bool = False) -> None:
    """Hold the provinces until the transaction ends: postings together, a change of map alone.

    Sorted, so that two holders queue and never cross. SQLite has one writer and needs nothing.
    """
    if on_postgresql():
        function = "pg_advisory_xact_lock" + ("" if exclusive else "_shared")
        array = _array(sorted(provinces))
        run_often(f"SELECT {function}({_PROVINCES}, p) FROM unnest(%s::int[]) AS p", [array])
