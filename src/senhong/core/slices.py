"""Where the next part of a list begins, by the id with which the last one ended."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from senhong.core.errors import UnknownCursor


def beyond(
    known: QuerySet[Any, Any], after: UUID, key: str, *, of: str = "", id: str = "pk",
    rising: bool = True,
) -> Q:  # fmt: skip
    """What comes after the row ``after`` in a list by ``key``, then by ``id``.

    ``of``: the way from the list's rows to those that are ``known``. Raises UnknownCursor, since
    after nothing comes nothing, which would read like an end. One query.
    """
    start = known.filter(**{id: after}).values_list(key, flat=True).first()
    if start is None:
        raise UnknownCursor(after=str(after))
    side = "gt" if rising else "lt"
    return Q(**{f"{of}{key}__{side}": start}) | Q(
        **{f"{of}{key}": start, f"{of}{id}__{side}": after}
    )


def past(known: QuerySet[Any, Any], after: UUID, *, id: str = "pk", rising: bool = True) -> Q:
    """What comes after the row ``after`` in a list by ``id`` alone. Raises UnknownCursor.

    One query.
    """
    if not known.filter(**{id: after}).exists():
        raise UnknownCursor(after=str(after))
    return Q(**{f"{id}__{'gt' if rising else 'lt'}": after})
