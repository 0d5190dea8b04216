"""A leader's phone says of a member that she is there, has left, or is not there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from senhong.activities.errors import ActivityCancelled, ActivityClosed
from senhong.activities.facts import Present
from senhong.activities.models import (
    EXPECTED,
    THERE,
    Activity,
    ActivityState,
    Participant,
    ParticipantState,
)
from senhong.activities.queries.participants import known_act
from senhong.activities.services.closing import counted_anew
from senhong.activities.services.moving import become, come_back, go_back, promote
from senhong.activities.services.planning import held
from senhong.activities.services.presence import mark
from senhong.audit.services import happened
from senhong.core.actor import Actor


@transaction.atomic
def tick(
    actor: Actor,
    activity: Activity,
    one: Present,
    *,
    is_there: bool,
    has_left: bool = False,
    at: datetime,
) -> None:
    """What the leader saw at that time: the member was there, had left again, or was not there.

    at  by our clock. A phone may bring it when the activity has been closed: what was ticked
    before that is done all the same, and counted anew; what was ticked afterwards is not.
    The same id changes nothing. Raises Forbidden, ActivityClosed, ActivityCancelled, ListOrNumber,
    TeamNotInActivity, NotMemberOfTeam, IdReused.
    """
    actor.require("activity.edit", at=activity.lead_team.path)
    activity = held(activity)
    if known_act(one.id, activity, one.member):
        return
    if activity.is_cancelled:
        raise ActivityCancelled(activity=activity.name)
    with _counted(actor, activity, at):
        if is_there:
            _come(actor, activity, one, has_left=has_left, at=at)
        else:
            _go(actor, activity, one)


@contextmanager
def _counted(actor: Actor, activity: Activity, at: datetime) -> Iterator[None]:
    if activity.state != ActivityState.CLOSED:
        yield
        return
    if at > activity.over_since:
        raise ActivityClosed(activity=activity.name)
    with counted_anew(actor, activity):
        yield


def _come(actor: Actor, activity: Activity, one: Present, *, has_left: bool, at: datetime) -> None:
    """Of who is said to have left it is not known when she came."""
    there = Participant.objects.filter(activity=activity, member=one.member).there()
    act = one.id if there.exists() else None  # else the coming remembers it
    mark(actor, activity, [one], at=None if has_left else at)
    mine = there.get()
    if has_left and mine.state != ParticipantState.LEFT:
        become(mine, ParticipantState.LEFT, at=at, act=act)
        happened(actor, "participant.left", mine)
    elif not has_left and mine.state == ParticipantState.LEFT:
        come_back(mine, act=act)
        happened(actor, "participant.came", mine)


def _go(actor: Actor, activity: Activity, one: Present) -> None:
    mine = Participant.objects.filter(activity=activity, member=one.member).first()
    if mine is not None and mine.state in THERE:
        go_back(mine, act=one.id)
        happened(actor, "participant.unmarked", mine)
    elif mine is not None and mine.state in EXPECTED:
        become(mine, ParticipantState.NO_SHOW, act=one.id)
        happened(actor, "participant.missed", mine)
    promote(actor, activity)
