"""The communes below a unit: their teams, what they did, and since when they are silent."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from senhong.board.queries.needs import SIGNS_OF_LIFE, since_when
from senhong.board.queries.period import Period
from senhong.board.queries.tree import DayTree, Spot
from senhong.core.actor import Actor
from senhong.ledger.models import Indicator
from senhong.ledger.queries import figures_for, last_days
from senhong.org.models import Unit
from senhong.org.queries import landing_on
from senhong.people.models import Team
from senhong.people.queries import teams_of


@dataclass(frozen=True, slots=True)
class Leaf:
    """A commune, its number of teams, and what was recorded there."""

    spot: Spot
    above: str  # title of its parent
    teams: int
    last: int | None  # day of its last sign of life
    figures: dict[str, int]


def leaves_of(
    actor: Actor, unit: Unit, tree: DayTree, period: Period, counted: Sequence[Indicator]
) -> list[Leaf]:
    """The communes below a unit by name, with figures of the period. At most six queries.

    counted  what is shown of each, and the signs of life.
    """
    communes = tree.communes(unit.pk)
    teams = teams_by_spot(tree, teams_of(actor, unit, period.last))
    signs = [each for each in counted if each.code in SIGNS_OF_LIFE]
    last = last_signs(actor, communes, signs, period)
    wanted = [period.ask(spot.unit, each) for spot in communes for each in counted]
    known = figures_for(actor, wanted)
    return [
        Leaf(
            spot,
            tree.spots[spot.parent_id].title if spot.parent_id else "",
            teams[spot.id],
            last.get(spot.id),
            {each.code: known.get(period.ask(spot.unit, each), 0) for each in counted},
        )
        for spot in communes
    ]


def last_signs(
    actor: Actor, communes: Sequence[Spot], signs: Sequence[Indicator], period: Period
) -> dict[int, int]:
    """The day up to the period's last on which something was last counted in each, by unit id.

    Without those where nothing was for a year, nor in the period. Two queries.
    """
    first = since_when(period)
    asks = [period.ask(spot.unit, sign, first) for spot in communes for sign in signs]
    found: dict[int, int] = {}
    for ask, day in last_days(actor, asks).items():
        found[ask.unit.pk] = max(day, found.get(ask.unit.pk, 0))
    return found


def team_places(tree: DayTree, teams: Sequence[Team]) -> dict[UUID, int]:
    """At which unit of the tree each team is: its own, or where that landed.

    No query, or one when a team's unit has ended.
    """
    has_ended = any(team.unit_id not in tree.spots for team in teams)
    landed = landing_on(tree.map) if has_ended else {}
    return {team.pk: landed.get(team.unit_id, team.unit_id) for team in teams}


def teams_by_spot(tree: DayTree, teams: Sequence[Team]) -> Counter[int]:
    """How many teams each unit of the tree has; queries as ``team_places``."""
    return Counter(team_places(tree, teams).values())
