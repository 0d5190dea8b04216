"""Calendar addresses are made and revoked."""

from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.org.models import Unit
from senhong.people.models import Team
from senhong.public.models import CalendarFeed

_SECRET_BYTES = 24


@transaction.atomic
def make_feed(actor: Actor, id: UUID, *, of: Team | Unit) -> CalendarFeed:
    """The team or unit has an address for its calendar; while one stands, that one is returned.

    Raises Forbidden, IdReused.
    """
    actor.require("activity.edit", at=of.path)
    place = {"team": of} if isinstance(of, Team) else {"unit": of}
    known = CalendarFeed.objects.filter(pk=id).first()
    if known is not None:
        if (known.team_id or known.unit_id) != of.pk:
            raise IdReused(id=str(id))
        return known
    feed, made = CalendarFeed.objects.get_or_create(
        **place,
        revoked_at=None,
        defaults={"id": id, "secret": token_urlsafe(_SECRET_BYTES), "made_at": clock.now()},
    )
    if made:
        happened(actor, "calendar.opened", feed)
    return feed


@transaction.atomic
def revoke_feed(actor: Actor, feed: CalendarFeed) -> None:
    """Its address leads nowhere from now on. Revoking again changes nothing. Raises Forbidden."""
    actor.require("activity.edit", at=feed.path)
    standing = CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None)
    if standing.update(revoked_at=clock.now()):
        happened(actor, "calendar.revoked", feed)
