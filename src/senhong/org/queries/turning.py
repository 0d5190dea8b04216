"""Maps whose first day has come, and changes of the map that can be taken back."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Min, Model, QuerySet
from django.utils.translation import gettext as _

from senhong.core.days import LAST_DAY
from senhong.core.errors import DomainError
from senhong.core.rows import run
from senhong.org.errors import NewUnitsInUse, NotLatestChange
from senhong.org.models import (
    EndedRole,
    Landing,
    Lineage,
    Placement,
    Step,
    Unit,
    UnitMap,
)


def unsettled_maps(day: int) -> list[int]:
    """Maps of the day whose units are still called, or hang, as on an earlier one. One query."""
    found = run(
        """SELECT DISTINCT p.map_id FROM org_placement p
        JOIN org_unitmap m ON m.id = p.map_id AND m.from_day <= %s AND m.to_day > %s
        JOIN org_unit u ON u.id = p.unit_id LEFT JOIN org_unit a ON a.id = p.parent_id
        WHERE u.kind <> p.kind OR u.name <> p.name
           OR u.path <> coalesce(a.path, '') || u.id || '/'
        ORDER BY 1""",
        [day, day],
    )
    return [map_id for (map_id,) in found]


def next_map_day(day: int) -> int | None:
    """The next day after this one on which a map begins. One query."""
    first: int | None = UnitMap.objects.filter(from_day__gt=day).aggregate(day=Min("from_day"))[
        "day"
    ]
    return first


@dataclass(frozen=True, kw_only=True)
class UndoPlan:
    """What taking back a change of the map would touch. By id."""

    day: int  # the first of the new maps
    old_maps: tuple[int, ...]
    new_maps: tuple[int, ...]
    begun: tuple[int, ...]  # units that would never have been
    locked: frozenset[int]  # provinces whose postings it moves
    refused: DomainError | None = None


def undo_plan_of(new_maps: Collection[int]) -> UndoPlan:
    """Whether the change that drew these maps can be taken back. Writes nothing.

    Only the latest of each province can, and only while nothing refers to its new units. Six
    queries, and two for each kind of thing that refers to units.
    """
    news = list(UnitMap.objects.filter(pk__in=new_maps).select_related("province"))
    olds = _maps_before(new_maps)
    days = {each.from_day for each in news}
    begun = Unit.objects.filter(placements__map__in=new_maps, from_day__in=days)
    ids = tuple(begun.order_by("pk").values_list("pk", flat=True))
    provinces = {each.province_id for each in (*news, *olds)}
    owners = Landing.objects.filter(map__in=new_maps).order_by()
    owners_ids = set(owners.values_list("unit__province_id", flat=True).distinct())
    return UndoPlan(
        day=min(days, default=0),
        old_maps=tuple(sorted(each.pk for each in olds)),
        new_maps=tuple(sorted(new_maps)),
        begun=ids,
        locked=frozenset(provinces | {owner for owner in owners_ids if owner}),
        refused=_later_change(news, new_maps) or _in_use(ids, provinces),
    )


def _maps_before(new_maps: Collection[int]) -> list[UnitMap]:
    steps = Step.objects.filter(new_map__in=new_maps).order_by()
    return list(UnitMap.objects.filter(pk__in=steps.values("old_map")))


def _later_change(news: list[UnitMap], asked: Collection[int]) -> DomainError | None:
    later = [each.province.title for each in news if each.to_day != LAST_DAY]
    if later or len(news) < len(set(asked)) or not news:
        return NotLatestChange.of(later or [_("bản đồ này")])
    return None


def _in_use(units: Collection[int], provinces: Collection[int]) -> DomainError | None:
    """What was recorded at the new units, whichever app keeps it."""
    found = [
        f"{number} {model._meta.verbose_name}"
        for model, field in _references()
        if (number := _rows_at(model, field, units, provinces))
    ]
    return NewUnitsInUse(what=", ".join(found)) if found else None


# What a restructuring itself draws, and what follows it.
_DRAWN: tuple[type[Model], ...] = (Unit, Lineage, UnitMap, Placement, Step, Landing, EndedRole)

# Of tables whose open rows follow their unit when it ends: those that a change of the map has
# brought to where they are, and that go back with it. Upper apps add theirs, by the model's label.
FOLLOWING: dict[str, Callable[[QuerySet[Any]], QuerySet[Any]]] = {}


def _references() -> Iterator[tuple[type[Model], str]]:
    """Every column of any app that names a unit, but for totals, which are moved along."""
    for relation in Unit._meta.get_fields(include_hidden=True):
        field: Field[object, object] | None = getattr(relation, "field", None)
        if field is None or not relation.auto_created or field.model in _DRAWN:
            continue
        if getattr(field, "db_constraint", False):
            yield field.model, field.name


def _rows_at(
    model: type[Model], field: str, units: Collection[int], provinces: Collection[int]
) -> int:
    rows = model._base_manager.filter(**{f"{field}__in": units})
    if followed := FOLLOWING.get(model._meta.label_lower):
        rows = rows.exclude(pk__in=followed(rows).values("pk"))
    if any(each.name == "province" for each in model._meta.fields):
        rows = rows.filter(province__in=provinces)  # the first column of the ledger's keys
    return rows.count()
