"""Questions that a lower app asks and upper apps answer for their own tables."""

from functools import partial

from senhong.activities.queries import (
    activities_of_partners,
    activities_seen,
    counting_note,
    helps_seen,
    participants_hanging,
    planned_of_units,
)
from senhong.ledger.queries import NOTES, SOURCES, STATES, figures_before
from senhong.org.models import Level
from senhong.org.queries import (
    FIGURES,
    FOLLOWING,
    GRANT_SOURCES,
    HEIRS,
    STRANDED,
    cluster_places_hanging,
)
from senhong.people.models import TeamKind
from senhong.people.queries import (
    DOINGS,
    MEMBERSHIP_GRANTS,
    MERGED,
    NEWCOMER_GRANTS,
    members_hanging,
    standing_teams,
    teams_hanging,
    teams_stranded,
    way_into,
)
from senhong.plans.queries import CARRYING, plans_hanging, plans_of_partners, targets_hanging
from senhong.practices.queries import adoptions_seen, practices_hanging
from senhong.public.queries import WAYS_IN
from senhong.work.queries import came_along, tasks_hanging, tasks_of_directives

GRANT_SOURCES.update({"team": MEMBERSHIP_GRANTS, "newcomer": NEWCOMER_GRANTS})
STRANDED.append(teams_stranded)
FIGURES.append(figures_before)
HEIRS.extend([cluster_places_hanging, teams_hanging, members_hanging, planned_of_units])
STATES.update(
    {
        "teams.province": partial(standing_teams, Level.PROVINCE, [TeamKind.ADVISORY]),
        "teams.district": partial(standing_teams, Level.DISTRICT, [TeamKind.COMMUNITY]),
        "teams.commune": partial(standing_teams, Level.COMMUNE, [TeamKind.COMMUNITY]),
    }
)
NOTES.append(counting_note)
SOURCES.update({"help": helps_seen, "activity": activities_seen, "adoption": adoptions_seen})
HEIRS.extend([plans_hanging, targets_hanging, practices_hanging, tasks_hanging])
FOLLOWING["work.task"] = came_along
CARRYING.append(tasks_of_directives)
MERGED.append(participants_hanging)
WAYS_IN.append(way_into)
DOINGS.extend([plans_of_partners, activities_of_partners])
