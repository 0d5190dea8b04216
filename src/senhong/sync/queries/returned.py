"""Helps that a reviewer gave back."""

from senhong.activities.queries import returned_of
from senhong.activities.queries.returned import Returned
from senhong.core.actor import Actor


def returned(actor: Actor) -> list[Returned]:
    """As the phone shows them, with the reviewer's words. As many queries as that one takes."""
    return returned_of(actor.user_id) if actor.user_id else []
