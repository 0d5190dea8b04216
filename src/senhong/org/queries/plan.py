"""What a change of the map would do. Pure reading: it is the dry run, and the plan."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY, as_date
from senhong.core.errors import DomainError
from senhong.core.text import nfc
from senhong.org import errors
from senhong.org.changes import Change, ChangePlan, HeirsAnswer, NewUnit, Place
from senhong.org.models import (
    Landing,
    Partner,
    Placement,
    RoleGrant,
    Unit,
    UnitMap,
    titled,
)
from senhong.org.queries.maps import shown_day

T = TypeVar("T")

# "What hangs on these units, which end, or ended earlier and are carried on by one that ends?"
# Each app answers for its own tables.
HEIRS: list[Callable[[Collection[int]], HeirsAnswer]] = []

# "What stands at these units, which would leave no successor?" Unit id → how many teams.
STRANDED: list[Callable[[Collection[int]], Mapping[int, int]]] = []


def planned_change(actor: Actor, change: Change) -> ChangePlan:
    """The plan, with what becomes of what hangs on the units that end. Writes nothing.

    Raises Forbidden; everything else that stands against the change is listed in ``refused``.
    Four queries and one per thousand units named, and those of ``with_heirs``.
    """
    plan = plan_of(change)
    for path in touched_paths(plan):
        actor.require("map.change", at=path)
    return with_heirs(plan)


def with_heirs(plan: ChangePlan) -> ChangePlan:
    """The plan with what becomes of what hangs on the units that end.

    Refused, too, while teams stand at a unit that would leave no successor. Four queries for
    roles and partners and one for each question in ``HEIRS`` and ``STRANDED``.
    """
    if plan.refused:
        return plan
    holders = _holders(plan)
    heirs = [*_org_heirs(plan, holders), *(question(holders) for question in HEIRS)]
    return replace(plan, heirs=tuple(heirs), refused=tuple(_strands(plan)))


def _holders(plan: ChangePlan) -> list[int]:
    """The units that end, and those that ended earlier and count for them: no change of the map
    moves what hangs on a unit."""
    ended = [plan.ids[key] for key in plan.change.ends]
    landed = Landing.objects.filter(map__in=plan.old_maps.values(), landed__in=ended)
    return sorted(landed.values_list("unit_id", flat=True))


def _strands(plan: ChangePlan) -> Iterator[DomainError]:
    climbing = {plan.ids[key]: key for key in plan.to_parent}
    numbers = Counter[str]()
    for question in STRANDED if climbing else ():
        for unit_id, number in question([*climbing]).items():
            numbers[climbing[unit_id]] += number
    if numbers:
        yield errors.UnitsLeaveTeams.of(f"{plan.title(key)} ({n})" for key, n in numbers.items())


def touched_paths(plan: ChangePlan) -> list[str]:
    """Where somebody must be allowed to change the map: every province that is touched.

    A change that touches none, since it begins a province out of nothing or names nothing that
    is known, is the whole country's.
    """
    return [f"{province_id}/" for province_id in plan.old_maps] or [""]


def _org_heirs(plan: ChangePlan, holders: Collection[int]) -> Iterator[HeirsAnswer]:
    day = plan.change.day
    ending = grants_that_end(plan, [plan.ids[key] for key in plan.to_parent]).count()
    held = RoleGrant.objects.filter(unit__in=holders, to_day__gt=day).count()
    yield HeirsAnswer(_("vai trò"), held - ending, _("Giữ nguyên, sang đơn vị kế thừa."))
    yield HeirsAnswer(_("vai trò"), ending, _("Kết thúc cùng đơn vị không có nơi kế thừa."))
    yield HeirsAnswer(
        _("đối tác"),
        Partner.objects.filter(unit__in=holders, to_day__gt=day).count(),
        _("Do đơn vị kế thừa tiếp tục phối hợp."),
    )


def grants_that_end(plan: ChangePlan, climbing: Collection[int]) -> QuerySet[RoleGrant]:
    """Roles that would climb to a parent: at these units, and at units that landed there."""
    landed = Landing.objects.filter(map__in=plan.old_maps.values(), landed__in=climbing)
    return RoleGrant.objects.filter(unit__in=landed.values("unit"), to_day__gt=plan.change.day)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A unit on its open map, as it stands before the change."""

    id: int
    province_id: int | None
    map_id: int
    place: Place


