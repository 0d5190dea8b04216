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
from senhong.activities.queries.choices import (
    members_by_id,
    partners_by_id,
    partners_of,
    places_for,
    recording_teams,
    teams_beside,
    teams_by_id,
    teams_to_act_for,
)
from senhong.activities.queries.evidence import get_photo
from senhong.activities.queries.figures import team_figures
from senhong.activities.queries.flags import Flag, photos_of
from senhong.activities.queries.heirs import attendances_hanging, planned_of_units
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
from senhong.activities.queries.lately import last_active
from senhong.activities.queries.partners import activities_of_partners, parts_in
from senhong.activities.queries.returned import returned_of
from senhong.activities.queries.reviewing import (
    MOST_SHOWN,
    Review,
    ReviewAsked,
    ReviewLine,
    Which,
    records_wait,
    review_lines,
    review_of,
    reviewed_by_id,
    waiting_in,
    waiting_number,
)
from senhong.activities.queries.rules import CountingSeen, counting_note, counting_seen

__all__ = [
    "MOST_SHOWN",
    "ActivitySlice",
    "CountingSeen",
    "Doorstep",
    "Flag",
    "HelpLine",
    "HelpSlice",
    "Review",
    "ReviewAsked",
    "ReviewLine",
    "Roll",
    "Wanted",
    "When",
    "Which",
    "activities_of",
    "activities_of_partners",
    "activities_seen",
    "activity_figures",
    "attendances_hanging",
    "attendances_of",
    "counting_note",
    "counting_seen",
    "doorstep",
    "get_activity",
    "get_help",
    "get_photo",
    "helps_of",
    "helps_seen",
    "last_active",
    "may_correct",
    "members_by_id",
    "next_activities",
    "partners_by_id",
    "partners_of",
    "parts_in",
    "photos_of",
    "places_for",
    "planned_of_units",
    "recording_teams",
    "records_wait",
    "returned_of",
    "review_lines",
    "review_of",
    "reviewed_by_id",
    "roll_of",
    "team_figures",
    "teams_beside",
    "teams_by_id",
    "teams_to_act_for",
    "waiting_in",
    "waiting_number",
]
