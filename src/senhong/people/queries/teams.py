from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from senhong.core.actor import Actor
from senhong.core.days import day_before
from senhong.core.errors import NotFound
from senhong.core.slices import beyond
from senhong.org.models import Landing, Level, Placement, Unit, UnitMap
from senhong.people.models import Team, TeamKind

T = TypeVar("T")
_MOST = 2000


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """Part of a list, and the id after which it goes on; None at its end."""

    items: Sequence[T]
    next: UUID | None


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One line of a list of teams."""

    team: Team  # with its unit
    members: int  # in it on the asked day


@dataclass(frozen=True, slots=True)
class Around:
    """The units above a unit, from the province down, and directly below it, by name."""

    above: list[Placement]
    below: list[Placement]
    parent: str  # what the unit hangs on, whoever may see it; "" for a province


def get_team(actor: Actor, id: UUID) -> Team:
    """The team with its unit, or NotFound when the actor may not see it. One query."""
    team = Team.objects.visible_to(actor).select_related("unit__province").filter(pk=id).first()
    if team is None:
        raise NotFound(what=_("tổ, đội hình này"))
    return team


def own_teams(actor: Actor, day: int) -> list[Team]:
    """The teams in which the person is that day, with their units, by name. One query."""
    if actor.user_id is None:
        return []
    found = Team.objects.standing(day).filter(
        memberships__member__user=actor.user_id,
        memberships__from_day__lte=day,
        memberships__to_day__gt=day,
    )
    return list(found.select_related("unit").order_by("search_key", "pk").distinct())


def teams_of(actor: Actor, unit: Unit, day: int) -> list[Team]:
    """The teams at and below the unit that day, with their units; its own first.

    Read on the map of the day: a team of a unit that has ended is where that unit landed.
    At most 2,000. One query.
    """
    found = Team.objects.visible_to(actor).standing(day).filter(unit__in=places(unit, day))
    teams = found.select_related("unit").order_by("unit__sort_key", "kind", "search_key", "pk")
    return sorted(teams[:_MOST], key=lambda team: team.unit_id != unit.pk)


def team_lines(actor: Actor, unit: Unit, day: int) -> list[TeamLine]:
    """The teams of the unit itself that day, with how many are in each; landed ones too.

    By type, then name; at most 2,000. One query.
    """
    found = _counted(Team.objects.visible_to(actor), day).filter(
        unit__in=places(unit, day, below=False)
    )
    return _lines(found.order_by("kind", "search_key", "pk")[:_MOST])


def team_slice(
    actor: Actor, day: int, *, at: Unit | None = None, after: UUID | None = None, limit: int = 50
) -> Slice[TeamLine]:
    """Teams that stand that day at and below the unit (None: anywhere), by unit. One query."""
    found = _counted(Team.objects.visible_to(actor), day)
    if at is not None:
        found = found.filter(unit__in=places(at, day))
    return _slice(found, after, limit)


def teams_below(
    actor: Actor, unit: Unit, day: int, *, after: UUID | None = None, limit: int = 50
) -> Slice[TeamLine]:
    """Teams that stand that day at the units below this one, by unit. One query."""
    found = _counted(Team.objects.visible_to(actor), day).filter(unit__in=places(unit, day))
    return _slice(found.exclude(unit__in=places(unit, day, below=False)), after, limit)


def standing_teams(level: Level, kinds: Collection[TeamKind]) -> QuerySet[Team]:
    """When teams of these types stood at units of this level: unit_id, from_day, to_day.

    A state indicator's rows, read by the ledger for figures that hold no personal data.
    """
    return Team.objects.filter(unit__level=level, kind__in=list(kinds))


def units_around(actor: Actor, unit: Unit, day: int) -> Around:
    """What is above and below the unit on the map of the day, as far as the actor may view.

    As they were called that day, with their units and parents. One query.
    """
    above = [int(id) for id in unit.path.split("/")[:-2]]
    found = Placement.objects.filter(
        Q(parent=unit) | Q(unit__in=[*above, unit.pk]),
        map__province=unit.province_id,
        map__from_day__lte=day,
        map__to_day__gt=day,
        unit__in=Unit.objects.visible_to(actor),
    )
    placements = list(found.select_related("unit", "parent").order_by("unit__sort_key", "unit"))
    parents = [p.parent.title for p in placements if p.unit_id == unit.pk and p.parent]
    return Around(
        above=sorted((p for p in placements if p.unit_id in above), key=lambda p: p.unit.path),
        below=[p for p in placements if p.parent_id == unit.pk],
        parent="".join(parents),
    )


def places(unit: Unit, day: int, *, below: bool = True) -> QuerySet[Landing, int]:
    """Ids of the units that land at the unit on the map of the day; or at one below it too."""
    of_day = UnitMap.objects.filter(
        province=unit.province_id, from_day__lte=day, to_day__gt=day
    ).values("pk")
    landings = Landing.objects.filter(map__in=of_day)
    if not below:
        landings = landings.filter(landed=unit)
    elif not unit.is_province:
        children = Placement.objects.filter(map__in=of_day, parent=unit).values("unit")
        under = Placement.objects.filter(map__in=of_day, parent__in=children).values("unit")
        landings = landings.filter(Q(landed=unit) | Q(landed__in=children) | Q(landed__in=under))
    return landings.values_list("unit_id", flat=True)


def _counted(teams: QuerySet[Team], day: int) -> QuerySet[Team]:
    """Those that stand that day, with their units, and ``present``: how many are in each."""
    in_it = Q(memberships__from_day__lte=day, memberships__to_day__gt=day)
    return (
        teams.filter(from_day__lte=day, to_day__gt=day)
        .select_related("unit")
        .annotate(present=Count("memberships", filter=in_it))
    )


def _lines(teams: QuerySet[Team]) -> list[TeamLine]:
    return [TeamLine(team, team.present) for team in teams]  # type: ignore[attr-defined]


def _slice(teams: QuerySet[Team], after: UUID | None, limit: int) -> Slice[TeamLine]:
    """The next teams by unit and id. The unit's key sorts digits, so both databases agree."""
    if after is not None:
        teams = teams.filter(beyond(Team.objects.all(), after, "unit__sort_key"))
    lines = _lines(teams.order_by("unit__sort_key", "pk")[: limit + 1])
    return Slice(lines[:limit], lines[limit - 1].team.pk if len(lines) > limit else None)


def last_places(unit: Unit, day: int) -> QuerySet[Landing, int]:
    """``places`` of the unit itself that day; of one that had ended by then, on its last day."""
    return places(unit, min(day, day_before(unit.to_day)), below=False)
