"""What follows for activities when two entries of a member, or two accounts, are made one."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from senhong.activities.models import Activity, ActivityState, Attendance, Help
from senhong.activities.services.closing import count_anew
from senhong.activities.services.planning import held
from senhong.audit.services import all_happened
from senhong.core.actor import Actor


@transaction.atomic
def carry_attendance(actor: Actor, *, kept: UUID, merged: UUID) -> None:
    """Wherever the merged entry was present, the kept one was; who was listed twice was there once.

    Where that makes a closed activity's list shorter, its turns are counted anew: what was posted
    is reversed and posted as it is right. Follows from member.merged, in its transaction.
    """
    both = Attendance.objects.filter(member=kept).values("activity")
    twice = list(Attendance.objects.filter(member=merged, activity__in=both))
    for activity in _closed(twice):
        count_anew(actor, activity, without=[row.pk for row in twice])
    Attendance.objects.filter(pk__in=[row.pk for row in twice]).delete()
    all_happened(actor, "attendance.unmarked", [(row, {}) for row in twice])
    Attendance.objects.filter(member=merged).update(member=kept)


def _closed(attendances: Iterable[Attendance]) -> list[Activity]:
    ids = {row.activity_id for row in attendances}
    found = Activity.objects.filter(pk__in=ids, state=ActivityState.CLOSED)
    return [held(activity) for activity in found.order_by("pk")]


@transaction.atomic
def carry_recorded(actor: Actor, *, kept: int, given_up: int) -> None:
    """What one account had recorded, the other has: from account.united, in its transaction."""
    Help.objects.filter(recorded_by=given_up).update(recorded_by=kept)
