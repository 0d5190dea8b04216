"""What a person may do where."""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from senhong.core import clock
from senhong.core.actor import Actor, Grant
from senhong.core.days import as_day
from senhong.core.rows import rows_of, run
from senhong.org.models import ROLE_VERBS, Level, Role

# Who else grants verbs: each answers for a user id with (verbs, unit id, path below the unit).
GrantRow = tuple[Iterable[str], int, str]
GRANT_SOURCES: list[Callable[[int, int], Iterable[GrantRow]]] = []

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
    climbs: where a unit ended without a successor, its roles end too. Two queries and one for
    each grant source.
    """
    if user_id is None:
        return Actor(None)
    today = as_day(clock.today())
    rows = [*_role_rows(user_id, today)]
    for source in GRANT_SOURCES:
        rows += source(user_id, today)
    return Actor(user_id, frozenset(_grants(rows, today)))


# What follows runs for every request that asks who acts, so it is written as plain SQL: each of
# these takes a tenth of the time that building it as a query of Django would.


def _role_rows(user_id: int, today: int) -> Iterable[GrantRow]:
    held = run(
        """SELECT role, unit_id FROM org_rolegrant
        WHERE user_id = %s AND from_day <= %s AND to_day > %s""",
        [user_id, today, today],
    )
    for role, unit_id in held:
        yield ROLE_VERBS[Role(role)], unit_id, ""


_HEIGHT = {Level.PROVINCE: 3, Level.DISTRICT: 2, Level.COMMUNE: 1, Level.BRANCH: 0}


class _Place(NamedTuple):
    """A unit and where it is on the map of today."""

    unit_id: int
    path: str
    level: str
    map_id: int
    landed_id: int
    landed_path: str
    landed_level: str

    @property
    def climbs(self) -> bool:
        return _HEIGHT[Level(self.landed_level)] > _HEIGHT[Level(self.level)]


def _grants(rows: list[GrantRow], today: int) -> Iterable[Grant]:
    """The rows as grants at paths: where each unit is today, and what landed there."""
    landed = _places({unit_id for _verbs, unit_id, _below in rows}, today)
    inherited = _inherited_paths(
        [landed[unit_id] for _verbs, unit_id, below in rows if not below and unit_id in landed],
        today,
    )
    for verbs, unit_id, below in rows:
        place = landed.get(unit_id)
        if place is None:
            continue
        paths = {place.path + below} if below else _paths_today(place, inherited)
        yield from (Grant(verb, path) for verb in verbs for path in paths)


def _places(unit_ids: Collection[int], today: int) -> dict[int, _Place]:
    source, params = rows_of("w", {"unit_id": "int"}, [(unit_id,) for unit_id in unit_ids])
    found = run(
        f"""SELECT l.unit_id, u.path, u.level, l.map_id, l.landed_id, o.path, o.level
        FROM {source} JOIN org_landing l ON l.unit_id = w.unit_id
        JOIN org_unitmap m ON m.id = l.map_id
        JOIN org_unit u ON u.id = l.unit_id JOIN org_unit o ON o.id = l.landed_id
        WHERE m.from_day <= %s AND m.to_day > %s""",
        [*params, today, today],
    )
    return {row[0]: _Place(*row) for row in found}


def _paths_today(place: _Place, inherited: dict[int, set[str]]) -> set[str]:
    if place.climbs:
        return set()
    return {place.path, place.landed_path} | inherited.get(place.landed_id, set())


# Downwards by parent: this way an index leads, where the start of a path would read the whole map.
_INHERITED = """
WITH RECURSIVE below(top_id, map_id, id) AS (
    SELECT w.landed_id, w.map_id, w.landed_id FROM {tops} WHERE w.level <> 'province'
    UNION ALL
    SELECT b.top_id, b.map_id, p.unit_id FROM below b
    JOIN org_placement p ON p.parent_id = b.id AND p.map_id = b.map_id
)
SELECT b.top_id, u.path FROM below b
JOIN org_landing l ON l.map_id = b.map_id AND l.landed_id = b.id
JOIN org_unit u ON u.id = l.unit_id AND u.to_day <= %s
UNION ALL
SELECT w.landed_id, u.path FROM {tops}
JOIN org_landing l ON l.map_id = w.map_id AND l.landed_id = w.landed_id
JOIN org_unit u ON u.id = l.unit_id AND u.to_day <= %s AND u.level = 'province'
WHERE w.level = 'province'
"""


def _inherited_paths(places: list[_Place], today: int) -> dict[int, set[str]]:
    """For each landed unit, the paths of the ended units that are at or below it today.

    What hangs below an ended province needs no row of its own.
    """
    tops = {
        (place.map_id, place.landed_id, place.landed_level) for place in places if not place.climbs
    }
    if not tops:
        return {}
    columns = {"map_id": "int", "landed_id": "int", "level": "text"}
    source, params = rows_of("w", columns, sorted(tops))
    found: dict[int, set[str]] = {}
    sql = _INHERITED.format(tops=source)
    for landed_id, path in run(sql, [*params, today, *params, today]):
        found.setdefault(landed_id, set()).add(path)
    return found
