"""Units found by what somebody types."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.text import search_key
from senhong.org.models import Placement, Unit
from senhong.org.queries.maps import standing_note

# Kinds that stand before a name, as search keys.
_KINDS = (
    "tinh", "thanh pho", "quan", "huyen", "thi xa", "phuong", "xa", "thi tran", "dac khu",
    "chi doan",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit as a list of results shows it."""

    unit: Unit
    title: str
    parent_title: str  # "Huyện Cao Lãnh, Tỉnh Đồng Tháp"; of the last map it stood on
    years: str  # "đến 30/06/2025"; empty while it stands


def search_units(
    actor: Actor, text: str, *, day: int | None = None, limit: int = 20
) -> list[UnitFound]:
    """Units whose kind and name contain every word, tone marks and spelling of oà ignored.

    Standing on ``day`` (today) first, then those whose name begins so, then by name. Ended
    units follow, marked with their last day. Empty for an empty text. Two queries.
    """
    words = search_key(text)
    if not words:
        return []
    on = day or as_day(clock.today())
    found = list(_matching(actor, words, on)[:limit])
    above = _above([unit.pk for unit in found])
    return [
        UnitFound(unit, unit.title, above.get(unit.pk, ""), standing_note(unit, on))
        for unit in found
    ]


def _matching(actor: Actor, words: str, on: int) -> QuerySet[Unit]:
    rule, begins = Q(), Q(search_key__startswith=words)
    for word in words.split():
        rule &= Q(search_key__contains=word)
    for kind in _KINDS:
        begins |= Q(search_key__startswith=f"{kind} {words}")
    rank = Case(
        When(begins, then=Value(0)),
        When(search_key__contains=f" {words}", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ended = Case(
        When(from_day__lte=on, to_day__gt=on, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return (
        Unit.objects.visible_to(actor)
        .filter(rule)
        .select_related("province")
        .order_by(ended, rank, "sort_key", "search_key", "-to_day", "pk")
    )


def _above(unit_ids: list[int]) -> dict[int, str]:
    """What each unit hangs on, on the last map on which it stands: parent, then province."""
    rows = (
        Placement.objects.filter(unit__in=unit_ids, parent__isnull=False)
        .select_related("parent__province")
        .order_by("map__from_day")
    )
    return {row.unit_id: _chain(row.parent) for row in rows if row.parent}


def _chain(parent: Unit) -> str:
    if parent.is_province or parent.province is None:
        return parent.title
    return f"{parent.title}, {parent.province.title}"
