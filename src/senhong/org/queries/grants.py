"""What a person may do where."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from senhong.core import clock
from senhong.core.actor import Actor, Grant
from senhong.core.days import as_day
from senhong.core.rows import run_often, stored_uuid
from senhong.org.models import ROLE_VERBS, Level, Role


@dataclass(frozen=True, slots=True)
class GrantSource:
    """Something that people hold at units, and what it grants them there.

    held    SQL for what the user %(user)s holds on the day %(today)s: as what (text), at which
            unit (id), and in what of that unit (uuid, or NULL).
    grants  of such a row: verbs, each with the path below the unit at which they hold.
    """

    held: str
    grants: Callable[[str, UUID | None], Iterable[tuple[Iterable[str], str]]]


# By a name that is ours alone; upper apps add theirs.
GRANT_SOURCES = {
    "role": GrantSource(
        """SELECT role, unit_id, CAST(NULL AS uuid) FROM org_rolegrant
        WHERE user_id = %(user)s AND from_day <= %(today)s AND to_day > %(today)s""",
        lambda role, _none: [(ROLE_VERBS[Role(role)], "")],
    )
}

SYSTEM = Actor(
    None,
    frozenset(
        Grant(verb, "")
        for verb in sorted(set().union(*ROLE_VERBS.values()) | {"installation.found", "system.run"})
    ),
)


def actor_of(user_id: int | None) -> Actor:
    """The person with everything she may do today; nobody has no grants.

    A role or team at a unit that has ended acts where that unit landed, and also sees what
    landed there: a new commune's secretary reads the communes it was made of. A role never
    climbs: where a unit ended without a successor, its roles end too. One query.
    """
    if user_id is None:
        return Actor(None)
    sources = " UNION ALL ".join(
        f"SELECT '{name}', held_{name}.* FROM ({source.held}) AS held_{name}"
        for name, source in GRANT_SOURCES.items()
    )
    asked = {"user": user_id, "today": as_day(clock.today())}
    found = run_often(_HELD.format(sources=sources), asked)
    return Actor(user_id, frozenset(_grants([_Row(*row) for row in found])))


# Runs for every request that asks who acts, so it is one statement of plain SQL. What is held;
# each unit of it and where it landed; and, with neither path nor levels of its own, what ended at
# or below that place: of a province the ended provinces, since what hangs below them needs no
# row. Downwards by parent: this way an index leads, where the start of a path would read the
# whole map.
_HELD = """
WITH RECURSIVE held(source, held_as, unit_id, within_id) AS (
    {sources}
), place(unit_id, path, level, map_id, landed_id, landed_path, landed_level) AS (
    SELECT l.unit_id, u.path, u.level, l.map_id, l.landed_id, o.path, o.level
    FROM (SELECT DISTINCT unit_id FROM held) w JOIN org_landing l ON l.unit_id = w.unit_id
    JOIN org_unitmap m ON m.id = l.map_id AND m.from_day <= %(today)s AND m.to_day > %(today)s
    JOIN org_unit u ON u.id = l.unit_id JOIN org_unit o ON o.id = l.landed_id
), below(unit_id, map_id, id) AS (
    SELECT unit_id, map_id, landed_id FROM place WHERE landed_level <> 'province'
    UNION ALL
    SELECT b.unit_id, b.map_id, p.unit_id FROM below b
    JOIN org_placement p ON p.parent_id = b.id AND p.map_id = b.map_id
)
SELECT unit_id, source, held_as, within_id, NULL, NULL, NULL, NULL FROM held
UNION ALL
SELECT unit_id, NULL, NULL, NULL, landed_path, path, level, landed_level FROM place
UNION ALL
SELECT b.unit_id, NULL, NULL, NULL, u.path, NULL, NULL, NULL FROM below b
JOIN org_landing l ON l.map_id = b.map_id AND l.landed_id = b.id
JOIN org_unit u ON u.id = l.unit_id AND u.to_day <= %(today)s
UNION ALL
SELECT p.unit_id, NULL, NULL, NULL, u.path, NULL, NULL, NULL FROM place p
JOIN org_landing l ON l.map_id = p.map_id AND l.landed_id = p.landed_id
JOIN org_unit u ON u.id = l.unit_id AND u.to_day <= %(today)s AND u.level = 'province'
WHERE p.landed_level = 'province'
"""
_HEIGHT = {Level.PROVINCE: 3, Level.DISTRICT: 2, Level.COMMUNE: 1, Level.BRANCH: 0}


class _Row(NamedTuple):
    """What is held at a unit, or else a path that is reached from it."""

    unit_id: int
    source: str | None
    held_as: str
    within_id: UUID | str | None
    reached: str
    path: str | None  # the unit's own, with its level and that of the place where it landed
    level: Level
    landed_level: Level


@dataclass(slots=True)
class _Place:
    """A unit, and the paths where a role at it acts today."""

    path: str = ""
    climbs: bool = False
    reached: set[str] = field(default_factory=set)

    @property
    def paths(self) -> set[str]:
        return set() if self.climbs else self.reached  # a role never climbs


def _grants(rows: list[_Row]) -> Iterable[Grant]:
    """What is held as grants at paths: where each unit is today, and what landed there."""
    places = _places(row for row in rows if row.source is None)
    for row in rows:
        place = places.get(row.unit_id)
        if row.source is None or place is None:
            continue
        within = stored_uuid(row.within_id) if row.within_id else None
        for verbs, below in GRANT_SOURCES[row.source].grants(row.held_as, within):
            paths = {place.path + below} if below else place.paths
            yield from (Grant(verb, path) for verb in verbs for path in paths)


def _places(rows: Iterable[_Row]) -> dict[int, _Place]:
    """By unit."""
    found: defaultdict[int, _Place] = defaultdict(_Place)
    for row in rows:
        place = found[row.unit_id]
        place.reached.add(row.reached)
        if row.path is not None:
            place.reached.add(row.path)
            place.path = row.path
            place.climbs = _HEIGHT[row.landed_level] > _HEIGHT[row.level]
    return found
