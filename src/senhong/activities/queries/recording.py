"""What recording help has to know, for a whole batch at once. Only services ask."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from uuid import UUID

from senhong.activities.counting import TURNS, service_indicator
from senhong.activities.models import Activity, Help
from senhong.core import clock
from senhong.core.days import FIRST_DAY, LAST_DAY, as_day
from senhong.core.ids import derived_id
from senhong.core.rows import Row, on_postgresql, rows_of, run, run_often, stored_uuid
from senhong.ledger.models import Posting
from senhong.org.models import Unit


@dataclass(frozen=True)
class Route:
    """From a day to another, what the team does counts for this unit."""

    from_day: int
    to_day: int
    unit_id: int
    province_id: int

    @cached_property
    def unit(self) -> Unit:
        """The unit with what counting needs; the rest is read when asked for."""
        return Unit.from_db(None, ["id", "province_id"], [self.unit_id, self.province_id])


@dataclass
class Ground:
    """An activity and a team, as recording help sees them."""

    activity_id: UUID
    name: str
    state: str
    first_on: date
    last_on: date
    lead_path: str
    team_path: str | None  # None: not one of the activity's teams
    team_days: tuple[int, int]
    routes: list[Route] = field(default_factory=list)
    unit_path: str = ""  # where the team's unit is today

    @cached_property
    def activity(self) -> Activity:
        """The activity with what counting needs; the rest is read when asked for."""
        fields, values = ["id", "name", "state"], [self.activity_id, self.name, self.state]
        return Activity.from_db(None, fields, values)

    def route_on(self, day: int) -> Route | None:
        """Where the team's help of a day counts; None when the team did not stand."""
        first, end = self.team_days
        if not first <= day < end:
            return None
        return next((way for way in self.routes if way.from_day <= day < way.to_day), None)


_GROUNDS = """
SELECT a.id, w.team_id, a.name, a.state, a.starts_at, a.ends_at, a.lead_team_id, home.path,
       team.id, unit.path, team.from_day, team.to_day,
       map.from_day, map.to_day, landing.landed_id, map.province_id, landed.path
FROM {pairs}
JOIN activities_activity a ON a.id = w.activity_id
JOIN people_team lead ON lead.id = a.lead_team_id
JOIN org_unit home ON home.id = lead.unit_id
LEFT JOIN people_team team ON team.id = w.team_id AND (team.id = a.lead_team_id OR EXISTS (
    SELECT 1 FROM activities_activity_teams j WHERE j.activity_id = a.id AND j.team_id = team.id))
LEFT JOIN org_unit unit ON unit.id = team.unit_id
LEFT JOIN org_landing landing ON landing.unit_id = team.unit_id
LEFT JOIN org_unitmap map ON map.id = landing.map_id
LEFT JOIN org_unit landed ON landed.id = landing.landed_id
ORDER BY a.id
"""
# Whoever cancels the activity waits until what is being recorded in it is committed.
_KEEP_STATE = "FOR SHARE OF a"


def grounds_of(pairs: Iterable[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], Ground]:
    """For each (activity, team): what judges help. Unknown activities are left out. One query."""
    source, params = rows_of("w", {"activity_id": "uuid", "team_id": "uuid"}, sorted(pairs))
    sql = _GROUNDS.format(pairs=source) + (_KEEP_STATE if on_postgresql() else "")
    found: dict[tuple[UUID, UUID], Ground] = {}
    today = as_day(clock.today())
    for row in run_often(sql, params):
        key = stored_uuid(row[0]), stored_uuid(row[1])
        ground = found.get(key) or found.setdefault(key, _ground(key[0], row))
        if row[14] is not None:
            ground.routes.append(Route(row[12], row[13], row[14], row[15]))
            if row[12] <= today < row[13]:
                ground.unit_path = row[16]
    return found


_RULES = """
SELECT r.unit_id, r.after_acceptance FROM {ids} JOIN activities_countingrule r ON r.unit_id = w.id
"""


def paths_after_acceptance(paths: Collection[str]) -> set[str]:
    """Of the paths of units those where help counts when it is accepted: the nearest unit
    upwards that has a rule decides. One query, or none."""
    ids = {int(id) for path in paths for id in path.split("/")[:-1]}
    if not ids:
        return set()
    source, params = rows_of("w", {"id": "int"}, [(id,) for id in sorted(ids)])
    rules: dict[int, bool] = dict(run_often(_RULES.format(ids=source), params))
    return {path for path in paths if _rule_of(path, rules)}


def _rule_of(path: str, rules: Mapping[int, bool]) -> bool:
    upwards = (rules.get(int(id)) for id in reversed(path.split("/")[:-1]))
    return next((rule for rule in upwards if rule is not None), False)


def _ground(activity_id: UUID, row: Row) -> Ground:
    return Ground(
        activity_id=activity_id,
        name=row[2],
        state=row[3],
        first_on=_day_of(row[4]),
        last_on=_day_of(row[5]),
        lead_path=f"{row[7]}t{stored_uuid(row[6])}/",
        team_path=f"{row[9]}t{stored_uuid(row[8])}/" if row[8] else None,
        team_days=(row[10] or 0, row[11] or 0),
    )


def _day_of(instant: datetime) -> date:
    if instant.tzinfo is None:  # SQLite keeps instants without a zone, in UTC
        instant = instant.replace(tzinfo=UTC)
    return clock.date_of(instant)


