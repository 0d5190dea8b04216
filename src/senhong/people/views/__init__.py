from senhong.people.views.accounts import (
    close_account,
    name_account,
    open_account,
    reopen_account,
    reset_password,
    unite_account,
)
from senhong.people.views.devices import devices, give_link, sign_out
from senhong.people.views.joining import hand_over, join, open_field, type_word
from senhong.people.views.lists import confirm_list, export_list, import_list
from senhong.people.views.members import (
    add_member,
    edit_member,
    end_member,
    member,
    move_member,
    return_member,
)
from senhong.people.views.merging import doubles, merge
from senhong.people.views.newcomers import decide, end_code, join_code, newcomers
from senhong.people.views.partners import edit as edit_partner
from senhong.people.views.partners import end as end_partner
from senhong.people.views.partners import hand_on as hand_on_partner
from senhong.people.views.partners import partner, partners
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
    "confirm_list",
    "decide",
    "devices",
    "disband_team",
    "doubles",
    "edit_member",
    "edit_partner",
    "edit_team",
    "end_code",
    "end_member",
    "end_partner",
    "export_list",
    "give_link",
    "hand_on_partner",
    "hand_over",
    "import_list",
    "join",
    "join_code",
    "join_team",
    "leave_team",
    "member",
    "members",
    "merge",
    "move_member",
    "name_account",
    "newcomers",
    "open_account",
    "open_field",
    "partner",
    "partners",
    "reopen_account",
    "reset_holder",
    "reset_password",
    "return_member",
    "roles",
    "sign_out",
    "team",
    "teams",
    "type_word",
    "unite_account",
    "withdraw_role",
]
