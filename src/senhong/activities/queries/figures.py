"""What a team did, as sums of postings."""

from collections.abc import Sequence

from senhong.activities.counting import VOLUNTEER_TURNS
from senhong.activities.queries.closing import nth_closing_id
from senhong.core.actor import Actor
from senhong.core.rows import Row, rows_of, run, sql_uuid, stored_uuid
from senhong.ledger.models import Indicator
from senhong.people.models import Team

# Wherever the team's unit landed, its postings of the days: those of help that the team gave,
# and those of activities, of which some are its own.
_POSTINGS = """
SELECT i.code, p.id, p.reverses, p.quantity, p.source_kind, a.id, a.lead_team_id, a.closings
FROM (SELECT DISTINCT m.province_id, l.landed_id FROM org_landing l
      JOIN org_unitmap m ON m.id = l.map_id WHERE l.unit_id = %s) place
CROSS JOIN {indicators}
JOIN ledger_indicator i ON i.id = w.id
JOIN ledger_posting p ON p.province_id = place.province_id AND p.unit_id = place.landed_id
    AND p.indicator_id = w.id AND p.day BETWEEN %s AND %s
LEFT JOIN activities_help h ON p.source_kind = 'help' AND h.id = p.source_id AND h.team_id = %s
LEFT JOIN activities_activity a ON p.source_kind = 'activity' AND a.id = p.source_id
WHERE h.id IS NOT NULL OR a.id IS NOT NULL
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
    sql = _POSTINGS.format(indicators=source)
    for row in run(sql, [team.unit_id, *params, first, last, sql_uuid(team.pk)]):
        if row[4] == "help" or _is_of(team, row):
            sums[row[0]] += row[3]
    return sums


def _is_of(team: Team, row: Row) -> bool:
    """Whether an activity's posting is the team's: it led, or its members were present."""
    code, id, reverses, _quantity, _kind, activity, lead, closings = row
    if code != VOLUNTEER_TURNS:
        return stored_uuid(lead) == team.pk
    activity_id, posting = stored_uuid(activity), stored_uuid(reverses or id)
    return any(
        posting == nth_closing_id(activity_id, closing, VOLUNTEER_TURNS, team.pk)
        for closing in range(1, closings + 1)
    )