@dataclass
class _Ground:
    """What the change meets."""

    change: Change
    known: dict[str, Unit]
    maps: dict[int, UnitMap] = field(default_factory=dict)  # province id → open map
    placed: dict[str, _Placed] = field(default_factory=dict)
    new: dict[str, Place] = field(default_factory=dict)  # the trees after the change
    begins: dict[str, NewUnit] = field(default_factory=dict)

    def name(self, key: str) -> str:
        """A unit as a message names it."""
        if key in self.begins:
            title = self.begins[key].title
        elif key in self.placed:
            title = titled(self.placed[key].place.kind, self.placed[key].place.name)
        elif key in self.known:
            title = self.known[key].title
        else:
            return key
        return f"{title} ({key})"

    def names(self, keys: Iterable[str]) -> list[str]:
        return [self.name(key) for key in keys]


def plan_of(change: Change) -> ChangePlan:
    """The plan without permission and heirs. Four queries and one per thousand units named."""
    ground = _Ground(change, begins={unit.key: unit for unit in change.begins}, known={})
    for stage in (_words, _meet, _stand, _grow, _join):
        refused = tuple(stage(ground))
        if refused:
            return ChangePlan(change=change, refused=refused, old_maps=_map_ids(ground))
    return _finished(ground)


def _map_ids(ground: _Ground) -> dict[int, int]:
    return {province_id: map.pk for province_id, map in ground.maps.items()}


def _words(ground: _Ground) -> Iterator[DomainError]:
    """What is wrong with the change by itself."""
    change = ground.change
    if not change.named and not change.begins:
        yield errors.NothingChanges()
    if not _is_day(change.day):
        yield errors.NoSuchDay(day=str(change.day))
    if twice := _twice(unit.key for unit in change.begins):
        yield errors.KeyUsed.of(twice)
    both = {a.unit for a in change.alters} & set(change.ends)
    if both:
        yield errors.EndsAndStays.of(both)
    if pairs := _twice((edge.predecessor, edge.successor) for edge in change.edges):
        yield errors.EdgeTwice.of(f"{old} → {new}" for old, new in pairs)


def _is_day(day: int) -> bool:
    try:
        as_date(day)
    except ValueError:
        return False
    return day < LAST_DAY


def _twice(items: Iterable[T]) -> list[T]:
    return [item for item, count in Counter(items).items() if count > 1]


def _meet(ground: _Ground) -> Iterator[DomainError]:
    """Look up what the change names, and the open maps of the provinces it touches."""
    change, begins = ground.change, ground.begins
    ground.known = Unit.objects.in_bulk([*change.named, *begins], field_name="key")
    if used := ground.known.keys() & begins.keys():
        yield errors.KeyUsed.of(ground.names(used))
    if unknown := change.named - ground.known.keys():
        yield errors.UnitsUnknown.of(unknown)
    touched = {unit.province_id for unit in ground.known.values()}
    open_maps = UnitMap.objects.filter(province__in=touched, to_day=LAST_DAY)
    ground.maps = {map.province_id: map for map in open_maps.select_related("province")}
    late = [map for map in ground.maps.values() if map.from_day >= change.day]
    if late:
        yield errors.DayTooEarly(
            day=shown_day(change.day),
            units=", ".join(map.province.title for map in late),
            after=shown_day(max(map.from_day for map in late)),
        )


def _stand(ground: _Ground) -> Iterator[DomainError]:
    """Read the open maps; whatever the change names stands on one."""
    rows = Placement.objects.filter(map__in=_map_ids(ground).values()).values_list(
        "unit__key", "unit_id", "unit__province_id", "map_id", "parent__key", "kind", "name"
    )
    for key, id, province_id, map_id, parent, kind, name in rows:
        ground.placed[key] = _Placed(id, province_id, map_id, Place(parent, kind, name))
    if gone := ground.change.named - ground.placed.keys():
        yield errors.UnitsNotStanding.of(ground.names(gone))


