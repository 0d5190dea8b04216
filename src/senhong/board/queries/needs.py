"""What asks for somebody: read from data, so that nobody has to look through a hundred rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from senhong.board.queries.tree import Spot
from senhong.plans.queries import PaceState, Progress

SILENT_DAYS = 7
SIGNS_OF_LIFE = ("activities", "citizen-turns", "organisations-helped")


@dataclass(frozen=True, kw_only=True)
class Needs:
    """Communes and targets that need support, worst first."""

    idle: Sequence[Spot] = ()  # have a team, but no activity in the period
    silent: Sequence[Spot] = ()  # were active in the period, but not in the last days
    teamless: Sequence[Spot] = ()
    late: Sequence[Progress] = field(default_factory=list)  # the unit's own targets

    def __bool__(self) -> bool:
        return bool(self.idle or self.silent or self.teamless or self.late)


def needs_among(
    communes: Sequence[Spot],
    teamed: frozenset[int],
    alive: Mapping[int, int],
    recent: Mapping[int, int],
) -> Needs:
    """Needs of communes. ``alive``, ``recent``: what was recorded in the period, in the last days.

    No query.
    """
    with_team = [spot for spot in communes if spot.id in teamed]
    return Needs(
        idle=[spot for spot in with_team if not alive.get(spot.id)],
        silent=[spot for spot in with_team if alive.get(spot.id) and not recent.get(spot.id)],
        teamless=[spot for spot in communes if spot.id not in teamed],
    )


def late_among(progress: Iterable[Progress]) -> list[Progress]:
    """Targets behind, or not begun although something was due; the furthest behind first."""
    late = [
        each
        for each in progress
        if not each.is_over
        and each.expected > 0
        and each.state in {PaceState.BEHIND, PaceState.NOT_BEGUN}
    ]
    return sorted(late, key=lambda each: each.share_percent - each.expected_percent)
