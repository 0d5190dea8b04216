"""Reading figures from totals: what boards and reports ask."""

from bench.measures import Facts, timed
from bench.seed import PROVINCE, indicators
from senhong.ledger.queries import By, figures
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM

_OLD_PROVINCE = "P87-2"


def reads() -> dict[str, Facts]:
    """Each question alone, one after another, in milliseconds."""
    counted = indicators()
    old, new = (Unit.objects.get(key=key) for key in (_OLD_PROVINCE, PROVINCE))
    district = Unit.objects.filter(province=old, level="district").order_by("key")[0]
    commune = Unit.objects.filter(province=new, level="commune").order_by("key")[0]
    year, change, month = (20240101, 20241231), (20250101, 20251231), (20260301, 20260331)

    def ask(unit: Unit, days: tuple[int, int], by: By, on: int | None = None) -> Facts:
        rows = 0

        def once() -> None:
            nonlocal rows
            found = figures(SYSTEM, unit, counted, first=days[0], last=days[1], by=by, on=on)
            rows = len(found)

        return timed(once, 40) | {"rows": rows}

    return {
        "province, a year by month, 30 indicators": ask(old, year, By.MONTH),
        "the same on today's map": ask(new, year, By.MONTH, 20260101),
        "the same over a change of the map": ask(new, change, By.MONTH),
        "province, a year by day, 30 indicators": ask(old, year, By.DAY),
        "the units below, a month, 30 indicators": ask(new, month, By.UNIT),
        "a district of 2024, by month, 30 indicators": ask(district, year, By.MONTH),
        "a commune, by month, 30 indicators": ask(commune, (20260101, 20261231), By.MONTH),
    }