@dataclass(frozen=True, slots=True)
class Counter:
    """An indicator that help moves, and from when to when it is counted."""

    indicator_id: int
    from_day: int
    to_day: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What help can be with, and the indicators it moves."""

    counters: dict[str, Counter]  # by the indicator's code
    offered: dict[str, int]  # by the service's code: the first day on which it no longer is
    platforms: dict[str, list[tuple[int, int]]]  # from when to when each counts as one

    def counts(self, code: str, day: int) -> bool:
        """Whether the indicator stands on the day."""
        counter = self.counters[code]
        return counter.from_day <= day < counter.to_day

    def is_platform(self, service: str, on: date) -> bool:
        """Whether help with the service on the day counts as a platform turn."""
        day = as_day(on)
        return any(first <= day < end for first, end in self.platforms.get(service, ()))


_CATALOGUE = """
SELECT i.code, i.id, i.from_day, i.to_day, k.code, k.to_day, k.is_platform,
       c.from_day, c.is_platform
FROM ledger_indicator i LEFT JOIN guides_helpkind k ON k.indicator_id = i.id
LEFT JOIN guides_platformchange c ON c.help_kind_id = k.id
WHERE k.code IS NOT NULL OR i.code IN (%s, %s, %s)
ORDER BY c.from_day
"""


def catalogue() -> Catalogue:
    """The services and the indicators of turns. One query."""
    rows = run_often(_CATALOGUE, TURNS)
    decided: dict[str, list[tuple[int, bool]]] = {}
    for *_indicator, code, _to_day, is_platform, from_day, becomes in rows:
        if code and from_day is None:
            decided[code] = [(FIRST_DAY, bool(is_platform))]
        elif code:
            before = (FIRST_DAY, not becomes)
            decided.setdefault(code, [before]).append((from_day, bool(becomes)))
    return Catalogue(
        counters={row[0]: Counter(*row[1:4]) for row in rows},
        offered={row[4]: row[5] for row in rows if row[4]},
        platforms={code: _spans(changes) for code, changes in decided.items()},
    )


def _spans(changes: list[tuple[int, bool]]) -> list[tuple[int, int]]:
    ends = [*(from_day for from_day, _is in changes[1:]), LAST_DAY + 1]
    return [
        (first, end) for (first, is_platform), end in zip(changes, ends, strict=True) if is_platform
    ]


def helps_by_id(ids: Collection[UUID]) -> dict[UUID, Help]:
    """The rows with these ids. One query, or none."""
    return Help.objects.in_bulk(list(ids)) if ids else {}


def hold_groups(groups: Collection[UUID]) -> None:
    """Keep others from settling the same groups until this transaction ends. One query.

    Two who record further services to one group would each see its platform turns unposted.
    SQLite has one writer and needs nothing.
    """
    if on_postgresql() and groups:
        source, params = rows_of("w", {"id": "uuid"}, [(group,) for group in sorted(groups)])
        run(
            f"""SELECT h.id FROM activities_help h WHERE h.id IN (SELECT w.id FROM {source})
            ORDER BY h.id FOR UPDATE""",
            params,
        )


def groups_of(ids: Collection[UUID]) -> list[Help]:
    """Every help to the people of these helps. One query, or none."""
    if not ids:
        return []
    groups = Help.objects.filter(pk__in=ids).values("group")
    return list(Help.objects.filter(group__in=groups))


def helps_of_groups(groups: Collection[UUID]) -> list[Help]:
    """The helps of the groups, with activity and unit. One query."""
    return list(Help.objects.filter(group__in=groups).select_related("activity", "unit"))


def helps_of_activity(activity_id: UUID) -> list[Help]:
    """All helps ever recorded in the activity, with activity and unit. One query."""
    return list(Help.objects.filter(activity=activity_id).select_related("activity", "unit"))


_LIVE = """
SELECT p.province_id, p.id, p.unit_id, p.indicator_id, i.code, p.day, p.quantity,
       p.source_kind, p.source_id, p.activity_id
FROM {ids} JOIN ledger_posting p ON p.province_id = w.province_id AND p.id = w.id
JOIN ledger_indicator i ON i.id = p.indicator_id
WHERE NOT EXISTS (
    SELECT 1 FROM ledger_posting r WHERE r.province_id = p.province_id AND r.reverses = p.id)
"""
_POSTING = ("province_id", "id", "unit_id", "indicator_id", "day", "quantity",
            "source_kind", "source_id", "activity_id")  # fmt: skip


def live_postings(ids: Sequence[tuple[int, UUID]]) -> list[tuple[UUID, str, Posting]]:
    """Of the postings with these (province, id) those not reversed: source, code, posting.

    One query, or none.
    """
    if not ids:
        return []
    source, params = rows_of("w", {"province_id": "int", "id": "uuid"}, ids)
    found = []
    for row in run(_LIVE.format(ids=source), params):
        code, facts = row[4], [*row[:4], *row[5:]]
        for place in (1, 7, 8):
            facts[place] = stored_uuid(facts[place]) if facts[place] else None
        posting = Posting(**dict(zip(_POSTING, facts, strict=True)))
        found.append((facts[7], code, posting))
    return found


def posting_id(help: Help, settlement: int, code: str) -> UUID:
    """The id under which a help's postings of one settlement stand in the ledger."""
    return derived_id(help.id, settlement, code)


def possible_posting_ids(help: Help) -> list[UUID]:
    """Every id under which the help may have posted."""
    codes = [*TURNS, *map(service_indicator, help.services)]
    return [posting_id(help, n, code) for n in range(1, help.settlement + 1) for code in codes]


def province_of(unit: Unit) -> int:
    return unit.province_id or unit.pk
