"""Helps that a reviewer gave back."""

from dataclasses import asdict
from typing import Any

from senhong.activities.queries import returned_of
from senhong.core.actor import Actor


def returned(actor: Actor) -> list[dict[str, Any]]:
    """As the phone shows them, with the reviewer's words. As many queries as that one takes."""
    rows = returned_of(actor.user_id) if actor.user_id else []
    return [asdict(row) for row in rows]
