"""Who was present: a list, or a number with a reason."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from senhong.activities.errors import (
    ListOrNumber,
    NotMemberOfTeam,
    PresentOutOfRange,
    TeamNotInActivity,
)
from senhong.activities.facts import Present
from senhong.activities.models import Activity, Attendance
from senhong.activities.services.planning import check_open, checked_reason, held
from senhong.audit.services import all_happened, happened
from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day
from senhong.core.errors import IdReused
from senhong.people.models import Membership

MOST_PRESENT = 10_000


@transaction.atomic
def mark_present(actor: Actor, activity: Activity, present: Sequence[Present]) -> None:
    """These members were there, each with a team of the activity to which they belong that day.

    Whoever is on the list stays on it. Raises Forbidden, ActivityClosed, ActivityCancelled,
    ListOrNumber, TeamNotInActivity, NotMemberOfTeam, IdReused.
    """
    activity = _open_list(actor, activity)
    _mark(actor, activity, present)


@transaction.atomic
def mark_absent(actor: Actor, attendance: Attendance) -> None:
    """This member was not there after all. Raises Forbidden, ActivityClosed, ActivityCancelled."""
    activity = _open_list(actor, attendance.activity)
    _unmark(actor, Attendance.objects.filter(activity=activity, pk=attendance.pk))


@transaction.atomic
def list_present(actor: Actor, activity: Activity, present: Sequence[Present]) -> None:
    """Exactly these members were there. Raises what ``mark_present`` raises."""
    activity = _open_list(actor, activity)
    staying = {one.member.pk for one in present}
    on_list = Attendance.objects.filter(activity=activity)
    _unmark(actor, on_list.exclude(member__in=staying))
    _mark(actor, activity, present)


@transaction.atomic
def count_present(
    actor: Actor, activity: Activity, *, number: int | None, reason: str = ""
) -> Activity:
    """So many were there, and why there is no list; ``None`` goes back to the list.

    Raises Forbidden, ActivityClosed, ActivityCancelled, PresentOutOfRange, ReasonMissing,
    PersonalNumber, ListOrNumber.
    """
    actor.require("activity.edit", at=activity.lead_team.path)
    activity = held(activity)
    check_open(activity)
    said = "" if number is None else checked_reason(reason)
    if number is not None and not 1 <= number <= MOST_PRESENT:
        raise PresentOutOfRange(number=number, most=MOST_PRESENT)
    if number is not None and activity.attendances.exists():
        raise ListOrNumber()
    if (activity.present_number, activity.present_reason) != (number, said):
        activity.present_number, activity.present_reason = number, said
        activity.save(update_fields=["present_number", "present_reason"])
        happened(actor, "activity.present-counted", activity, number=number)
    return activity


def _open_list(actor: Actor, activity: Activity) -> Activity:
    actor.require("activity.edit", at=activity.lead_team.path)
    activity = held(activity)
    check_open(activity)
    return activity


def _mark(actor: Actor, activity: Activity, present: Sequence[Present]) -> None:
    if present and activity.present_number is not None:
        raise ListOrNumber()
    _check_teams(activity, present)
    _check_members(activity, present)
    listed = set(activity.attendances.values_list("member_id", flat=True))
    missing = {one.member.pk: one for one in present if one.member.pk not in listed}
    _check_ids([one.id for one in missing.values()])
    marked = Attendance.objects.bulk_create(
        Attendance(id=one.id, activity=activity, member=one.member, team=one.team)
        for one in missing.values()
    )
    all_happened(actor, "attendance.marked", [(row, {}) for row in marked])


def _unmark(actor: Actor, rows: QuerySet[Attendance]) -> None:
    gone = list(rows)
    Attendance.objects.filter(pk__in=[row.pk for row in gone]).delete()
    all_happened(actor, "attendance.unmarked", [(row, {}) for row in gone])


def _check_teams(activity: Activity, present: Sequence[Present]) -> None:
    taking_part = {activity.lead_team_id, *activity.teams.values_list("pk", flat=True)}
    if not {one.team.pk for one in present} <= taking_part:
        raise TeamNotInActivity(activity=activity.name)


def _check_members(activity: Activity, present: Sequence[Present]) -> None:
    day = as_day(activity.first_on)
    held_places = set(
        Membership.objects.filter(
            team__in={one.team.pk for one in present}, from_day__lte=day, to_day__gt=day
        ).values_list("member_id", "team_id")
    )
    for one in present:
        if (one.member.pk, one.team.pk) not in held_places:
            raise NotMemberOfTeam(team=one.team.name, day=as_date(day))


def _check_ids(ids: Sequence[UUID]) -> None:
    twice = next((id for id, times in Counter(ids).items() if times > 1), None)
    taken = Attendance.objects.filter(pk__in=ids).values_list("pk", flat=True).first()
    if reused := twice or taken:
        raise IdReused(id=str(reused))
