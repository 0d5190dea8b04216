"""Makers of valid things. A test names only what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from senhong.activities.facts import ActivityFacts, GivenHelp, Present
from senhong.activities.models import Activity, ActivityKind, ActivityLevel, Help, Participant
from senhong.activities.services import (
    cancel_activity,
    close_activity,
    mark_present,
    plan_activity,
    record_help,
    sign_up,
    start_activity,
)
from senhong.core.actor import Actor
from senhong.core.ids import uuid7
from senhong.ledger.models import Posting, Total
from senhong.org.models import Unit
from senhong.org.queries import actor_of
from senhong.org.tests.make import SYSTEM, a_user
from senhong.people.models import Member, MembershipRole, Team
from senhong.people.tests.make import a_membership, a_team

MORNING = datetime(2023, 3, 15, 7, 30, tzinfo=timezone.get_default_timezone())
DAYS_BEFORE = MORNING - timedelta(days=3)


def an_activity(team: Team | None = None, id: UUID | None = None, **facts: Any) -> Activity:
    """A sortie of the team, from 07:30 to 10:30 on 2023-03-15, as it was planned."""
    return plan_activity(SYSTEM, id or uuid7(), activity_facts(team or a_team(), **facts))


def a_running_activity(team: Team | None = None, **facts: Any) -> Activity:
    return start_activity(SYSTEM, an_activity(team, **facts))


def a_closed_activity(team: Team | None = None, **facts: Any) -> Activity:
    return close_activity(SYSTEM, an_activity(team, **facts))


def a_cancelled_activity(team: Team | None = None, **facts: Any) -> Activity:
    return cancel_activity(SYSTEM, an_activity(team, **facts), reason="Mưa bão")


def activity_facts(team: Team, **facts: Any) -> ActivityFacts:
    starts_at = facts.get("starts_at", MORNING)
    usual: dict[str, Any] = {
        "kind": ActivityKind.SORTIE,
        "level": ActivityLevel.COMMUNE,
        "name": "Ra quân tại chợ",
        "lead_team": team,
        "place_unit": team.unit,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=3),
    }
    return ActivityFacts(**usual | facts)


def given_help(activity: Activity, **facts: Any) -> GivenHelp:
    """One citizen helped with VNeID by the activity's lead team, on its day."""
    usual: dict[str, Any] = {
        "id": uuid7(),
        "activity_id": activity.pk,
        "team_id": activity.lead_team_id,
        "services": ("vneid",),
        "people": 1,
        "given_on": activity.first_on,
    }
    return GivenHelp(**usual | facts)


def help_given(actor: Actor | None = None, activity: Activity | None = None, **facts: Any) -> Help:
    activity = activity or an_activity()
    return record_help(actor or SYSTEM, given_help(activity, **facts))


@dataclass(frozen=True)
class Volunteer:
    """A member who has an account, and as whom she acts."""

    member: Member
    actor: Actor


def a_volunteer(team: Team, role: MembershipRole = MembershipRole.MEMBER) -> Volunteer:
    """Somebody in the team who can sign in."""
    user = a_user()
    return Volunteer(a_membership(team, role=role, user=user).member, actor_of(user.pk))


def signed_up(activity: Activity, *who: Volunteer) -> list[Participant]:
    """Each by herself, in this order."""
    return [sign_up(one.actor, uuid7(), activity) for one in who]


def those_present(activity: Activity, team: Team, members: Sequence[Member]) -> None:
    there = [Present(id=uuid7(), member=member, team=team) for member in members]
    mark_present(SYSTEM, activity, there)


def figures_of(unit: Unit) -> dict[str, int]:
    """What the ledger counts for a unit itself, by indicator; nothing that is zero."""
    rows = (
        Posting.objects.filter(unit=unit)
        .values("indicator__code")
        .annotate(sum=Sum("quantity"))
        .exclude(sum=0)
    )
    return {row["indicator__code"]: row["sum"] for row in rows}


def totals_of(unit: Unit, month: int = 202303) -> dict[str, int]:
    """The same from the totals of a month, on the map of the day."""
    rows = Total.objects.filter(unit=unit, span=0, period=month).exclude(quantity=0)
    rows = rows.filter(map__from_day__lte=month * 100 + 1, map__to_day__gt=month * 100 + 1)
    return {row.indicator.code: row.quantity for row in rows.select_related("indicator")}
