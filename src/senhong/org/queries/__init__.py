"""Which units stand, where they land, what a change would do, and who may do what where."""

from senhong.org.queries.grants import GRANT_SOURCES, SYSTEM, GrantRow, actor_of
from senhong.org.queries.maps import (
    children_on,
    landed_unit,
    landing_on,
    map_of,
    placements_on,
    shown_day,
    shown_period,
    standing_note,
)
from senhong.org.queries.names import names_among, told_apart, unit_names, within
from senhong.org.queries.pending import Pending, pending_units
from senhong.org.queries.plan import HEIRS, plan_of, planned_change
from senhong.org.queries.roles import roles_given_by
from senhong.org.queries.search import UnitFound, search_units
from senhong.org.queries.units import (
    came_from,
    get_installation,
    get_unit,
    predecessors_of,
    require_not_founded,
    standing_provinces,
    successors_of,
    unit_places,
    went_to,
)

__all__ = [
    "GRANT_SOURCES",
    "HEIRS",
    "SYSTEM",
    "GrantRow",
    "Pending",
    "UnitFound",
    "actor_of",
    "came_from",
    "children_on",
    "get_installation",
    "get_unit",
    "landed_unit",
    "landing_on",
    "map_of",
    "names_among",
    "pending_units",
    "placements_on",
    "plan_of",
    "planned_change",
    "predecessors_of",
    "require_not_founded",
    "roles_given_by",
    "search_units",
    "shown_day",
    "shown_period",
    "standing_note",
    "standing_provinces",
    "successors_of",
    "told_apart",
    "unit_names",
    "unit_places",
    "went_to",
    "within",
]
