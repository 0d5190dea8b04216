"""The one function that posts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY
from senhong.core.ids import reversal_id
from senhong.core.rows import lock_provinces, on_postgresql, rows_of, run_often, sql_uuid
from senhong.ledger.models import Posting, Span
from senhong.ledger.services.totals import Key, add_to_totals


class Outcome(StrEnum):
    """What became of one posting; only RECORDED moved a total."""

    RECORDED = "recorded"
    ALREADY_RECORDED = "already-recorded"  # the same id with the same facts
    CONFLICT = "conflict"  # the same id with other facts
    NOT_STANDING = "not-standing"  # before the first day of its unit, or in another province
    ALREADY_REVERSED = "already-reversed"  # by a reversal with another id
    NO_ORIGINAL = "no-original"  # what it reverses is not there, or is not its exact opposite


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPosting:
    """A line to be written; its id is made by whoever acts, so sending again is safe."""

    id: UUID
    province_id: int  # of the unit
    unit_id: int
    indicator_id: int  # of an indicator that stands on the day: the caller has looked
    day: int  # yyyymmdd
    quantity: int  # above 0; below 0 on a reversal
    source_kind: str
    source_id: UUID | None = None
    activity_id: UUID | None = None
    reverses: UUID | None = None


def reversal_of(posting: Posting) -> NewPosting:
    """The exact opposite of a posting that is no reversal; always the same id."""
    return NewPosting(
        id=reversal_id(posting.id),
        province_id=posting.province_id,
        unit_id=posting.unit_id,
        indicator_id=posting.indicator_id,
        day=posting.day,
        quantity=-posting.quantity,
        source_kind=posting.source_kind,
        source_id=posting.source_id,
        activity_id=posting.activity_id,
        reverses=posting.id,
    )


@transaction.atomic(savepoint=False)  # all or nothing with the service that posts
def post(actor: Actor, postings: Sequence[NewPosting]) -> list[Outcome]:
    """Write the postings that are new and move every total they touch; answers by position.

    Each is judged on its own, sending again changes nothing, and an id that comes twice is
    judged in the order of the list. Only services call this: the permission, and the event
    that tells of it, are theirs. At most six statements, whatever the number.
    """
    if not postings:
        return []
    # A statement of its own: on PostgreSQL what is read after it must be a new snapshot.
    lock_provinces({new.province_id for new in postings})
    routes = _routes_of(postings)
    refused = _before_first_day(postings, routes)
    refused |= _without_original(postings, refused)
    taken = _first_of_each_id(postings, refused)
    recorded = _insert(actor, [postings[position] for position in taken.values()])
    known = _facts_of([id for id in taken if id not in recorded])
    add_to_totals(_moved([postings[taken[id]] for id in recorded], routes))
    return [
        refused.get(position) or _outcome(postings, position, taken, recorded, known)
        for position in range(len(postings))
    ]


Facts = tuple[int, int, int, int, int, str, UUID | None, UUID | None, UUID | None]


def _facts(new: NewPosting) -> Facts:
    return (
        new.province_id, new.unit_id, new.indicator_id, new.day, new.quantity,
        new.source_kind, new.source_id, new.activity_id, new.reverses,
    )  # fmt: skip


class Route(NamedTuple):
    """A map on which the unit's postings before ``to_day`` count, and where."""

    home_id: int  # the unit's own province
    from_day: int
    to_day: int
    province_id: int
    map_id: int
    landed_id: int


Routes = dict[int, list[Route]]


def _routes_of(postings: Sequence[NewPosting]) -> Routes:
    """For each unit the maps that still meet the earliest day. One statement."""
    units, args = rows_of(
        "w", {"unit_id": "int"}, [(u,) for u in {new.unit_id for new in postings}]
    )
    found = run_often(
        f"""SELECT u.id, u.province_id, m.from_day, m.to_day, m.province_id, m.id, l.landed_id
        FROM {units} CROSS JOIN org_unit u CROSS JOIN org_landing l CROSS JOIN org_unitmap m
        WHERE u.id = w.unit_id AND l.unit_id = u.id AND m.id = l.map_id AND m.to_day > %s""",
        [*args, min(new.day for new in postings)],
    )
    routes: Routes = defaultdict(list)
    for unit_id, *route in found:
        routes[unit_id].append(Route(*route))
    return routes


def _before_first_day(postings: Sequence[NewPosting], routes: Routes) -> dict[int, Outcome]:
    # A unit's postings have a route on every day from its first on, also after its end.
    first = {
        (ways[0].home_id, unit_id): min(way.from_day for way in ways)
        for unit_id, ways in routes.items()
    }
    return {
        position: Outcome.NOT_STANDING
        for position, new in enumerate(postings)
        if new.day < first.get((new.province_id, new.unit_id), LAST_DAY)
    }


