"""Who is told what about an activity. The one file that knows who its people are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from senhong.activities.models import Activity, ActivityState, Participant
from senhong.core import clock

REMINDED_FROM = time(11)  # of the day before, in the province


@dataclass(frozen=True, slots=True)
class Expected:
    """An activity, and the users who are expected at it."""

    activity: Activity
    users: Collection[int]


def people_to_remind(now: datetime) -> list[Expected]:
    """Of each activity that begins tomorrow, who is to be asked whether she comes.

    Nobody before 11:00 in the province; after it whoever is expected by then, so that who signs
    up later is asked at once. With the place. Two queries, or none.
    """
    today = clock.date_of(now)
    begins = clock.start_of(today + timedelta(days=1))
    if now < datetime.combine(today, REMINDED_FROM, begins.tzinfo):
        return []
    tomorrow = Activity.objects.filter(
        state=ActivityState.PLANNED,
        starts_at__gte=begins,
        starts_at__lt=clock.start_of(today + timedelta(days=2)),
    )
    return _with_people(tomorrow)


def people_expected(id: UUID) -> Expected | None:
    """The activity, with its place, and who is expected at it; None when there is no such.

    Two queries.
    """
    return next(iter(_with_people(Activity.objects.filter(pk=id))), None)


def people_promoted(facts: Mapping[str, Any]) -> Expected | None:
    """Who got a seat, by the facts of "participant.promoted"; None when she has no account.

    With the place. Two queries.
    """
    user_id: int | None = facts.get("user_id")
    if user_id is None:
        return None
    expected = people_expected(UUID(facts["activity"]))
    return Expected(expected.activity, [user_id]) if expected else None


def is_expected(user_id: int | None, activity: Activity) -> bool:
    """Whether the user is among those who are asked. One query."""
    return _expected(activity).filter(member__user=user_id).exists()


def _with_people(activities: QuerySet[Activity]) -> list[Expected]:
    found = list(activities.select_related("place_unit"))
    return [Expected(each, _users(each)) for each in found]


def _users(activity: Activity) -> list[int]:
    rows = _expected(activity).exclude(member__user=None).order_by("member__user")
    return list(rows.values_list("member__user", flat=True).distinct())


def _expected(activity: Activity) -> QuerySet[Participant]:
    return Participant.objects.expected().filter(activity=activity)
