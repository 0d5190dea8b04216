"""The page of a team: what it did, what comes next, who is in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from senhong.activities.models import Activity
from senhong.activities.queries import team_figures
from senhong.board.queries.coming import coming_of
from senhong.board.queries.period import Period
from senhong.core.actor import Actor
from senhong.core.days import as_date
from senhong.ledger.models import Indicator
from senhong.ledger.queries import Versions, indicators, versions_of
from senhong.people.models import Team
from senhong.people.queries import members_of_team, waiting_number

COUNTED = ("sorties", "citizen-turns", "platform-turns", "volunteer-turns", "activities")


@dataclass(frozen=True, kw_only=True)
class TeamBoard:
    """Everything that the page of a team shows."""

    team: Team
    period: Period
    figures: list[tuple[Indicator, int]]  # none for a newcomer
    activities: Sequence[Activity]
    members: int | None  # None: not the reader's to know
    versions: Versions  # of what is counted
    waiting: int  # newcomers whom the reader may confirm


def team_board(actor: Actor, team: Team, period: Period) -> TeamBoard:
    """A team's figures in a period, its next activities, its members. At most eight queries."""
    counted = indicators(COUNTED) if actor.can("posting.view", at=team.path) else []
    known = team_figures(actor, team, counted, period.first, period.last) if counted else {}
    read = as_date(period.last)
    return TeamBoard(
        team=team,
        period=period,
        figures=[(each, known[each.code]) for each in counted],
        activities=coming_of(actor, read, team),
        members=(
            len(members_of_team(actor, team, period.last))
            if actor.can("member.view", at=team.path)
            else None
        ),
        versions=versions_of(counted),
        waiting=(waiting_number(actor, team) if actor.can("newcomer.confirm", at=team.path) else 0),
    )
