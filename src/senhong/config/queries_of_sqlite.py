"""Our long statements are turned into SQLite's spelling once, not at every call.

Django looks for each %s with a regular expression whenever a statement runs: with the long
ones that record help that was a twelfth of a request.
"""

from collections.abc import Sequence
from functools import lru_cache

from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper

_with_names = SQLiteCursorWrapper.convert_query


@lru_cache(maxsize=500)
def _converted(query: str) -> str:
    return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


def _convert_query(
    self: SQLiteCursorWrapper, query: str, *, param_names: Sequence[str] | None = None
) -> str:
    if param_names is not None:
        return str(_with_names(self, query, param_names=param_names))
    return _converted(query)


def convert_once() -> None:
    SQLiteCursorWrapper.convert_query = _convert_query  # type: ignore[method-assign]  # see above
