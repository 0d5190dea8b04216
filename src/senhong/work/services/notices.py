"""People are reminded of deadlines, each once for the same instant."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from senhong.comms.models import Topic
from senhong.comms.queries import untold
from senhong.comms.services import Manner, Said, deliver
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.ids import uuid7
from senhong.work.models import Notice, NoticeKind, Task, WorkRule
from senhong.work.queries.calendars import quiet_hours
from senhong.work.queries.digests import digest_occasion
from senhong.work.queries.notices import NoticeDue, Ways

_KEPT = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """What one person is told at once: reminders, and in the morning how her day looks.

    say        in words, of those reminders that nobody has told her of
    is_digest  with how her day looks, which she is told once a day
    """

    user_id: int
    notices: Sequence[NoticeDue]
    rule: WorkRule
    say: Callable[[Sequence[NoticeDue]], Said]
    is_digest: bool = False


@transaction.atomic
def tell_morning(actor: Actor, morning: Morning) -> bool:
    """Tell her; whether there was something new. Of many workers one tells. Raises Forbidden."""
    actor.require("system.run", at="")
    new = _claim(morning.notices)
    occasion = digest_occasion(clock.now())
    with_day = morning.is_digest and bool(untold(occasion, [morning.user_id]))
    if not new and not with_day:
        return False
    told = deliver(
        actor, [morning.user_id],
        occasion=occasion if with_day else f"task.reminder:{new[0][0]}",
        say=lambda: morning.say([due for _id, due in new]),
        manner=Manner(
            topic=Topic.DEADLINE if new else Topic.DIGEST, quiet=quiet_hours(morning.rule)
        ),
    )  # fmt: skip
    return bool(told)


def _claim(due: Sequence[NoticeDue]) -> list[tuple[str, NoticeDue]]:
    """Those that nobody else has claimed, with the id of each.

    The database settles it: of two who insert the same row at once one inserts nothing.
    """
    rows = {uuid7(): each for each in due}  # what is there with such an id was inserted here
    Notice.objects.bulk_create(
        [
            Notice(id=id, task=each.task, kind=each.kind, at=each.at, user_id=each.user_id)
            for id, each in rows.items()
        ],
        ignore_conflicts=True,
    )
    mine = set(Notice.objects.filter(pk__in=rows).values_list("pk", flat=True))
    return [(str(id), each) for id, each in rows.items() if id in mine]


@transaction.atomic
def pass_over(actor: Actor, task: Task, users: Collection[int]) -> None:
    """These people have just been told of the task: a reminder whose instant has passed would
    tell them the same. Raises Forbidden."""
    actor.require("system.run", at="")
    at = Ways.of([task.unit]).last(task, NoticeKind.REMIND, clock.now())
    if at is not None:
        Notice.objects.bulk_create(
            [
                Notice(id=uuid7(), task=task, kind=NoticeKind.REMIND, at=at, user_id=user)
                for user in users
            ],
            ignore_conflicts=True,
        )


@transaction.atomic
def forget_notices(actor: Actor) -> int:
    """What people were reminded of more than a year ago is deleted; how much. Raises Forbidden."""
    actor.require("system.run", at="")
    gone, _tables = Notice.objects.filter(at__lt=clock.now() - _KEPT).delete()
    return gone
