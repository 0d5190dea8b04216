"""When something was last counted."""

from collections.abc import Collection

from senhong.core.actor import Actor
from senhong.core.rows import rows_of, run
from senhong.ledger.queries.atlas import atlas_for
from senhong.ledger.queries.figures import Ask

_FIRST_OF_EIGHT_DIGITS = 10000101  # what has fewer is a month
_RANGES = {
    "grp": "int", "province_id": "int", "map_id": "int", "unit_id": "int", "span": "smallint",
    "indicator_id": "smallint", "lo": "int", "hi": "int",
}  # fmt: skip
# One look into the key of totals for each: the last of its days that holds something.
_LAST = """
SELECT w.grp, (
    SELECT t.period FROM ledger_total t
    WHERE t.province_id = w.province_id AND t.map_id = w.map_id AND t.unit_id = w.unit_id
      AND t.span = w.span AND t.indicator_id = w.indicator_id
      AND t.period BETWEEN w.lo AND w.hi AND t.quantity <> 0
    ORDER BY t.period DESC LIMIT 1
)
FROM {ranges}
"""


def last_days(actor: Actor, asks: Collection[Ask]) -> dict[Ask, int]:
    """The last day in each ask's period on which its flow is not zero.

    Asks without such a day are left out. Raises Forbidden. Two queries.
    """
    for unit in {ask.unit for ask in asks}:
        actor.require("figure.view", at=unit.path)
    atlas = atlas_for({ask.reading for ask in asks})
    asked = [ask for ask in asks if atlas.knows(ask.reading)]
    lines = [
        (
            number, part.province_id, part.map_id, part.unit_id, part.span, ask.indicator.pk,
            max(part.lo, _FIRST_OF_EIGHT_DIGITS), part.hi,
        )
        for number, ask in enumerate(asked)
        for part in atlas.ranges(ask.reading)
    ]  # fmt: skip
    source, args = rows_of("w", _RANGES, lines)
    found: dict[Ask, int] = {}
    for number, day in run(_LAST.format(ranges=source), args):
        if day is not None:
            found[asked[number]] = max(day, found.get(asked[number], 0))
    return found
