"""What a person may do where."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from senhong.core import clock
from senhong.core.actor import Actor, Grant
from senhong.core.days import as_day
from senhong.org.models import ROLE_VERBS, Landing, Level, Role, RoleGrant

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


def _role_rows(user_id: int, today: int) -> Iterable[GrantRow]:
    held = RoleGrant.objects.filter(user=user_id, from_day__lte=today, to_day__gt=today)
    for role, unit_id in held.values_list("role", "unit_id"):
        yield ROLE_VERBS[Role(role)], unit_id, ""


_HEIGHT = {Level.PROVINCE: 3, Level.DISTRICT: 2, Level.COMMUNE: 1, Level.BRANCH: 0}


def _grants(rows: list[GrantRow], today: int) -> Iterable[Grant]:
    """The rows as grants at paths: where each unit is today, and what landed there."""
    landed = {
        place.unit_id: place
        for place in Landing.objects.filter(
            unit__in={unit_id for _verbs, unit_id, _below in rows},
            map__from_day__lte=today,
            map__to_day__gt=today,
        ).select_related("unit", "landed")
    }
    inherited = _inherited_paths(
        [landed[unit_id] for _verbs, unit_id, below in rows if not below and unit_id in landed],
        today,
    )
    for verbs, unit_id, below in rows:
        place = landed.get(unit_id)
        if place is None:
            continue
        paths = {place.unit.path + below} if below else _paths_today(place, inherited)
        yield from (Grant(verb, path) for verb in verbs for path in paths)


def _paths_today(place: Landing, inherited: dict[int, set[str]]) -> set[str]:
    if _climbs(place):
        return set()
    return {place.unit.path, place.landed.path} | inherited.get(place.landed_id, set())


def _climbs(place: Landing) -> bool:
    return _HEIGHT[Level(place.landed.level)] > _HEIGHT[Level(place.unit.level)]


def _inherited_paths(places: list[Landing], today: int) -> dict[int, set[str]]:
    """For each landed unit, the paths of the ended units that are at or below it today."""
    tops = {place.landed_id: place for place in places if not _climbs(place)}
    if not tops:
        return {}
    rule = Q(pk__in=[])
    for place in tops.values():
        rule |= _below(place)
    ended = Landing.objects.filter(rule, unit__to_day__lte=today).values_list(
        "unit__path", "landed__path"
    )
    found: dict[int, set[str]] = {}
    for path, landed_path in ended:
        for unit_id, place in tops.items():
            if landed_path.startswith(place.landed.path):
                found.setdefault(unit_id, set()).add(path)
    return found


def _below(place: Landing) -> Q:
    on_map = Q(map=place.map_id)
    if place.landed.is_province:  # what hangs below an ended province needs no row of its own
        return on_map & Q(landed=place.landed_id, unit__level=Level.PROVINCE)
    return on_map & Q(landed__path__startswith=place.landed.path)
