"""Somebody who was asked says whether she comes."""

from enum import StrEnum

from django.db import transaction

from senhong.activities.errors import ActivityNotToCome, NotExpected
from senhong.activities.models import EXPECTED, Activity, ParticipantState
from senhong.activities.queries.participants import own_part
from senhong.activities.services.participants import cancel_sign_up, confirm
from senhong.activities.services.planning import check_open, held
from senhong.activities.telling import tomorrow_occasion
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

    Raises NotSignedUp, NotExpected, ActivityClosed, ActivityCancelled, ActivityNotToCome once it
    has begun, CancelTooLate.
    """
    activity = held(activity)
    mine = own_part(actor, activity)
    check_open(activity)
    if activity.starts_at <= clock.now():
        raise ActivityNotToCome(activity=activity.name)
    says_no_again = answer == Answer.CANCEL and mine.state == ParticipantState.CANCELLED
    if mine.state not in EXPECTED and not says_no_again:
        raise NotExpected()
    say = confirm if answer == Answer.CONFIRM else cancel_sign_up
    say(actor, mine)
    see_occasion(actor, tomorrow_occasion(activity))
