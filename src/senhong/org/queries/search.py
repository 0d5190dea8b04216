"""Units found by what somebody types."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.text import search_key
from senhong.org.models import Level, Placement, Unit
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
    """Units whose kind and name have words that begin so, tone marks and oà or òa ignored.

    Also by key or official code ("P82-3", "29869"). Standing on ``day`` (today) first; among
    them those called exactly so, then those whose name begins so, the higher level first. Units
    that do not stand say since or until when. Where nothing is called so, the last words may be
    those of what it hangs on: "phường 1 cao lãnh". Empty for an empty text. Two queries; three
    where nothing is called so.
    """
    words = search_key(text)
    if not words:
        return []
    on = day or as_day(clock.today())
    found = list(_matching(actor, _called(words) | _numbered(text), words, on)[:limit])
    if not found and " " in words:
        found = list(_matching(actor, _called_below(words), words, on)[:limit])
    above = _above([unit.pk for unit in found])
    return [
        UnitFound(unit, unit.title, above.get(unit.pk, ""), standing_note(unit, on))
        for unit in found
    ]


def _called(words: str) -> Q:
    rule = Q()
    for word in words.split():
        rule &= Q(search_key__startswith=word) | Q(search_key__contains=f" {word}")
    return rule


def _numbered(text: str) -> Q:
    return Q(key__iexact=text.strip()) | Q(code=text.strip())


def _called_below(words: str) -> Q:
    """The first words are the unit's, the others those of what it hangs or hung on."""
    said, rule = words.split(), Q(pk__in=[])
    for cut in range(1, len(said)):
        parents = Unit.objects.filter(_called(" ".join(said[cut:])))
        below = Placement.objects.filter(parent__in=parents.values("pk")).values("unit")
        rule |= _called(" ".join(said[:cut])) & Q(pk__in=below)
    return rule


def _matching(actor: Actor, rule: Q, words: str, on: int) -> QuerySet[Unit]:
    standing = Q(from_day__lte=on, to_day__gt=on)
    return (
        Unit.objects.visible_to(actor)
        .filter(rule)
        .select_related("province")
        .order_by(
            _ranks(standing),
            _ranks(*_nearness(words)),
            _ranks(*(Q(level=level) for level in Level)),
            "sort_key",
            "search_key",
            "-to_day",
            "pk",
        )
    )


def _nearness(words: str) -> tuple[Q, Q]:
    """Called exactly so; beginning so. With its kind before it or without."""
    said = [words, *(f"{kind} {words}" for kind in _KINDS)]
    begins = Q()
    for text in said:
        begins |= Q(search_key__startswith=text)
    return Q(search_key__in=said), begins


def _ranks(*rules: Q) -> Case:
    """0 where the first rule holds, 1 where the second does, and so on."""
    cases = [When(rule, then=Value(rank)) for rank, rule in enumerate(rules)]
    return Case(*cases, default=Value(len(rules)), output_field=IntegerField())


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
