"""How tests ask for one figure."""

from typing import Any

from senhong.ledger.models import Indicator
from senhong.ledger.queries import By, FigureRow, figures
from senhong.org.models import Unit
from senhong.org.tests.make import SYSTEM

MARCH: dict[str, Any] = {"first": 20230301, "last": 20230331}


def whole(unit: Unit, indicator: Indicator, **asked: Any) -> int:
    [row] = figures(SYSTEM, unit, [indicator], **{**MARCH, **asked})
    return row.quantity


def by_unit(unit: Unit, indicator: Indicator, **asked: Any) -> dict[str, int]:
    rows = figures(SYSTEM, unit, [indicator], by=By.UNIT, **{**MARCH, **asked})
    return {named(row): row.quantity for row in rows if row.quantity}


def named(row: FigureRow) -> str:
    return "own" if row.is_own else row.unit_title
