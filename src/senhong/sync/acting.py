"""What each act that changes a state does: one service of the app to which it belongs.

A new type of act is a value in ``acts``, a shape in ``parsing``, a schema in ``api`` and a line
here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from senhong.activities import queries
from senhong.activities.errors import NotSignedUp, OverlapsOther
from senhong.activities.facts import HelpFacts, Present
from senhong.activities.models import Activity, Helped
from senhong.activities.queries.participants import own_part, places_in
from senhong.activities.services import (
    cancel_sign_up,
    check_in,
    confirm,
    correct_help,
    sign_up,
    steer_activity,
    tick,
    withdraw_help,
)
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.core.ids import derived_id
from senhong.sync.acts import (
    ActivityAct,
    AttendanceAct,
    CheckInAct,
    CorrectionAct,
    SignUpAct,
    StateAct,
)
from senhong.sync.errors import Overlaps, WaitsForAnother, WaitsForSignUp
from senhong.sync.helping import is_known


@dataclass(frozen=True, slots=True)
class Moment:
    """When an act was done: by the phone's clock, and how far that one runs behind ours."""

    at: datetime
    behind: timedelta

    @property
    def by_our_clock(self) -> datetime:
        return self.at + self.behind


def correction(actor: Actor, act: CorrectionAct, moment: Moment) -> None:
    try:
        help = queries.get_help(actor, act.corrects)
    except NotFound:
        if is_known(act.corrects):
            raise
        raise WaitsForAnother(act=str(act.corrects)) from None
    at = moment.by_our_clock
    if act.citizens == 0:
        withdraw_help(actor, help, reason=act.reason, at=at)
        return
    facts = HelpFacts(
        team_id=help.team_id,
        services=act.services or tuple(help.services),
        people=act.citizens,
        helped=Helped(help.helped),
        given_on=help.given_on,
        note=act.note,
    )
    correct_help(actor, act.id, help, facts, reason=act.reason, at=at)


def attendance(actor: Actor, act: AttendanceAct, moment: Moment) -> None:
    activity = queries.get_activity(actor, act.activity)
    actor.require("activity.edit", at=activity.lead_team.path)
    place = next(iter(places_in(activity, [act.member])), None)
    if place is None:
        raise NotFound(what=_("thành viên này"))
    one = Present(id=act.id, member=place.member, team=place.team)
    at = moment.by_our_clock
    tick(actor, activity, one, is_there=act.present, has_left=act.left, at=at)


def arrival(actor: Actor, act: CheckInAct, moment: Moment) -> None:
    activity = queries.get_activity(actor, act.activity)
    at = moment.by_our_clock
    check_in(actor, act.id, activity, code=act.code, step=act.step, at=at)


def answer(actor: Actor, act: SignUpAct, moment: Moment) -> None:
    activity = queries.get_activity(actor, act.activity)
    if act.answer == "sign-up":
        _sign_up(actor, act, activity)
        return
    say = confirm if act.answer == "confirm" else cancel_sign_up
    try:
        mine = own_part(actor, activity)
    except NotSignedUp:
        raise WaitsForSignUp(activity=activity.name, act=sign_up_of(actor, act)) from None
    say(actor, mine, act=act.id)


def _sign_up(actor: Actor, act: SignUpAct, activity: Activity) -> None:
    try:
        sign_up(actor, act.id, activity, anyway=act.anyway)
    except OverlapsOther as clash:
        raise Overlaps(other=clash.other, starts_at=clash.starts_at) from None


def sign_up_of(actor: Actor, act: SignUpAct) -> UUID:
    """What waits for the person's sign-up for the activity waits for this: whatever its own id."""
    return derived_id(act.activity, "sign-up", actor.user_id)


def state(actor: Actor, act: ActivityAct, moment: Moment) -> None:
    activity = queries.get_activity(actor, act.activity)
    steer_activity(actor, activity, act.to, at=moment.by_our_clock)


ACTING: Mapping[type[StateAct], Callable[[Actor, Any, Moment], None]] = {
    CorrectionAct: correction,
    AttendanceAct: attendance,
    CheckInAct: arrival,
    SignUpAct: answer,
    ActivityAct: state,
}


def subject_of(actor: Actor, act: StateAct) -> str:
    """What the act decides on: of two on the same the later one holds."""
    if isinstance(act, CorrectionAct):
        return f"correction:{act.id}"  # a help is corrected once; its correction, then, is another
    if isinstance(act, ActivityAct):
        return f"activity:{act.activity}"
    who = act.member if isinstance(act, AttendanceAct) else actor.user_id
    return f"{act.kind}:{act.activity}:{who}"
