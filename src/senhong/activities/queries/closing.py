"""What closing an activity has to know. Only services ask."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from senhong.activities.counting import ACTIVITIES, PROVINCIAL, SORTIES, VOLUNTEER_TURNS
from senhong.activities.models import Activity, Participant
from senhong.core.ids import derived_id
from senhong.ledger.models import Indicator
from senhong.org.models import Landing, Unit, UnitMap

CLOSING_CODES = (ACTIVITIES, PROVINCIAL, SORTIES, VOLUNTEER_TURNS)


@dataclass(frozen=True, slots=True)
class TeamPresent:
    """How many were present with a team, and whose team it is."""

    team_id: UUID
    unit_id: int
    number: int


def present_by_team(activity: Activity) -> list[TeamPresent]:
    """From the list, or the number for the lead team. One query."""
    if activity.present_number is not None:
        lead = activity.lead_team
        return [TeamPresent(lead.pk, lead.unit_id, activity.present_number)]
    rows = (
        Participant.objects.filter(activity=activity)
        .there()
        .values("team_id", "team__unit_id")
        .annotate(number=Count("pk"))
        .order_by("team_id")
    )
    return [TeamPresent(row["team_id"], row["team__unit_id"], row["number"]) for row in rows]


def landed_units(unit_ids: Collection[int], day: int) -> dict[int, Unit]:
    """Where each unit is on the map of the day. One query."""
    landings = Landing.objects.filter(
        unit__in=unit_ids, map__from_day__lte=day, map__to_day__gt=day
    ).select_related("landed")
    return {landing.unit_id: landing.landed for landing in landings}


def closing_indicators(day: int) -> dict[str, int]:
    """The indicators that closing moves and that stand on the day: code → id. One query."""
    standing = Indicator.objects.filter(code__in=CLOSING_CODES, from_day__lte=day, to_day__gt=day)
    return dict(standing.values_list("code", "id"))


def closing_id(activity: Activity, code: str, team_id: UUID | None = None) -> UUID:
    """The id of a posting of the activity's latest closing."""
    return nth_closing_id(activity.id, activity.closings, code, team_id)


def nth_closing_id(activity_id: UUID, closing: int, code: str, team_id: UUID | None) -> UUID:
    return derived_id(activity_id, "closing", closing, code, team_id)


def closing_keys(activity: Activity) -> list[tuple[int, UUID]]:
    """Every (province, id) under which the latest closing may have posted. Two queries.

    Of a team only the provinces matter in which its unit ever landed: a backdated change of
    the map may since have moved its day to another.
    """
    teams = {team.team_id: team.unit_id for team in present_by_team(activity)}
    teams[activity.lead_team_id] = activity.lead_team.unit_id
    maps = UnitMap.objects.filter(landings__unit__in=set(teams.values()))
    provinces = set(maps.values_list("province_id", flat=True))
    ids = [closing_id(activity, code) for code in (ACTIVITIES, PROVINCIAL, SORTIES)]
    ids += [closing_id(activity, VOLUNTEER_TURNS, team_id) for team_id in teams]
    return [(province, id) for province in sorted(provinces) for id in ids]
