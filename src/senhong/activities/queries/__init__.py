"""What happened in activities, and what hangs on them."""

from senhong.activities.queries.activities import (
    ActivitySlice,
    Wanted,
    When,
    activities_of,
    activity_figures,
    get_activity,
    next_activities,
)
from senhong.activities.queries.attendance import Roll, attendances_of, roll_of
from senhong.activities.queries.figures import team_figures
from senhong.activities.queries.heirs import planned_of_units
from senhong.activities.queries.helps import (
    Doorstep,
    HelpLine,
    HelpSlice,
    activities_seen,
    doorstep,
    get_help,
    helps_of,
    helps_seen,
    may_correct,
)

__all__ = [
    "ActivitySlice",
    "Doorstep",
    "HelpLine",
    "HelpSlice",
    "Roll",
    "Wanted",
    "When",
    "activities_of",
    "activities_seen",
    "activity_figures",
    "attendances_of",
    "doorstep",
    "get_activity",
    "get_help",
    "helps_of",
    "helps_seen",
    "may_correct",
    "next_activities",
    "planned_of_units",
    "roll_of",
    "team_figures",
]
