"""Helps that a reviewer gave back: the one place that asks ``activities`` for them."""

from dataclasses import asdict
from typing import Any

from senhong.activities import queries
from senhong.core.actor import Actor


def returned(actor: Actor) -> list[dict[str, Any]]:
    """As the phone shows them, with the reviewer's words. As many queries as that one takes."""
    found = getattr(queries, "returned_of", None)  # of the branch that brings reviews
    rows = found(actor.user_id) if found and actor.user_id else []
    return [asdict(row) for row in rows]
