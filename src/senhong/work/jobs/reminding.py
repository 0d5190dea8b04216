"""Each morning people are reminded of deadlines and told how their day looks."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from senhong.core import clock
from senhong.org.queries import SYSTEM
from senhong.work import queries, services, telling
from senhong.work.queries import Digest, NoticeDue
from senhong.work.services import Morning

_ROUND = timedelta(seconds=20)  # then other jobs have their turn; the rest comes in the next round


def remind_of_deadlines() -> int:
    """Tell each what is new, in one message; how many people. Each thing once, however many
    workers there are, and after a standstill only what holds now."""
    now = clock.now()
    due, days = queries.by_person(queries.notices_due(now)), queries.digests_wanted(now)
    told, ends = 0, now + _ROUND
    for user in sorted({*due, *days}):
        if clock.now() > ends:
            break
        told += services.tell_morning(SYSTEM, _morning(user, due.get(user, ()), days.get(user)))
    return told


def _morning(user: int, due: Sequence[NoticeDue], day: Digest | None) -> Morning:
    return Morning(
        user_id=user,
        notices=due,
        rule=day.rule if day else due[0].rule,
        say=partial(telling.said_in_the_morning, digest=day),
        is_digest=day is not None,
    )


def forget_old_notices() -> int:
    """Delete what people were reminded of more than a year ago; how much."""
    return services.forget_notices(SYSTEM)
