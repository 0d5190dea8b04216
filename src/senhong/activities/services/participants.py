"""Signs people up, confirms and cancels."""

from uuid import UUID

from django.db import transaction

from senhong.activities.errors import (
    CancelTooLate,
    OverlapsOther,
    SignUpOver,
)
from senhong.activities.models import Activity, Participant, ParticipantState
from senhong.activities.queries.participants import (
    clashes_of,
    known_act,
    own_member,
    seats_of,
    team_for,
)
from senhong.activities.services.moving import become, promote
from senhong.activities.services.planning import check_open, held
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.people.models import Member, Team


@transaction.atomic
def sign_up(
    actor: Actor,
    id: UUID,
    activity: Activity,
    *,
    member: Member | None = None,
    anyway: bool = False,
) -> Participant:
    """The member (none: who acts) gets a seat, or a place at the end of the waiting list.

    The activity's row is held while seats are counted and taken, so that twenty who press at once
    queue up and no seat is given twice: PostgreSQL locks the row, SQLite has one writer. Who is
    signed up already stays so; the same ``id`` changes nothing, also after a cancellation.
    anyway  although another activity of hers takes place at that time.
    Raises Forbidden, NotInMovement, NotMemberOfTeam, IdReused, ActivityClosed, ActivityCancelled,
    SignUpOver, OverlapsOther.
    """
    member = member or own_member(actor)
    team = team_for(activity, member)
    require_part(actor, activity, member, team)
    activity = held(activity)
    if known := known_act(id, activity, member):
        return known
    check_open(activity)
    participant = Participant.objects.filter(activity=activity, member=member).first()
    if participant and participant.state != ParticipantState.CANCELLED:
        return participant
    _check_time(activity, member, anyway=anyway)
    participant = participant or Participant(id=id, activity=activity, member=member)
    participant.team, participant.confirmed_at = team, None
    full = seats_of(activity).are_taken
    become(participant, ParticipantState.WAITING if full else ParticipantState.SIGNED_UP, act=id)
    happened(actor, "participant.signed-up", participant, state=participant.state)
    return participant


@transaction.atomic
def confirm(actor: Actor, participant: Participant, *, act: UUID | None = None) -> Participant:
    """She says that she will come. Saying it again changes nothing.

    ``act``: the client's id of this act, sent again. Raises Forbidden, IdReused, ActivityClosed,
    ActivityCancelled, StateNotPossible.
    """
    participant, is_known = _held_part(actor, participant, act)
    if is_known or participant.state == ParticipantState.CONFIRMED:
        return participant
    check_open(participant.activity)
    become(participant, ParticipantState.CONFIRMED, act=act)
    happened(actor, "participant.confirmed", participant)
    return participant


@transaction.atomic
def cancel_sign_up(
    actor: Actor, participant: Participant, *, act: UUID | None = None
) -> Participant:
    """Her seat goes to whoever has waited longest. Cancelling again changes nothing.

    She herself until the activity's deadline (from the waiting list until it begins), its leader
    at any time. Raises Forbidden, IdReused, ActivityClosed, ActivityCancelled, CancelTooLate,
    StateNotPossible.
    """
    participant, is_known = _held_part(actor, participant, act)
    activity = participant.activity
    if is_known or participant.state == ParticipantState.CANCELLED:
        return participant
    check_open(activity)
    waits = participant.state == ParticipantState.WAITING
    until = activity.starts_at if waits else activity.cancel_until
    leads = actor.can("activity.edit", at=activity.lead_team.path)
    if clock.now() > until and not leads:
        raise CancelTooLate(until=until)
    become(participant, ParticipantState.CANCELLED, act=act)
    happened(actor, "participant.cancelled", participant)
    promote(actor, activity)
    return participant


def require_part(actor: Actor, activity: Activity, member: Member, team: Team) -> None:
    """Who acts takes part herself, or leads the activity."""
    if actor.user_id is not None and member.user_id == actor.user_id:
        actor.require("activity.join", at=team.path)
    else:
        actor.require("activity.edit", at=activity.lead_team.path)


def _check_time(activity: Activity, member: Member, *, anyway: bool) -> None:
    if activity.starts_at <= clock.now():
        raise SignUpOver(activity=activity.name)
    hard = [clash.activity for clash in clashes_of(member, activity) if clash.overlaps]
    if hard and not anyway:
        raise OverlapsOther(other=hard[0].name, starts_at=hard[0].starts_at)


def _held_part(
    actor: Actor, participant: Participant, act: UUID | None
) -> tuple[Participant, bool]:
    """The participant as she is now, her activity held; and whether the act is known."""
    require_part(actor, participant.activity, participant.member, participant.team)
    activity = held(participant.activity)
    found = Participant.objects.select_related("member", "team__unit").get(pk=participant.pk)
    found.activity = activity
    known = known_act(act, activity, found.member) if act else None
    return found, known is not None
