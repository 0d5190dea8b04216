"""Moves participants from state to state, and the waiting list with them."""

from datetime import datetime
from uuid import UUID

from senhong.activities.errors import StateNotPossible
from senhong.activities.models import Activity, Participant, ParticipantAct, ParticipantState
from senhong.activities.queries.participants import seats_of
from senhong.activities.states import WHEN, may_become
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor

_COLUMNS = ("team", "state", "state_before", *sorted({*WHEN.values()}))


def become(
    participant: Participant,
    state: str,
    *,
    at: datetime | None = None,
    act: UUID | None = None,
) -> None:
    """To another state at that time (none: now), as the table allows. Raises StateNotPossible."""
    _check(participant, state, may_become(participant.state, state))
    setattr(participant, WHEN[ParticipantState(state)], at or clock.now())
    _keep(participant, state, act)


def come(participant: Participant, *, at: datetime | None, act: UUID) -> None:
    """She is there since that time; none: from the beginning. What she was is remembered."""
    _check(participant, ParticipantState.PRESENT, may_become(participant.state, "present"))
    participant.state_before, participant.came_at = participant.state, at
    _keep(participant, ParticipantState.PRESENT, act)


def come_back(participant: Participant, *, act: UUID | None) -> None:
    """She had left, and is there again; when she came first stays as it was."""
    _check(participant, ParticipantState.PRESENT, may_become(participant.state, "present"))
    participant.left_at = None
    _keep(participant, ParticipantState.PRESENT, act)


def go_back(participant: Participant, *, act: UUID | None = None) -> None:
    """She is again what she was before she came; who had walked in never was in it."""
    state = participant.state_before or ParticipantState.CANCELLED
    _check(participant, state, may_become(participant.state, state, back=True))
    participant.state_before = ""
    participant.came_at = participant.left_at = None
    _keep(participant, state, act)


def move_up(participant: Participant) -> None:
    """From the waiting list to a seat; when she signed up stays as it was."""
    _check(
        participant,
        ParticipantState.SIGNED_UP,
        may_become(participant.state, ParticipantState.SIGNED_UP),
    )
    _keep(participant, ParticipantState.SIGNED_UP, None)


def _check(participant: Participant, state: str, allowed: bool) -> None:
    if not allowed:
        was = ParticipantState(participant.state).label if participant.state else ""
        raise StateNotPossible(state=was, wanted=ParticipantState(state).label)


def _keep(participant: Participant, state: str, act: UUID | None) -> None:
    participant.state = state
    if participant._state.adding:
        participant.save(force_insert=True)
    else:
        participant.save(update_fields=_COLUMNS)
    if act is not None:
        ParticipantAct.objects.create(id=act, participant=participant, state=state, at=clock.now())


def promote(actor: Actor, activity: Activity) -> list[Participant]:
    """Free seats go to those who have waited longest, until the activity begins.

    They are to be told: participant.promoted. The caller, a service, holds the activity.
    """
    if activity.starts_at <= clock.now() or not activity.is_open:
        return []
    seats = seats_of(activity)
    if not seats.waiting:
        return []
    waiting = Participant.objects.filter(activity=activity, state=ParticipantState.WAITING)
    longest = waiting.select_related("member").order_by("signed_up_at", "pk")
    promoted = list(longest if seats.free is None else longest[: seats.free])
    for one in promoted:
        move_up(one)
        user = one.member.user_id
        happened(actor, "participant.promoted", one, activity=str(activity.pk), user_id=user)
    return promoted
