"""Whether totals that are shown somewhere have moved: asked every second by open pages."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from senhong.core.actor import Actor
from senhong.core.rows import rows_of, run
from senhong.ledger.models import Indicator, Span
from senhong.org.models import Unit, UnitMap


class Watched(NamedTuple):
    """The totals of some months behind figures that are shown; numbers, so it can be signed."""

    province_id: int
    map_id: int
    unit_ids: tuple[int, ...]
    span: int
    indicator_ids: tuple[int, ...]
    first_month: int
    last_month: int


def watched(  # noqa: PLR0913  # one question, said whole
    actor: Actor, unit: Unit, below: Iterable[int], on: UnitMap,
    indicators: Iterable[Indicator], *, first: int, last: int,
) -> Watched:  # fmt: skip
    """What to watch for a unit and those below it on a map, from one day to another.

    Raises Forbidden. No query.
    """
    actor.require("figure.view", at=unit.path)
    ids = (unit.pk,) if unit.is_province else (unit.pk, *below)
    return Watched(
        on.province_id,
        on.pk,
        tuple(sorted(ids)),
        int(Span.PROVINCE if unit.is_province else Span.OWN),
        tuple(sorted(each.pk for each in indicators if not each.is_state)),
        first // 100,
        last // 100,
    )


_UNITS = {"id": "int"}
_INDICATORS = {"id": "smallint"}
# Weighted, so that what moves from one month or indicator to another is seen, too.
_PULSE = """
SELECT count(*), sum(t.quantity), sum(t.quantity * (t.period + 7 * t.indicator_id + t.unit_id))
FROM {units} CROSS JOIN {indicators} CROSS JOIN ledger_total t
WHERE t.province_id = %s AND t.map_id = %s AND t.unit_id = u.id AND t.span = %s
  AND t.indicator_id = i.id AND t.period BETWEEN %s AND %s
"""


def pulse_of(what: Watched) -> str:
    """A word that is another one as soon as one of the totals has moved. One query.

    Nobody is asked for: whoever holds a ``Watched`` was let in when it was made, and the word
    tells nothing of the figures.
    """
    units, first = rows_of("u", _UNITS, [(id,) for id in what.unit_ids])
    indicators, second = rows_of("i", _INDICATORS, [(id,) for id in what.indicator_ids])
    [sums] = run(
        _PULSE.format(units=units, indicators=indicators),
        [*first, *second, what.province_id, what.map_id, what.span, *what[-2:]],
    )
    return hashlib.sha256(repr([*map(int, (n or 0 for n in sums))]).encode()).hexdigest()[:16]
