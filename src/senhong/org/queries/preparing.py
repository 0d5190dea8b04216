"""Changes of the map that are prepared, under way or done."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY
from senhong.core.errors import NotFound
from senhong.org.changes import Change, ChangePlan, NewUnit, change_of, groups_of
from senhong.org.models import ChangeState, Landing, Level, MapChange, Placement, Unit, UnitMap
from senhong.org.queries.plan import plan_of, with_heirs

_LIMIT = 100
UNDER_WAY = (ChangeState.CONFIRMED, ChangeState.RUNNING, ChangeState.UNDOING)


def map_changes(actor: Actor) -> list[MapChange]:
    """The changes that the actor may see, the latest day first, at most a hundred; without those
    that were discarded. One query."""
    rows = MapChange.objects.visible_to(actor).exclude(state=ChangeState.DISCARDED)
    rows = rows.select_related("province")
    return list(rows.order_by("-day", "-made_at")[:_LIMIT])


def get_map_change(actor: Actor, id: UUID) -> MapChange:
    """The change, with who proposed and who confirmed it. One query. Raises NotFound."""
    people = ("proposed_by", "confirmed_by", "undo_proposed_by", "undo_confirmed_by")
    rows = MapChange.objects.visible_to(actor).select_related("province", *people)
    found = rows.filter(pk=id).first()
    if found is None:
        raise NotFound(what=_("thay đổi này"))
    return found


def change_in(prepared: MapChange) -> Change:
    """The change that was prepared. No query."""
    return change_of(prepared.day, prepared.content)


def dry_run(prepared: MapChange) -> ChangePlan:
    """What the change would do today, for whoever may read it. Writes nothing.

    As many queries as ``planned_change``.
    """
    return with_heirs(plan_of(change_in(prepared)))


def change_groups(change: Change) -> list[Change]:
    """The change as one for each connected group of provinces; always in the same order.

    One query and one per thousand units named.
    """
    known = Unit.objects.select_related("province").in_bulk([*change.named], field_name="key")
    province_of = {key: unit.province.key for key, unit in known.items() if unit.province}
    begins = {unit.key: unit for unit in change.begins}
    for key in begins:
        province_of[key] = _province(key, begins, province_of)
    return groups_of(change, province_of)


def _province(key: str, begins: dict[str, NewUnit], known: dict[str, str]) -> str:
    while key in begins and (parent := begins[key].parent):
        key = parent
    return known.get(key, key)


def changes_under_way() -> list[MapChange]:
    """What a job has to do, or to go on with: the earliest day first. One query."""
    rows = MapChange.objects.filter(state__in=UNDER_WAY).select_related("province")
    return list(rows.order_by("day", "made_at"))


def open_placements(province: Unit) -> list[Placement]:
    """The units of the province's latest map, with what they hang on, by name. One query."""
    rows = Placement.objects.filter(map__province=province, map__to_day=LAST_DAY)
    return list(
        rows.select_related("unit", "parent", "map").order_by(
            "parent__sort_key", "unit__sort_key", "unit__search_key", "unit_id"
        )
    )


def titles_of(prepared: MapChange) -> dict[str, str]:
    """What the units that it names are called, or were before it was done, by key.

    Two queries, and one more per thousand units.
    """
    change = change_in(prepared)
    old_maps = [map_id for group in prepared.done for map_id in group["old_maps"]]
    altered = [each.unit for each in change.alters]
    before = Placement.objects.filter(map__in=old_maps, unit__key__in=altered)
    known = Unit.objects.in_bulk([*change.named], field_name="key")
    return (
        {key: unit.title for key, unit in known.items()}
        | {unit.key: unit.title for unit in change.begins}
        | {place.unit.key: str(place) for place in before.select_related("unit")}
    )


def maps_turned(provinces: Iterable[int]) -> list[UnitMap]:
    """Every map that these provinces, and those that became them, have had. One query.

    The latest first, at most a hundred.
    """
    mine = list(provinces)
    landed = Landing.objects.filter(landed__in=mine, unit__level=Level.PROVINCE)
    wanted = Q(province__in=mine) | Q(province__in=landed.values("unit"))
    rows = UnitMap.objects.filter(wanted).select_related("province")
    return list(rows.order_by("-from_day", "province__sort_key")[:_LIMIT])


def provinces_changed_by(actor: Actor, day: int, *verbs: str) -> list[Unit]:
    """Standing provinces whose map the actor may change, or where she may do another of these
    verbs, by name. One query."""
    standing = Unit.objects.standing(day).filter(level=Level.PROVINCE).order_by("sort_key")
    found = standing.select_related("province")
    asked = verbs or ("map.change",)
    return [u for u in found if any(actor.can(verb, at=u.path) for verb in asked)]
