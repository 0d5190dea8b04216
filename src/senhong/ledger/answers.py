"""Figures as programs get them, from the command line and from the API alike."""

from collections.abc import Sequence
from typing import Any

from senhong.core.days import as_date
from senhong.ledger.models import Indicator
from senhong.ledger.queries import (
    Bucket,
    By,
    FigureRow,
    Versions,
    buckets,
    notes_of_each,
    versions_of,
)
from senhong.org.models import Unit


def figures_as_json(
    unit: Unit,
    rows: Sequence[FigureRow],
    asked: Sequence[Indicator],
    by: By,
    first: int,
    last: int,
) -> list[dict[str, Any]]:
    """One object for each row of the unit's figures. Two queries at most.

    A breakdown in time names its own key, such as "day". "versions" is there where the definition
    has ever changed: the days from which those hold under which the figure was counted. "notes" is
    there where there is something to say of how it comes about.
    """
    notes = notes_of_each(unit, {row.indicator for row in rows})
    versions, by_code = versions_of(asked), {each.code: each for each in asked}
    pieces = {each.label: each for each in buckets(by, first, last)} if by.is_time else {}
    whole = Bucket("", first, last)
    return [
        _figure(row, by)
        | _versions(versions, by_code[row.indicator], row, pieces.get(row.period or "", whole))
        | ({"notes": notes[row.indicator]} if row.indicator in notes else {})
        for row in rows
    ]


def _figure(row: FigureRow, by: By) -> dict[str, Any]:
    found: dict[str, Any] = {
        "unit": row.unit,
        "unit_title": row.unit_title,
        "indicator": row.indicator,
        "quantity": row.quantity,
        "is_own": row.is_own,
        "stood_until": row.stood_until and as_date(row.stood_until).isoformat(),
    }
    return found | ({by.value: row.period} if by.is_time else {})


def _versions(
    versions: Versions, indicator: Indicator, row: FigureRow, piece: Bucket
) -> dict[str, list[str]]:
    if not versions.has_changed(indicator):
        return {}
    last = min(piece.last, row.stood_until or piece.last)
    counted_under = versions.within(indicator, piece.first, last)
    return {"versions": [as_date(each.first).isoformat() for each in counted_under]}
