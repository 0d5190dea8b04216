"""Somebody who was asked says whether she comes."""

from enum import StrEnum

from django.db import transaction

from senhong.activities.errors import ActivityNotToCome, NotExpected
from senhong.activities.models import Activity
from senhong.activities.queries.reminding import is_expected
from senhong.activities.services.planning import check_open, held
from senhong.activities.telling import tomorrow_occasion
from senhong.audit.services import happened
from senhong.comms.services import see_occasion
from senhong.core import clock
from senhong.core.actor import Actor


class Answer(StrEnum):
    """What a person says of an activity at which she is expected."""

    CONFIRM = "confirm"
    CANCEL = "cancel"


@transaction.atomic
def answer_activity(actor: Actor, activity: Activity, answer: Answer) -> None:
    """The person comes, or does not; everybody answers for herself. Saying it again is safe.

    Raises NotExpected, ActivityClosed, ActivityCancelled, ActivityNotToCome once it
    has begun.
    """
    activity = held(activity)
    if not is_expected(actor.user_id, activity):
        raise NotExpected()
    check_open(activity)
    if activity.starts_at <= clock.now():
        raise ActivityNotToCome(activity=activity.name)
    # The states of a participant move here, once there are participants.
    happened(actor, "activity.answered", activity, answer=str(answer))
    see_occasion(actor, tomorrow_occasion(activity))
