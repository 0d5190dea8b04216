"""The only code that changes units, maps, roles and the installation."""

from senhong.org.changes import Alteration, Change, ChangePlan, Edge, NewUnit
from senhong.org.services.boundaries import keep_boundaries
from senhong.org.services.clusters import ClusterDrawn, draw_clusters
from senhong.org.services.founding import found_installation, found_units, start_installation
from senhong.org.services.importing import import_units, want_units
from senhong.org.services.partners import (
    add_partner,
    change_partner,
    end_partner,
    hand_on_partner,
)
from senhong.org.services.preparing import (
    confirm_change,
    confirm_undo,
    discard_change,
    draft_change,
    propose_change,
    propose_undo,
    refuse_change,
    reopen_change,
    run_again,
    write_change,
)
from senhong.org.services.restructuring import restructure
from senhong.org.services.roles import grant_role, hand_on_roles, withdraw_role
from senhong.org.services.running import run_changes
from senhong.org.services.settling import settle_units
from senhong.org.services.undoing import undo_restructure

__all__ = [
    "Alteration",
    "Change",
    "ChangePlan",
    "ClusterDrawn",
    "Edge",
    "NewUnit",
    "add_partner",
    "change_partner",
    "confirm_change",
    "confirm_undo",
    "discard_change",
    "draft_change",
    "draw_clusters",
    "end_partner",
    "found_installation",
    "found_units",
    "grant_role",
    "hand_on_partner",
    "hand_on_roles",
    "import_units",
    "keep_boundaries",
    "propose_change",
    "propose_undo",
    "refuse_change",
    "reopen_change",
    "restructure",
    "run_again",
    "run_changes",
    "settle_units",
    "start_installation",
    "undo_restructure",
    "want_units",
    "withdraw_role",
    "write_change",
]
