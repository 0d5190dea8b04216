"""How totals move; only for the services of this folder."""

from collections.abc import Mapping

from senhong.core.rows import rows_of, run_often

# province, map, unit, span, indicator, period
Key = tuple[int, int, int, int, int, int]

COLUMNS = {
    "province_id": "int", "map_id": "int", "unit_id": "int", "span": "smallint",
    "indicator_id": "smallint", "period": "int", "quantity": "bigint",
}  # fmt: skip
NAMES = ", ".join(COLUMNS)
KEY_NAMES = ", ".join(name for name in COLUMNS if name != "quantity")


def add_to_totals(moved: Mapping[Key, int]) -> None:
    """Add to each total what is said; sorted by key, so that two writers never cross. One
    statement."""
    _upsert(moved, "ledger_total.quantity + excluded.quantity")


def set_totals(right: Mapping[Key, int]) -> None:
    """Make each total what is said. One statement."""
    _upsert(right, "excluded.quantity")


def _upsert(quantities: Mapping[Key, int], becomes: str) -> None:
    if not quantities:
        return
    lines = [(*key, quantity) for key, quantity in sorted(quantities.items())]
    source, args = rows_of("w", COLUMNS, lines)
    # ORDER BY: the rows are locked in this order. "WHERE true": see SQLite's grammar.
    run_often(
        f"""INSERT INTO ledger_total ({NAMES}) SELECT {NAMES} FROM {source} WHERE true
        ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT ({KEY_NAMES}) DO UPDATE SET quantity = {becomes}""",
        args,
    )
