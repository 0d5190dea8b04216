"""Grounds of units, as far as somebody has brought them in."""

from collections.abc import Collection, Mapping
from typing import Any

from senhong.org.models import Boundary, Level, Unit

Shape = dict[str, Any]  # a GeoJSON geometry
_WIDTHS = {Level.COMMUNE: 5, Level.DISTRICT: 3, Level.PROVINCE: 2}  # digits of official codes


def units_with_codes(codes: Collection[str], day: int) -> dict[str, Unit]:
    """The units that stand on the day by code as it was written: 4 is "00004", a commune.

    What names no unit is left out. One query.
    """
    spellings = {code: [code, *_padded(code)] for code in codes}
    wanted = {each for written in spellings.values() for each in written}
    standing = Unit.objects.standing(day).filter(code__in=wanted).select_related("province")
    found = {unit.code: unit for unit in standing.order_by("pk")}
    return {
        code: next(found[each] for each in written if each in found)
        for code, written in spellings.items()
        if any(each in found for each in written)
    }


def _padded(code: str) -> list[str]:
    """Spreadsheets and maps lose the zeros in front of a number."""
    if not (code.isascii() and code.isdigit()):
        return []
    return [code.zfill(width) for width in _WIDTHS.values() if len(code) < width]


def boundary_digests(unit_ids: Collection[int]) -> dict[int, str]:
    """Unit id → digest of its ground, for those that have one. One query."""
    found = Boundary.objects.filter(unit__in=unit_ids)
    return dict(found.values_list("unit_id", "digest"))


def shapes_of(unit_ids: Collection[int]) -> Mapping[int, Shape]:
    """Unit id → its ground, for those that have one. One query."""
    found = Boundary.objects.filter(unit__in=unit_ids)
    return dict(found.values_list("unit_id", "shape"))
