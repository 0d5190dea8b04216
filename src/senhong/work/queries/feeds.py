"""One person's deadlines, read by her calendar program under a secret address."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.work.models import DeadlineFeed, Part, Task, TaskPart
from senhong.work.queries.frames import BY_DEADLINE, SHOWN

_MOST = 500
_BEFORE = timedelta(days=60)


def standing_deadline_feed(actor: Actor) -> DeadlineFeed | None:
    """The actor's own address, or none. One query."""
    return DeadlineFeed.objects.filter(user=actor.user_id, revoked_at=None).first()


def deadline_feed_of(secret: str) -> DeadlineFeed:
    """What stands under the secret. Unknown, revoked, or of a closed account: NotFound.

    One query.
    """
    found = DeadlineFeed.objects.filter(secret=secret, revoked_at=None, user__is_active=True)
    feed = found.select_related("user").first()
    if feed is None:
        raise NotFound(what=_("lịch này"))
    return feed


def deadlines_in(feed: DeadlineFeed) -> list[Task]:
    """Open tasks that the person answers for or works on, due since two months ago; by deadline,
    at most 500. What is done has left, so that calendars drop it. One query."""
    helping = TaskPart.objects.filter(user=feed.user_id, part=Part.COWORKER).values("task")
    found = Task.objects.open().filter(
        Q(assignee=feed.user_id) | Q(pk__in=helping),
        due_at__isnull=False,
        sort_at__gte=clock.now() - _BEFORE,
    )
    return list(found.select_related(*SHOWN).order_by(*BY_DEADLINE)[:_MOST])
