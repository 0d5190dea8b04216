"""What making a team's everyday activities has to know. Only services ask."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from senhong.activities.models import ActivityLevel
from senhong.core.days import as_day
from senhong.core.ids import derived_id
from senhong.core.rows import rows_of, run, stored_uuid


@dataclass(frozen=True, slots=True)
class EverydayGround:
    """A team on a day on which it stands, and where it is then."""

    id: UUID  # of its everyday activity
    team_id: UUID
    team_path: str
    day: date
    unit_id: int
    level: str
    exists: bool


def everyday_id(team_id: UUID, day: date) -> UUID:
    """The id of a team's everyday activity: always the same one."""
    return derived_id(team_id, "everyday", day.isoformat())


_GROUNDS = """
SELECT w.team_id, w.day, unit.path, landing.landed_id, landed.level, a.id IS NOT NULL
FROM {pairs}
JOIN people_team team ON team.id = w.team_id AND team.from_day <= w.day AND team.to_day > w.day
JOIN org_unit unit ON unit.id = team.unit_id
JOIN org_landing landing ON landing.unit_id = team.unit_id
JOIN org_unitmap map ON map.id = landing.map_id AND map.from_day <= w.day AND map.to_day > w.day
JOIN org_unit landed ON landed.id = landing.landed_id
LEFT JOIN activities_activity a ON a.id = w.activity_id
"""
_COLUMNS = {"team_id": "uuid", "day": "int", "activity_id": "uuid"}


def everyday_grounds(pairs: Collection[tuple[UUID, date]]) -> list[EverydayGround]:
    """For each team and day what its everyday activity is made of; where the team does not stand
    there is nothing. One query, or none."""
    if not pairs:
        return []
    asked = {(team, as_day(day)): day for team, day in pairs}
    rows = [(team, as_day(day), everyday_id(team, day)) for team, day in pairs]
    source, params = rows_of("w", _COLUMNS, rows)
    found = []
    for team, number, path, unit_id, level, exists in run(_GROUNDS.format(pairs=source), params):
        team_id = stored_uuid(team)
        day = asked[team_id, number]
        place = f"{path}t{team_id}/"
        of = level if level in ActivityLevel.values else ActivityLevel.COMMUNE.value
        id = everyday_id(team_id, day)
        found.append(EverydayGround(id, team_id, place, day, unit_id, of, bool(exists)))
    return found
