from collections.abc import Iterable

from senhong.core.actor import Actor
from senhong.core.rows import run, stored_uuid
from senhong.org.models import Unit
from senhong.org.queries import GrantRow
from senhong.people.models import (
    NEWCOMER_UNIT_VERBS,
    NEWCOMER_VERBS,
    TEAM_UNIT_VERBS,
    TEAM_VERBS,
    MembershipRole,
    NewcomerState,
)

_WAITING = NewcomerState.WAITING.value  # in place of a role, for who is not in the team yet


def membership_grants(user_id: int, today: int) -> Iterable[GrantRow]:
    """What the person may do as a member of her teams, or while she waits for one. One query."""
    held = run(  # plain SQL, because it runs for every request that asks who acts
        """SELECT p.role, p.team_id, t.unit_id FROM people_member m
        JOIN people_membership p ON p.member_id = m.id JOIN people_team t ON t.id = p.team_id
        WHERE m.user_id = %s AND p.from_day <= %s AND p.to_day > %s
        AND t.from_day <= %s AND t.to_day > %s
        UNION ALL
        SELECT n.state, n.team_id, t.unit_id FROM people_newcomer n
        JOIN people_team t ON t.id = n.team_id
        WHERE n.user_id = %s AND n.state = %s AND t.from_day <= %s AND t.to_day > %s""",
        [user_id, today, today, today, today, user_id, _WAITING, today, today],
    )
    for role, team_id, unit_id in held:
        below = f"t{stored_uuid(team_id)}/"
        if role == _WAITING:
            yield NEWCOMER_VERBS, unit_id, below
            yield NEWCOMER_UNIT_VERBS, unit_id, ""
        else:
            yield TEAM_VERBS[MembershipRole(role)], unit_id, below
            yield TEAM_UNIT_VERBS, unit_id, ""


def home_unit(actor: Actor, day: int) -> Unit | None:
    """The highest unit of that day's map that the actor may view; None without any. One query."""
    mine = Unit.objects.visible_to(actor).standing(day).select_related("province")
    # As words the levels stand in this order too: province, district, commune, branch.
    return mine.order_by("-level", "sort_key").first()
