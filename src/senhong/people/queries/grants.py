from collections.abc import Iterable
from uuid import UUID

from senhong.core.actor import Actor
from senhong.org.models import Unit
from senhong.org.queries import GrantSource
from senhong.people.models import (
    NEWCOMER_UNIT_VERBS,
    NEWCOMER_VERBS,
    TEAM_UNIT_VERBS,
    TEAM_VERBS,
    MembershipRole,
)


def _as_member(role: str, team_id: UUID | None) -> Iterable[tuple[Iterable[str], str]]:
    """What somebody may do as a member of a team."""
    yield TEAM_VERBS[MembershipRole(role)], f"t{team_id}/"
    yield TEAM_UNIT_VERBS, ""


def _as_newcomer(_state: str, team_id: UUID | None) -> Iterable[tuple[Iterable[str], str]]:
    """What somebody may do who waits for a team."""
    yield NEWCOMER_VERBS, f"t{team_id}/"
    yield NEWCOMER_UNIT_VERBS, ""


MEMBERSHIP_GRANTS = GrantSource(
    """SELECT p.role, t.unit_id, p.team_id FROM people_member m
    JOIN people_membership p ON p.member_id = m.id JOIN people_team t ON t.id = p.team_id
    WHERE m.user_id = %(user)s AND p.from_day <= %(today)s AND p.to_day > %(today)s
    AND t.from_day <= %(today)s AND t.to_day > %(today)s""",
    _as_member,
)
NEWCOMER_GRANTS = GrantSource(
    """SELECT n.state, t.unit_id, n.team_id FROM people_newcomer n
    JOIN people_team t ON t.id = n.team_id
    WHERE n.user_id = %(user)s AND n.state = 'waiting'
    AND t.from_day <= %(today)s AND t.to_day > %(today)s""",
    _as_newcomer,
)


def home_unit(actor: Actor, day: int) -> Unit | None:
    """The highest unit of that day's map that the actor may view; None without any. One query."""
    mine = Unit.objects.visible_to(actor).standing(day).select_related("province")
    # As words the levels stand in this order too: province, district, commune, branch.
    return mine.order_by("-level", "sort_key").first()
