"""What a team did, as sums of postings."""

from collections.abc import Sequence
from uuid import UUID

from senhong.activities.counting import VOLUNTEER_TURNS
from senhong.activities.queries.closing import nth_closing_id
from senhong.core.actor import Actor
from senhong.core.rows import rows_of, run, sql_uuid, stored_uuid
from senhong.ledger.models import Indicator
from senhong.people.models import Team

# Wherever the team's unit landed, the sums of its postings of the days: those of help that the
# team gave, and those of activities that it led. Whose turns of volunteers are only the id of a
# posting tells, so those of each activity come apart, with that id.
_SUMS = """
SELECT i.code, SUM(p.quantity),
       CASE WHEN i.code = '{turns}' THEN COALESCE(p.reverses, p.id) END,
       CASE WHEN i.code = '{turns}' THEN a.id END,
       CASE WHEN i.code = '{turns}' THEN a.closings END
FROM (SELECT DISTINCT m.province_id, l.landed_id FROM org_landing l
      JOIN org_unitmap m ON m.id = l.map_id WHERE l.unit_id = %s) place
CROSS JOIN {indicators}
JOIN ledger_indicator i ON i.id = w.id
JOIN ledger_posting p ON p.province_id = place.province_id AND p.unit_id = place.landed_id
    AND p.indicator_id = w.id AND p.day BETWEEN %s AND %s
LEFT JOIN activities_help h ON p.source_kind = 'help' AND h.id = p.source_id AND h.team_id = %s
LEFT JOIN activities_activity a ON p.source_kind = 'activity' AND a.id = p.source_id
    AND (i.code = '{turns}' OR a.lead_team_id = %s)
WHERE h.id IS NOT NULL OR a.id IS NOT NULL
GROUP BY 1, 3, 4, 5
"""


def team_figures(
    actor: Actor, team: Team, indicators: Sequence[Indicator], first: int, last: int
) -> dict[str, int]:
    """What the team's helps, activities and members count from day to day, by indicator.

    Both ends are included; every asked indicator is there. State indicators and those that no
    activity moves are 0. Raises Forbidden. One query.
    """
    actor.require("posting.view", at=team.path)
    sums = {indicator.code: 0 for indicator in indicators}
    source, params = rows_of("w", {"id": "int"}, [(one.pk,) for one in indicators])
    sql = _SUMS.format(indicators=source, turns=VOLUNTEER_TURNS)
    id = sql_uuid(team.pk)
    for code, quantity, *turns in run(sql, [team.unit_id, *params, first, last, id, id]):
        if code != VOLUNTEER_TURNS or _were_with(team, *turns):
            sums[code] += int(quantity)
    return sums


def _were_with(team: Team, posting: UUID | str, activity: UUID | str, closings: int) -> bool:
    """Whether a posting of volunteers counts those who were present with the team."""
    activity_id, id = stored_uuid(activity), stored_uuid(posting)
    return any(
        id == nth_closing_id(activity_id, closing, VOLUNTEER_TURNS, team.pk)
        for closing in range(1, closings + 1)
    )
