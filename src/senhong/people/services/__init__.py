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
from senhong.people.services.importing import import_members
from senhong.people.services.members import MemberFacts, add_member, change_member
from senhong.people.services.merging import merge_members
from senhong.people.services.stays import leave_movement, rejoin_movement, transfer_member
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
    "MemberFacts",
    "NewAccount",
    "TeamFacts",
    "add_member",
    "change_member",
    "change_team",
    "close_account",
    "disband_team",
    "form_team",
    "import_members",
    "join_team",
    "leave_movement",
    "leave_team",
    "link_account",
    "merge_members",
    "open_account",
    "open_role_account",
    "rejoin_movement",
    "reopen_account",
    "reset_holder_password",
    "reset_member_password",
    "transfer_member",
]
