"""The activities of a person's teams in the next two weeks: the one place that asks for them."""

from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from senhong.activities.models import Activity, Attendance
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.sync.queries.own_teams import Place, leaders, teammates

DAYS = 14
_MOST = 100


def sorties(actor: Actor, places: list[Place]) -> list[dict[str, Any]]:
    """From yesterday on, the soonest first; at most 100. Five queries."""
    first = clock.start_of(clock.today() - timedelta(days=1))
    own = [place.team.pk for place in places]
    joined = Activity.teams.through.objects.filter(team__in=own).values("activity")
    found = Activity.objects.filter(
        Q(lead_team__in=own) | Q(pk__in=joined),
        ends_at__gte=first,
        starts_at__lt=first + timedelta(days=DAYS + 1),
    ).exclude(state="cancelled")
    activities = list(
        found.select_related("lead_team", "place_unit")
        .prefetch_related("teams")
        .order_by("starts_at", "pk")[:_MOST]
    )
    there: defaultdict[UUID, set[UUID]] = defaultdict(set)
    rows = Attendance.objects.filter(activity__in=[each.pk for each in activities])
    for activity_id, member_id in rows.values_list("activity", "member"):
        there[activity_id].add(member_id)
    lead = {place.team.pk for place in places if place.may_lead}
    names = leaders([each.lead_team_id for each in activities])
    members = {place.member for place in places}
    known = teammates(lead)
    return [
        _sortie(each, there[each.pk], names, members)
        | _for_leaders(each, there[each.pk], lead, known)
        for each in activities
    ]


def _sortie(
    activity: Activity, there: set[UUID], names: dict[UUID, str], own: set[UUID | None]
) -> dict[str, Any]:
    teams = [activity.lead_team_id, *(team.pk for team in activity.teams.all())]
    has_point = activity.lat is not None and activity.lon is not None
    return {
        "id": str(activity.pk),
        "kind": activity.kind,
        "name": activity.name,
        "state": activity.state,
        "team_ids": [str(team) for team in teams],
        "lead_team_id": str(activity.lead_team_id),
        "place": activity.place_text or activity.place_unit.title,
        "point": [activity.lat, activity.lon] if has_point else None,
        "starts_at": activity.starts_at.isoformat(),
        "ends_at": activity.ends_at.isoformat(),
        "seats": None,
        "taken": len(there),
        "waiting": 0,
        "mine": "present" if there & own else None,
        "may_lead": False,
        "leader_name": names.get(activity.lead_team_id, ""),
    }


def _for_leaders(
    activity: Activity, there: set[UUID], lead: set[UUID], known: dict[UUID, list[Any]]
) -> dict[str, Any]:
    if activity.lead_team_id not in lead:
        return {}
    return {
        "may_lead": True,
        "participants": [
            {
                "member_id": str(member.pk),
                "name": member.full_name,
                "team_id": str(activity.lead_team_id),
                "state": "present",
            }
            for member in known.get(activity.lead_team_id, [])
            if member.pk in there
        ],
        "check_in_key": None,
    }
