"""Members take part; teams form and disband; who is in which team, since when."""

from senhong.people.services.accounts import (
    NewAccount,
    close_account,
    link_account,
    name_account,
    open_account,
    open_role_account,
    reopen_account,
    reset_holder_password,
    reset_member_password,
)
from senhong.people.services.devices import give_link, sign_out_device
from senhong.people.services.importing import import_members
from senhong.people.services.joining import (
    Asking,
    ask_to_join,
    confirm_newcomers,
    end_join_code,
    forget_phones,
    make_join_code,
    refuse_newcomers,
)
from senhong.people.services.members import MemberFacts, add_member, change_member
from senhong.people.services.merging import merge_members, unite_accounts
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
    "Asking",
    "JoinFacts",
    "MemberFacts",
    "NewAccount",
    "TeamFacts",
    "add_member",
    "ask_to_join",
    "change_member",
    "change_team",
    "close_account",
    "confirm_newcomers",
    "disband_team",
    "end_join_code",
    "forget_phones",
    "form_team",
    "give_link",
    "import_members",
    "join_team",
    "leave_movement",
    "leave_team",
    "link_account",
    "make_join_code",
    "merge_members",
    "name_account",
    "open_account",
    "open_role_account",
    "refuse_newcomers",
    "rejoin_movement",
    "reopen_account",
    "reset_holder_password",
    "reset_member_password",
    "sign_out_device",
    "transfer_member",
    "unite_accounts",
]
