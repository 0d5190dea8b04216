from senhong.people.views.accounts import (
    close_account,
    open_account,
    reopen_account,
    reset_password,
)
from senhong.people.views.members import add_member, edit_member, end_member, member, return_member
from senhong.people.views.partners import end as end_partner
from senhong.people.views.partners import partners
from senhong.people.views.roles import reset_holder, roles
from senhong.people.views.roles import withdraw as withdraw_role
from senhong.people.views.teams import (
    add_team,
    disband_team,
    edit_team,
    join_team,
    leave_team,
    team,
)
from senhong.people.views.units import members, teams

__all__ = [
    "add_member",
    "add_team",
    "close_account",
    "disband_team",
    "edit_member",
    "edit_team",
    "end_member",
    "end_partner",
    "join_team",
    "leave_team",
    "member",
    "members",
    "open_account",
    "partners",
    "reopen_account",
    "reset_holder",
    "reset_password",
    "return_member",
    "roles",
    "team",
    "teams",
    "withdraw_role",
]
