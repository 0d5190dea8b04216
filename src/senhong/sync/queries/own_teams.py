"""The teams in which a person is today, and who else is in them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.people.models import Member, Membership, MembershipRole, Team


@dataclass(frozen=True, slots=True)
class Place:
    """A person's place in a team."""

    team: Team  # with its unit
    role: str  # leader, member, newcomer
    member: UUID | None

    @property
    def unit(self) -> str:
        return self.team.unit.title

    @property
    def may_lead(self) -> bool:
        return self.role == MembershipRole.LEADER


def places_of(actor: Actor) -> list[Place]:
    """Her teams of today, by name. One query."""
    day = as_day(clock.today())
    found = Membership.objects.standing(day).filter(member__user=actor.user_id)
    found = found.filter(team__from_day__lte=day, team__to_day__gt=day).select_related("team__unit")
    rows = found.order_by("team__search_key", "team_id")
    return [Place(row.team, row.role, row.member_id) for row in rows] if actor.user_id else []


def teammates(teams: Collection[UUID]) -> dict[UUID, list[Member]]:
    """The members of these teams today, by given name. One query."""
    rows = Membership.objects.standing(as_day(clock.today())).filter(team__in=teams)
    found: defaultdict[UUID, list[Member]] = defaultdict(list)
    for row in rows.select_related("member").order_by("member__sort_key", "pk"):
        found[row.team_id].append(row.member)
    return found


def leaders(teams: Collection[UUID]) -> dict[UUID, str]:
    """The name of a leader of each of these teams today. One query."""
    rows = Membership.objects.standing(as_day(clock.today())).filter(
        team__in=teams, role=MembershipRole.LEADER
    )
    named = rows.select_related("member").order_by("-from_day", "pk")
    return {row.team_id: row.member.full_name for row in named}
