from senhong.org.views.changes import (
    act,
    add_step,
    change_sheet,
    discard_map_change,
    edit_map_change,
    map_change,
    map_changes,
    new_map_change,
    read_sheet,
    refuse_map_change,
    remove_step,
)
from senhong.org.views.clusters import clusters, draw_clusters
from senhong.org.views.start import start, start_units
from senhong.org.views.units import history, search

__all__ = [
    "act",
    "add_step",
    "change_sheet",
    "clusters",
    "discard_map_change",
    "draw_clusters",
    "edit_map_change",
    "history",
    "map_change",
    "map_changes",
    "new_map_change",
    "read_sheet",
    "refuse_map_change",
    "remove_step",
    "search",
    "start",
    "start_units",
]