def _grow(ground: _Ground) -> Iterator[DomainError]:
    """The trees after the change, and whether they are trees."""
    change, new = ground.change, ground.new
    ended = set(change.ends)
    new.update({key: at.place for key, at in ground.placed.items() if key not in ended})
    for alters in change.alters:
        was = new[alters.unit]
        new[alters.unit] = Place(
            alters.parent or was.parent,
            nfc(alters.kind or was.kind),
            nfc(alters.name or was.name),
        )
    new.update({unit.key: unit.place for unit in change.begins})
    odd = [key for key, unit in ground.begins.items() if unit.is_province != (not unit.parent)]
    if odd:
        yield errors.NotAProvince.of(ground.names(odd))
    hanging = [key for key, place in new.items() if place.parent and place.parent not in new]
    if hanging:
        yield errors.HangsOnEnded.of(ground.names(hanging))
    elif rings := [key for key in new if root_of(key, new) is None]:
        yield errors.TreeIsARing.of(ground.names(rings))
    elif moved := _in_another_province(ground):
        yield errors.PassesToAnotherProvince.of(ground.names(moved))


def root_of(key: str, tree: Mapping[str, Place]) -> str | None:
    """The province at the top; None in a ring."""
    seen = {key}
    while parent := tree[key].parent:
        if parent in seen:
            return None
        seen.add(parent)
        key = parent
    return key


def _in_another_province(ground: _Ground) -> list[str]:
    """What would hang on another province than before."""
    moved = []
    for key, at in ground.placed.items():
        if key not in ground.new:
            continue
        root = ground.placed.get(root_of(key, ground.new) or "")
        if root is None or root.id != at.province_id:
            moved.append(key)
    return moved


def _join(ground: _Ground) -> Iterator[DomainError]:
    """Whether the edges lead from what ends to what stands, once each."""
    change = ground.change
    ended = set(change.ends)
    defaults = [edge.predecessor for edge in change.edges if edge.is_default]
    if twice := _twice(defaults):
        yield errors.TwoDefaults.of(ground.names(twice))
    if standing := {edge.predecessor for edge in change.edges} - ended:
        yield errors.EdgeFromStanding.of(ground.names(standing))
    if off := {edge.successor for edge in change.edges} - ground.new.keys():
        yield errors.EdgeNotOnMap.of(ground.names(off))
    provinces = {key for key in ended if ground.placed[key].place.parent is None}
    if orphaned := provinces - set(defaults):
        yield errors.ProvinceEndsWithoutSuccessor.of(ground.names(orphaned))


def _finished(ground: _Ground) -> ChangePlan:
    change, placed = ground.change, ground.placed
    steps, climbed = _steps(ground)
    divided = Counter(edge.predecessor for edge in change.edges)
    maps = _map_ids(ground)
    landing = Landing.objects.filter(map__in=maps.values()).order_by()
    owners = landing.values_list("unit__province_id", flat=True).distinct()
    return ChangePlan(
        change=change,
        titles={key: titled(at.place.kind, at.place.name) for key, at in placed.items()}
        | {key: unit.title for key, unit in ground.begins.items()},
        ids={key: at.id for key, at in placed.items()},
        old_maps=maps,
        old_map_of={key: at.map_id for key, at in placed.items()},
        locked=frozenset(maps) | frozenset(owner for owner in owners if owner),
        trees=trees_of(ground.new),
        steps=steps,
        by_default=tuple(key for key in steps if divided[key] > 1 and key not in climbed),
        to_parent=tuple(key for key in steps if key in climbed),
    )


def _steps(ground: _Ground) -> tuple[dict[str, str], set[str]]:
    """Who carries on each unit's figures, and the units without a successor of their own."""
    default = {edge.predecessor: edge.successor for edge in ground.change.edges if edge.is_default}
    steps, climbed = {}, set()
    for key in ground.placed:
        at = key
        while at not in ground.new and at not in default:
            at = ground.placed[at].place.parent or ""
            climbed.add(key)
        steps[key] = at if at in ground.new else default[at]
    return steps, climbed


def trees_of(new: Mapping[str, Place]) -> dict[str, dict[str, Place]]:
    """The new tree of each province, parents before children."""
    below: dict[str | None, list[str]] = {}
    for key, place in new.items():
        below.setdefault(place.parent, []).append(key)
    trees: dict[str, dict[str, Place]] = {}
    for province in below.get(None, []):
        tree, todo = trees.setdefault(province, {}), [province]
        for key in todo:
            tree[key] = new[key]
            todo += below.get(key, [])
    return trees
