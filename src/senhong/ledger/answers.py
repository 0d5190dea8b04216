"""A figure as programs get it, from the command line and from the API alike."""

from typing import Any

from senhong.core.days import as_date
from senhong.ledger.queries import By, FigureRow


def figure_as_json(row: FigureRow, by: By) -> dict[str, Any]:
    """One object; a breakdown in time names its own key, such as "day"."""
    found: dict[str, Any] = {
        "unit": row.unit,
        "unit_title": row.unit_title,
        "indicator": row.indicator,
        "quantity": row.quantity,
        "is_own": row.is_own,
        "stood_until": row.stood_until and as_date(row.stood_until).isoformat(),
    }
    return found | ({by.value: row.period} if by.is_time else {})
