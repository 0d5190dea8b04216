"""Members take part; teams form and disband; who is in which team, since when."""

from senhong.people.services.accounts import (
    NewAccount,
    close_account,
    link_account,
    open_account,
    open_role_account,
    reopen_account,
    reset_holder_password,
    reset_member_password,
)
from senhong.people.services.members import (
    add_member,
    change_member,
    leave_movement,
    rejoin_movement,
)
from senhong.people.services.teams import (
    JoinFacts,
    TeamFacts,
    change_team,
    disband_team,
    form_team,
    join_team,
    leave_team,
)

__all__ = [
    "JoinFacts",
    "NewAccount",
    "TeamFacts",
    "add_member",
    "change_member",
    "change_team",
    "close_account",
    "disband_team",
    "form_team",
    "join_team",
    "leave_movement",
    "leave_team",
    "link_account",
    "open_account",
    "open_role_account",
    "rejoin_movement",
    "reopen_account",
    "reset_holder_password",
    "reset_member_password",
]
