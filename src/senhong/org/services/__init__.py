"""The only code that changes units, maps, roles and the installation."""

from senhong.org.changes import Alteration, Change, ChangePlan, Edge, NewUnit
from senhong.org.services.founding import found_installation, found_units, start_installation
from senhong.org.services.importing import import_units, want_units
from senhong.org.services.restructuring import restructure
from senhong.org.services.roles import add_partner, end_partner, grant_role, withdraw_role

__all__ = [
    "Alteration",
    "Change",
    "ChangePlan",
    "Edge",
    "NewUnit",
    "add_partner",
    "end_partner",
    "found_installation",
    "found_units",
    "grant_role",
    "import_units",
    "restructure",
    "start_installation",
    "want_units",
    "withdraw_role",
]
