"""A leader's phone starts and closes an activity, perhaps hours before it says so."""

from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from senhong.activities.errors import ActivityCancelled
from senhong.activities.models import Activity, ActivityState
from senhong.activities.services.closing import close_activity, reopen_activity
from senhong.activities.services.planning import held, start_activity
from senhong.core.actor import Actor

Direction = Literal["running", "closed"]


@transaction.atomic
def steer_activity(actor: Actor, activity: Activity, to: Direction, *, at: datetime) -> Activity:
    """The activity runs, or is over, since that time; by whoever may edit it.

    at  by our clock. What was decided after that, here or on another phone, stands; being so
    already changes nothing. What was closed before that and is said to run is opened again.
    Raises Forbidden, ActivityCancelled, ActivityNotBegun.
    """
    actor.require("activity.edit", at=activity.lead_team.path)
    activity = held(activity)
    if activity.is_cancelled:
        raise ActivityCancelled(activity=activity.name)
    if activity.state == to or (activity.state_at and at < activity.state_at):
        return activity
    if to == "closed":
        return close_activity(actor, activity, at=at)
    if activity.state == ActivityState.CLOSED:
        return reopen_activity(actor, activity, reason=_("Mở lại trên điện thoại"), at=at)
    return start_activity(actor, activity, at=at)
