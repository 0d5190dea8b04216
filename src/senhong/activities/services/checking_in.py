"""Volunteers check in by the code that the leader's screen shows."""

from datetime import datetime
from secrets import token_bytes
from uuid import UUID

from django.db import transaction

from senhong.activities import checking
from senhong.activities.errors import (
    ActivityCancelled,
    CheckInCodeExpired,
    CheckInCodeWrong,
)
from senhong.activities.facts import Present
from senhong.activities.models import THERE, Activity, ActivityState, Participant
from senhong.activities.queries.participants import known_act, own_member, team_for
from senhong.activities.services.closing import counted_anew
from senhong.activities.services.participants import require_part
from senhong.activities.services.planning import held
from senhong.activities.services.presence import mark
from senhong.audit.services import happened
from senhong.core.actor import Actor


@transaction.atomic
def check_in(
    actor: Actor, id: UUID, activity: Activity, *, code: str, step: int | None, at: datetime
) -> Participant:
    """Who acts was there at that time: she read the code from the leader's screen.

    step  of the code, when it was scanned; typed by hand it is none, and those around ``at`` are
    tried. at  when she read it, by the server's clock: a phone brings it days later, also when the
    activity has been closed, which is then counted anew. Sent again, it changes nothing.
    Raises Forbidden, NotInMovement, NotMemberOfTeam, IdReused, CheckInCodeWrong,
    CheckInCodeExpired, ActivityCancelled, ListOrNumber.
    """
    member = own_member(actor)
    team = team_for(activity, member)
    require_part(actor, activity, member, team)
    check_code(activity, code=code, step=step, at=at)
    activity = held(activity)
    if known := known_act(id, activity, member):
        return known
    if activity.is_cancelled:
        raise ActivityCancelled(activity=activity.name)
    mine = Participant.objects.filter(activity=activity, member=member)
    if there := mine.filter(state__in=THERE).first():
        return there
    here = [Present(id=id, member=member, team=team)]
    if activity.state == ActivityState.CLOSED:
        with counted_anew(actor, activity):
            mark(actor, activity, here, at=at)
    else:
        mark(actor, activity, here, at=at)
    return mine.get()


@transaction.atomic
def check_in_key(actor: Actor, activity: Activity) -> bytes:
    """The key of the activity's codes, for its leader; made when there is none yet.

    Raises Forbidden.
    """
    actor.require("activity.edit", at=activity.lead_team.path)
    if activity.check_in_key is None:
        keyless = Activity.objects.filter(pk=activity.pk, check_in_key=None)
        if keyless.update(check_in_key=token_bytes(16)):
            happened(actor, "activity.key-made", activity)
        activity.refresh_from_db(fields=["check_in_key"])
    return bytes(activity.check_in_key or b"")


def check_code(activity: Activity, *, code: str, step: int | None, at: datetime) -> None:
    """Raises CheckInCodeWrong, CheckInCodeExpired."""
    key = bytes(activity.check_in_key or b"")
    if not key:
        raise CheckInCodeWrong()
    if step is None:
        step = checking.step_of(key, activity.pk, code, at)
    if step is None or not checking.is_right(key, activity.pk, step, code):
        raise CheckInCodeWrong()
    if not checking.is_fresh(step, at):
        raise CheckInCodeExpired()
