"""People are told what concerns them about activities."""

from functools import partial
from uuid import UUID

from django_tasks import task

from senhong.activities import telling
from senhong.activities.queries.reminding import (
    people_expected,
    people_promoted,
    people_to_remind,
)
from senhong.audit.queries import get_event
from senhong.comms.models import Topic
from senhong.comms.queries import untold
from senhong.comms.services import Manner, deliver
from senhong.core import clock
from senhong.org.queries import SYSTEM

_MANNER = Manner(topic=Topic.ACTIVITY)


def remind_of_tomorrow() -> int:
    """Ask who is expected tomorrow whether she comes; how many were asked now. Each once."""
    asked = 0
    for each in people_to_remind(clock.now()):
        activity, occasion = each.activity, telling.tomorrow_occasion(each.activity)
        if new := untold(occasion, each.users):
            told = deliver(
                SYSTEM, new, occasion=occasion, until=activity.starts_at,
                say=partial(telling.said_of_tomorrow, activity), manner=_MANNER,
            )  # fmt: skip
            asked += len(told)
    return asked


@task()
def tell_of_cancelling(event_id: int) -> None:
    """Tell who is expected that nothing takes place: "activity.cancelled"."""
    expected = people_expected(_activity_of(event_id))
    if expected and expected.activity.is_cancelled and expected.activity.starts_at > clock.now():
        deliver(
            SYSTEM, expected.users, occasion=f"activity.cancelled:{event_id}",
            say=lambda: telling.said_of_cancelling(expected.activity),
            until=expected.activity.starts_at, manner=_MANNER,
        )  # fmt: skip


@task()
def tell_of_moving(event_id: int) -> None:
    """Tell who is expected that it is at another time or place: "activity.changed"."""
    event = get_event(event_id)
    expected = people_expected(_activity_of(event_id)) if event.facts.get("moved") else None
    if expected and expected.activity.is_open and expected.activity.starts_at > clock.now():
        deliver(
            SYSTEM, expected.users, occasion=f"activity.moved:{event_id}",
            say=lambda: telling.said_of_moving(expected.activity),
            until=expected.activity.starts_at, manner=_MANNER,
        )  # fmt: skip


@task()
def tell_of_promotion(event_id: int) -> None:
    """Tell somebody who waited that a seat is hers: "participant.promoted"."""
    promoted = people_promoted(get_event(event_id).facts)
    if promoted and promoted.activity.is_open and promoted.activity.starts_at > clock.now():
        deliver(
            SYSTEM, promoted.users, occasion=f"participant.promoted:{event_id}",
            say=lambda: telling.said_of_promotion(promoted.activity),
            until=promoted.activity.starts_at, manner=_MANNER,
        )  # fmt: skip


def _activity_of(event_id: int) -> UUID:
    return UUID(get_event(event_id).subject.partition(":")[2])
