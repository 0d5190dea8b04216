"""What follows for activities when two entries of a member, or two accounts, are made one."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from senhong.activities.models import (
    THERE,
    Activity,
    ActivityState,
    Help,
    Participant,
    ParticipantState,
)
from senhong.activities.services.closing import counted_anew
from senhong.activities.services.moving import promote
from senhong.activities.services.planning import held
from senhong.audit.services import all_happened
from senhong.core.actor import Actor

# Of two parts in one activity the further one stands: who was there was there.
_FURTHEST = (
    ParticipantState.LEFT, ParticipantState.PRESENT, ParticipantState.CONFIRMED,
    ParticipantState.SIGNED_UP, ParticipantState.WAITING, ParticipantState.NO_SHOW,
    ParticipantState.CANCELLED,
)  # fmt: skip


@transaction.atomic
def carry_participants(actor: Actor, *, kept: UUID, merged: UUID) -> None:
    """Wherever the merged entry took part, the kept one did; who was listed twice was there once.

    Where that makes a closed activity's list shorter, its turns are counted anew: what was posted
    is reversed and posted as it is right; where it frees a seat, who waits moves up. Follows from
    member.merged, in its transaction.
    """
    both = Participant.objects.filter(member=kept).values("activity")
    activities = Participant.objects.filter(member=merged, activity__in=both).values("activity")
    twice = Participant.objects.filter(activity__in=activities, member__in=[kept, merged])
    gone = _weaker(twice.select_related("activity").order_by("activity", "pk"))
    for activity in _held(gone):
        _drop(actor, activity, [row for row in gone if row.activity_id == activity.pk])
    all_happened(actor, "participant.joined-up", [(row, {}) for row in gone])
    Participant.objects.filter(member=merged).update(member=kept)


@transaction.atomic
def carry_recorded(actor: Actor, *, kept: int, given_up: int) -> None:
    """What one account had recorded, the other has: from account.united, in its transaction."""
    Help.objects.filter(recorded_by=given_up).update(recorded_by=kept)
    Help.objects.filter(brought_by=given_up).update(brought_by=kept)


def _weaker(rows: Iterable[Participant]) -> list[Participant]:
    """Of the two in each activity the one that goes."""
    stands: dict[UUID, Participant] = {}
    gone = []
    for row in sorted(rows, key=lambda row: _FURTHEST.index(ParticipantState(row.state))):
        if stands.setdefault(row.activity_id, row) is not row:
            gone.append(row)
    return gone


def _held(rows: Iterable[Participant]) -> list[Activity]:
    ids = {row.activity_id for row in rows}
    return [held(activity) for activity in Activity.objects.filter(pk__in=ids).order_by("pk")]


def _drop(actor: Actor, activity: Activity, rows: list[Participant]) -> None:
    doomed = Participant.objects.filter(pk__in=[row.pk for row in rows])
    if activity.state == ActivityState.CLOSED and any(row.state in THERE for row in rows):
        with counted_anew(actor, activity):
            doomed.delete()
    else:
        doomed.delete()
        promote(actor, activity)
