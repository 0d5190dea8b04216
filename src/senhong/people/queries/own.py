"""Where a person stands herself: in her teams, or waiting for them."""

from dataclasses import dataclass
from enum import StrEnum

from senhong.core.actor import Actor
from senhong.people.models import Membership, Newcomer, Team


class Standing(StrEnum):
    """What somebody is in a team."""

    LEADER = "leader"
    MEMBER = "member"
    NEWCOMER = "newcomer"


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A team, with its unit, and what the person is in it."""

    team: Team
    standing: Standing


def own_places(actor: Actor, day: int) -> list[OwnPlace]:
    """The teams in which the person is that day, then those for which she waits; by name.

    Two queries.
    """
    if actor.user_id is None:
        return []
    held = Membership.objects.standing(day).filter(
        member__user=actor.user_id, team__from_day__lte=day, team__to_day__gt=day
    )
    waits = Newcomer.objects.waiting().filter(user=actor.user_id, team__to_day__gt=day)
    places = [
        OwnPlace(place.team, Standing(place.role))
        for place in held.select_related("team__unit").order_by("team__search_key", "pk")
    ]
    inside = {place.team.pk for place in places}
    return places + [
        OwnPlace(waiting.team, Standing.NEWCOMER)
        for waiting in waits.select_related("team__unit").order_by("team__search_key", "pk")
        if waiting.team_id not in inside
    ]