def _without_original(
    postings: Sequence[NewPosting], refused: dict[int, Outcome]
) -> dict[int, Outcome]:
    """Reversals that are not the opposite of a posting in the ledger or in this batch.

    Judged here because the trigger would refuse the whole batch. One statement if any.
    """
    back = [n for n, new in enumerate(postings) if new.reverses and n not in refused]
    if not back:
        return {}
    originals = {
        new.id: _facts(new)
        for position, new in reversed([*enumerate(postings)])
        if new.reverses is None and position not in refused
    }
    # The ledger comes last: what is there already is what is reversed.
    originals |= _facts_of({id for n in back if (id := postings[n].reverses)})
    return {n: Outcome.NO_ORIGINAL for n in back if not _is_opposite(postings[n], originals)}


def _is_opposite(new: NewPosting, originals: dict[UUID, Facts]) -> bool:
    original = originals.get(new.reverses) if new.reverses else None
    wanted = (new.province_id, new.unit_id, new.indicator_id, new.day, -new.quantity)
    return original is not None and original[:5] == wanted and original[-1] is None


def _first_of_each_id(
    postings: Sequence[NewPosting], refused: dict[int, Outcome]
) -> dict[UUID, int]:
    """The positions to insert: originals by id, then reversals by what they reverse.

    Every writer inserts in this order, so that two with the same rows queue and never cross.
    """
    left = [n for n in range(len(postings)) if n not in refused]
    left.sort(key=lambda n: _place_in_line(postings[n]))
    taken: dict[UUID, int] = {}
    for position in left:
        taken.setdefault(postings[position].id, position)
    return taken


def _place_in_line(new: NewPosting) -> tuple[bool, int]:
    return new.reverses is not None, (new.reverses or new.id).int


_COLUMNS = {
    "province_id": "int", "id": "uuid", "unit_id": "int", "indicator_id": "smallint",
    "day": "int", "quantity": "bigint", "source_kind": "text", "source_id": "uuid",
    "activity_id": "uuid", "reverses": "uuid",
}  # fmt: skip
_NAMES = ", ".join(_COLUMNS)


def _insert(actor: Actor, todo: list[NewPosting]) -> set[UUID]:
    """Insert what is new; returns its ids. One statement.

    The conflict has no target, so that a second reversal is "not new", too, and no error.
    """
    if not todo:
        return set()
    lines = [
        (
            new.province_id, new.id, new.unit_id, new.indicator_id, new.day, new.quantity,
            new.source_kind, new.source_id, new.activity_id, new.reverses,
        )
        for new in todo
    ]  # fmt: skip
    source, args = rows_of("w", _COLUMNS, lines)
    now = connection.ops.adapt_datetimefield_value(clock.now())
    stamp = "%s::int, %s::timestamptz" if on_postgresql() else "%s, %s"
    # "WHERE true": SQLite's grammar wants it between a SELECT and ON CONFLICT.
    sql = f"""INSERT INTO ledger_posting ({_NAMES}, recorded_by, recorded_at)
        SELECT {_NAMES}, {stamp} FROM {source} WHERE true
        ON CONFLICT DO NOTHING RETURNING id"""
    back = run_often(sql, [actor.user_id, now, *args])
    if len(back) == len(todo):
        return {new.id for new in todo}
    stored = {id for (id,) in back}
    return {new.id for new in todo if sql_uuid(new.id) in stored}


def _facts_of(ids: Iterable[UUID]) -> dict[UUID, Facts]:
    """What the ledger holds under these ids, in whatever province. One statement if any.

    After the insert this is a second look, which under READ COMMITTED also sees what another
    writer has just committed.
    """
    wanted = sorted(ids)
    if not wanted:
        return {}
    columns = [name for name in _COLUMNS if name != "id"]
    found = Posting.objects.filter(id__in=wanted).values_list("id", *columns)
    return {id: (*facts,) for id, *facts in found}


def _outcome(
    postings: Sequence[NewPosting],
    position: int,
    taken: dict[UUID, int],
    recorded: set[UUID],
    known: dict[UUID, Facts],
) -> Outcome:
    new, first = postings[position], taken[postings[position].id]
    if new.id in recorded:
        if position == first:
            return Outcome.RECORDED
        return _again(new, _facts(postings[first]))
    if new.id in known:
        return _again(new, known[new.id])
    return Outcome.ALREADY_REVERSED


def _again(new: NewPosting, facts: Facts) -> Outcome:
    return Outcome.ALREADY_RECORDED if _facts(new) == facts else Outcome.CONFLICT


def _moved(recorded: list[NewPosting], routes: Routes) -> dict[Key, int]:
    """What to add to which total: own and province, day and month, on every map that counts."""
    sums: dict[tuple[int, int, int], int] = defaultdict(int)
    for new in recorded:
        sums[new.unit_id, new.indicator_id, new.day] += new.quantity
    moved: dict[Key, int] = defaultdict(int)
    for (unit_id, indicator_id, day), quantity in sums.items():
        for way in routes[unit_id]:
            if way.to_day > day:
                where = way.province_id, way.map_id
                for period in (day, day // 100):
                    moved[*where, way.landed_id, Span.OWN, indicator_id, period] += quantity
                    moved[*where, way.province_id, Span.PROVINCE, indicator_id, period] += quantity
    return moved
