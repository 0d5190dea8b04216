"""Who takes part, in which teams; questions of other apps answered for our tables."""

from senhong.people.queries.grants import home_unit, membership_grants
from senhong.people.queries.heirs import members_hanging, teams_hanging
from senhong.people.queries.members import (
    get_member,
    get_membership,
    joinable,
    member_slice,
    members_of_team,
    members_of_unit,
    memberships_of,
    suggested_username,
)
from senhong.people.queries.roles import get_partner, get_role_grant, partners_at, roles_at
from senhong.people.queries.teams import (
    Around,
    Slice,
    TeamLine,
    get_team,
    own_teams,
    standing_teams,
    team_lines,
    team_slice,
    teams_below,
    teams_of,
    units_around,
)

__all__ = [
    "Around",
    "Slice",
    "TeamLine",
    "get_member",
    "get_membership",
    "get_partner",
    "get_role_grant",
    "get_team",
    "home_unit",
    "joinable",
    "member_slice",
    "members_hanging",
    "members_of_team",
    "members_of_unit",
    "membership_grants",
    "memberships_of",
    "own_teams",
    "partners_at",
    "roles_at",
    "standing_teams",
    "suggested_username",
    "team_lines",
    "team_slice",
    "teams_below",
    "teams_hanging",
    "teams_of",
    "units_around",
]
