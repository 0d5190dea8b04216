"""Why the database cannot be used, in one line for who started the command."""

import psycopg
from django.conf import settings
from django.db import DatabaseError, OperationalError, connection

from senhong.core.tables import tables_are_behind

_PATIENCE_S = 2  # the pool has waited before us


def why_not_usable(mistake: DatabaseError) -> str | None:
    """One sentence, or None when the mistake is ours and not the database's."""
    if reason := _why_not_reached():
        return reason
    try:
        if tables_are_behind():
            return "The database has no tables yet: run `senhong migrate`, or `make run`."
    except DatabaseError:
        return _said(mistake)
    return _said(mistake) if isinstance(mistake, OperationalError) else None


def _why_not_reached() -> str | None:
    """What PostgreSQL itself says: the pool only says that it waited. Never a password."""
    if connection.vendor != "postgresql":
        return None
    named = settings.DATABASES["default"]
    try:
        psycopg.connect(
            host=named["HOST"] or None,
            port=named["PORT"] or None,
            user=named["USER"] or None,
            password=named["PASSWORD"] or None,
            dbname=named["NAME"] or None,
            connect_timeout=_PATIENCE_S,
        ).close()
    except psycopg.OperationalError as error:
        reason = _first_line(error)
        return f"Cannot reach the database ({reason}). Start it, or correct DATABASE_URL."
    return None


def _said(mistake: DatabaseError) -> str:
    said = f"The database cannot be used: {_first_line(mistake)}."
    if connection.vendor == "sqlite":
        file = settings.DATABASES["default"]["NAME"]
        said += f" Is {file} yours to write, and is there room on its disk?"
    return said


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
