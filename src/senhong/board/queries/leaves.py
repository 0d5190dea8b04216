"""The communes below a unit: their teams, what they did, and since when they are silent."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from senhong.board.queries.needs import SIGNS_OF_LIFE, SILENT_DAYS
from senhong.board.queries.period import Period
from senhong.board.queries.tree import DayTree, Spot
from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day
from senhong.ledger.models import Indicator
from senhong.ledger.queries import Ask, figures_for
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
    alive: int  # signs of life in the period
    recent: int  # and in the last days
    figures: dict[str, int]


def leaves_of(
    actor: Actor, unit: Unit, tree: DayTree, period: Period, counted: Sequence[Indicator]
) -> list[Leaf]:
    """The communes below a unit by name, with figures of the period. At most four queries.

    counted  what is shown of each, and the signs of life.
    """
    communes = tree.communes(unit.pk)
    teams = teams_by_spot(tree, teams_of(actor, unit, period.last))
    asks = life_asks(communes, [e for e in counted if e.code in SIGNS_OF_LIFE], period)
    wanted = [period.ask(spot.unit, each) for spot in communes for each in counted]
    known = figures_for(actor, [*asks.alive, *asks.recent, *wanted])
    alive, recent = asks.summed(known)
    return [
        Leaf(
            spot,
            tree.spots[spot.parent_id].title if spot.parent_id else "",
            teams[spot.id],
            alive[spot.id],
            recent[spot.id],
            {each.code: known.get(period.ask(spot.unit, each), 0) for each in counted},
        )
        for spot in communes
    ]


@dataclass(frozen=True, slots=True)
class LifeAsks:
    """What is asked to find out where nothing happens."""

    alive: list[Ask]
    recent: list[Ask]

    def summed(self, known: dict[Ask, int]) -> tuple[Counter[int], Counter[int]]:
        """For each unit: everything in the period, and in the last days."""
        alive: Counter[int] = Counter()
        recent: Counter[int] = Counter()
        for ask in self.alive:
            alive[ask.unit.pk] += known.get(ask, 0)
        for ask in self.recent:
            recent[ask.unit.pk] += known.get(ask, 0)
        return alive, recent


def life_asks(communes: Sequence[Spot], signs: Sequence[Indicator], period: Period) -> LifeAsks:
    since = as_day(as_date(period.last) - timedelta(days=SILENT_DAYS - 1))
    return LifeAsks(
        [period.ask(spot.unit, sign) for spot in communes for sign in signs],
        [period.ask(spot.unit, sign, since) for spot in communes for sign in signs],
    )


def teams_by_spot(tree: DayTree, teams: Sequence[Team]) -> Counter[int]:
    """How many teams each unit of the tree has; those of ended units where they landed.

    No query, or one when a team's unit has ended.
    """
    has_ended = any(team.unit_id not in tree.spots for team in teams)
    landed = landing_on(tree.map) if has_ended else {}
    return Counter(landed.get(team.unit_id, team.unit_id) for team in teams)
