"""What an activity can be made of: for forms, and for what a client names by id."""

from collections.abc import Collection
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from senhong.activities.models import Activity
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.org.models import Landing, Partner, Placement, Unit
from senhong.people.models import Member, Team

MOST_TEAMS = 500


def teams_to_act_for(actor: Actor, verb: str, day: int) -> list[Team]:
    """The teams standing that day for which the actor may do ``verb``, with their units, by unit.

    At most 500. One query.
    """
    teams = Team.objects.standing(day).where(actor, verb).select_related("unit__province")
    return list(teams.order_by("unit__sort_key", "search_key", "pk")[:MOST_TEAMS])


def recording_teams(actor: Actor, activity: Activity) -> list[Team]:
    """The activity's teams for which the actor may record or propose help. No query: they are
    loaded."""
    teams = [activity.lead_team, *activity.teams.all()]
    verbs = ("help.record", "help.propose")
    return [team for team in teams if any(actor.can(verb, at=team.path) for verb in verbs)]


def teams_beside(actor: Actor, lead: Team, day: int) -> list[Team]:
    """Other teams of the lead team's province on that day that the actor may see. One query."""
    today = Landing.objects.filter(unit=lead.unit_id, map__from_day__lte=day, map__to_day__gt=day)
    near = Landing.objects.filter(map__in=today.values("map")).values("unit")
    teams = Team.objects.visible_to(actor).standing(day).filter(unit__in=near)
    teams = teams.exclude(pk=lead.pk).select_related("unit")
    return list(teams.order_by("unit__sort_key", "search_key", "pk")[:MOST_TEAMS])


def teams_by_id(actor: Actor, ids: Collection[UUID]) -> list[Team]:
    """Teams that the actor may see, with their units, or NotFound if one is not. One query."""
    return _all_of(
        ids, Team.objects.visible_to(actor).filter(pk__in=ids).select_related("unit"), _("tổ này")
    )


def members_by_id(ids: Collection[UUID]) -> list[Member]:
    """Members, or NotFound if one is not there. One query.

    It does not ask who asks: only whoever belongs to the named team can be marked present.
    """
    return _all_of(ids, Member.objects.filter(pk__in=ids), _("thành viên này"))


def partners_by_id(actor: Actor, ids: Collection[UUID]) -> list[Partner]:
    """Partners that the actor may see, or NotFound if one is not. One query."""
    found = Partner.objects.filter(pk__in=ids, unit__in=Unit.objects.visible_to(actor))
    return _all_of(ids, found, _("đối tác này"))


def partners_of(actor: Actor, team: Team, day: int) -> list[Partner]:
    """The partners of that day that the actor may see, of the team's province. One query."""
    found = Partner.objects.filter(
        unit__province=team.unit.province_id,
        unit__in=Unit.objects.visible_to(actor),
        from_day__lte=day,
        to_day__gt=day,
    )
    return list(found.order_by("name", "pk"))


def places_for(team: Team, day: int) -> list[Placement]:
    """The units of that day's map where the team may be active, its own first. One query."""
    home = Landing.objects.filter(unit=team.unit_id, map__from_day__lte=day, map__to_day__gt=day)
    placements = Placement.objects.filter(map__in=home.values("map")).select_related(
        "unit", "parent"
    )
    own = set(home.values_list("landed_id", flat=True))
    ordered = placements.order_by("unit__sort_key", "unit_id")
    return sorted(ordered, key=lambda placement: placement.unit_id not in own)


Found = TypeVar("Found", Team, Member, Partner)


def _all_of(ids: Collection[UUID], rows: QuerySet[Found], what: str | Promise) -> list[Found]:
    found = list(rows)
    if {row.pk for row in found} != set(ids):
        raise NotFound(what=what)
    return found
