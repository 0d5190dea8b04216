"""What a person may do where."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class _Place:
    """A unit, and the paths where a role at it acts today."""

    path: str = ""
    climbs: bool = False
    reached: set[str] = field(default_factory=set)

    @property
    def paths(self) -> set[str]:
        return set() if self.climbs else self.reached  # a role never climbs


def _grants(rows: list[GrantRow], today: int) -> Iterable[Grant]:
    """The rows as grants at paths: where each unit is today, and what landed there."""
    places = _places({unit_id for _verbs, unit_id, _below in rows}, today)
    for verbs, unit_id, below in rows:
        if place := places.get(unit_id):
            paths = {place.path + below} if below else place.paths
            yield from (Grant(verb, path) for verb in verbs for path in paths)


# Each unit and where it landed; and, with neither path nor levels of its own, what ended
# at or below that place: of a province the ended provinces, since what hangs below them needs no
# row. Downwards by parent: this way an index leads, where the start of a path would read the
# whole map.
_PLACES = """
WITH RECURSIVE place(unit_id, path, level, map_id, landed_id, landed_path, landed_level) AS (
    SELECT l.unit_id, u.path, u.level, l.map_id, l.landed_id, o.path, o.level
    FROM {units} JOIN org_landing l ON l.unit_id = w.unit_id
    JOIN org_unitmap m ON m.id = l.map_id AND m.from_day <= %s AND m.to_day > %s
    JOIN org_unit u ON u.id = l.unit_id JOIN org_unit o ON o.id = l.landed_id
), below(unit_id, map_id, id) AS (
    SELECT unit_id, map_id, landed_id FROM place WHERE landed_level <> 'province'
    UNION ALL
    SELECT b.unit_id, b.map_id, p.unit_id FROM below b
    JOIN org_placement p ON p.parent_id = b.id AND p.map_id = b.map_id
)
SELECT unit_id, path, level, landed_level, landed_path FROM place
UNION ALL
SELECT b.unit_id, NULL, NULL, NULL, u.path FROM below b
JOIN org_landing l ON l.map_id = b.map_id AND l.landed_id = b.id
JOIN org_unit u ON u.id = l.unit_id AND u.to_day <= %s
UNION ALL
SELECT p.unit_id, NULL, NULL, NULL, u.path FROM place p
JOIN org_landing l ON l.map_id = p.map_id AND l.landed_id = p.landed_id
JOIN org_unit u ON u.id = l.unit_id AND u.to_day <= %s AND u.level = 'province'
WHERE p.landed_level = 'province'
"""


def _places(unit_ids: Collection[int], today: int) -> dict[int, _Place]:
    """By unit. One query, or none."""
    if not unit_ids:
        return {}
    source, params = rows_of("w", {"unit_id": "int"}, [(unit_id,) for unit_id in unit_ids])
    found: defaultdict[int, _Place] = defaultdict(_Place)
    sql = _PLACES.format(units=source)
    for unit_id, own, level, landed_level, path in run(sql, [*params, today, today, today, today]):
        place = found[unit_id]
        place.reached.add(path)
        if own is not None:
            place.reached.add(own)
            place.path, place.climbs = own, _HEIGHT[landed_level] > _HEIGHT[level]
    return found
