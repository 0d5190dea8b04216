"""What each act that changes a state does: one service of the app to which it belongs.

A new type of act is a value in ``acts``, a shape in ``parsing``, a schema in ``api`` and a line
here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from senhong.activities import queries
from senhong.activities.facts import HelpFacts, Present
from senhong.activities.models import Helped
from senhong.activities.queries.participants import own_part
from senhong.activities.services import (
    cancel_sign_up,
    check_in,
    confirm,
    correct_help,
    mark_absent,
    mark_present,
    sign_up,
    withdraw_help,
)
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.sync.acts import (
    AttendanceAct,
    CheckInAct,
    CorrectionAct,
    SignUpAct,
    StateAct,
)
from senhong.sync.errors import WaitsForAnother
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
    if act.citizens == 0:
        withdraw_help(actor, help, reason=act.reason)
        return
    facts = HelpFacts(
        team_id=help.team_id,
        services=act.services or tuple(help.services),
        people=act.citizens,
        helped=Helped(help.helped),
        given_on=help.given_on,
        note=act.note,
    )
    correct_help(actor, act.id, help, facts, reason=act.reason)


def attendance(actor: Actor, act: AttendanceAct, moment: Moment) -> None:
    activity = queries.get_activity(actor, act.activity)
    actor.require("activity.edit", at=activity.lead_team.path)
    if not act.present:
        for one in queries.participants_of(actor, activity):
            if one.member_id == act.member:
                mark_absent(actor, one, act=act.id)
        return
    for roll in queries.roll_of(actor, activity):
        for member in roll.members:
            if member.pk == act.member:
                here = [Present(id=act.id, member=member, team=roll.team)]
                mark_present(actor, activity, here, at=moment.by_our_clock)
                return
    raise NotFound(what=_("thành viên này"))


def arrival(actor: Actor, act: CheckInAct, moment: Moment) -> None:
    activity = queries.get_activity(actor, act.activity)
    at = moment.by_our_clock
    check_in(actor, act.id, activity, code=act.code, step=act.step, at=at)


def answer(actor: Actor, act: SignUpAct, moment: Moment) -> None:
    activity = queries.get_activity(actor, act.activity)
    if act.answer == "sign-up":
        sign_up(actor, act.id, activity)
        return
    say = confirm if act.answer == "confirm" else cancel_sign_up
    say(actor, own_part(actor, activity), act=act.id)


ACTING: Mapping[type[StateAct], Callable[[Actor, Any, Moment], None]] = {
    CorrectionAct: correction,
    AttendanceAct: attendance,
    CheckInAct: arrival,
    SignUpAct: answer,
}


def subject_of(actor: Actor, act: StateAct) -> str:
    """What the act decides on: of two on the same the later one holds."""
    if isinstance(act, CorrectionAct):
        return f"correction:{act.id}"  # a help is corrected once; its correction, then, is another
    who = act.member if isinstance(act, AttendanceAct) else actor.user_id
    return f"{act.kind}:{act.activity}:{who}"
