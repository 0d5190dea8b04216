"""Secret addresses of people's own deadlines are made and revoked."""

from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, IdReused
from senhong.work.models import DeadlineFeed

_SECRET_BYTES = 24


@transaction.atomic
def make_deadline_feed(actor: Actor, id: UUID) -> DeadlineFeed:
    """The actor has an address for her own deadlines; while one stands, that one is returned.

    Raises Forbidden, IdReused.
    """
    if actor.user_id is None:
        raise Forbidden(verb="task.view")
    if known := DeadlineFeed.objects.filter(pk=id).first():
        if known.user_id != actor.user_id:
            raise IdReused(id=str(id))
        return known
    feed, made = DeadlineFeed.objects.get_or_create(
        user_id=actor.user_id, revoked_at=None,
        defaults={"id": id, "secret": token_urlsafe(_SECRET_BYTES), "made_at": clock.now()},
    )  # fmt: skip
    if made:
        happened(actor, "deadline-feed.opened", feed)
    return feed


@transaction.atomic
def revoke_deadline_feed(actor: Actor) -> None:
    """The actor's address leads nowhere from now on. Revoking again changes nothing.

    Raises Forbidden.
    """
    if actor.user_id is None:
        raise Forbidden(verb="task.view")
    standing = DeadlineFeed.objects.filter(user=actor.user_id, revoked_at=None)
    for feed in standing:
        if standing.filter(pk=feed.pk).update(revoked_at=clock.now()):
            happened(actor, "deadline-feed.revoked", feed)
