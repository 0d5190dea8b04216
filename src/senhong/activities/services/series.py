"""Plans an activity again, week after week."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from senhong.activities.errors import SeriesOutOfRange
from senhong.activities.facts import MOST_WEEKS, ActivityFacts
from senhong.activities.models import Activity
from senhong.activities.services.planning import plan_activity
from senhong.core.actor import Actor
from senhong.core.ids import derived_id


@transaction.atomic
def plan_series(
    actor: Actor,
    id: UUID,
    activity: Activity,
    *,
    times: int | None = None,
    until: date | None = None,
) -> list[Activity]:
    """The activity again in each of the following weeks: so many times, or until that day.

    Each is an activity of its own, changed and cancelled by itself. Their ids follow from ``id``,
    so that sending twice makes them once. Raises Forbidden, IdReused, SeriesOutOfRange and what
    planning raises.
    """
    actor.require("activity.edit", at=activity.lead_team.path)
    weeks = times or 0
    if until is not None:
        weeks = (until - activity.first_on) // timedelta(weeks=1)
    if not 1 <= weeks <= MOST_WEEKS:
        raise SeriesOutOfRange(most=MOST_WEEKS)
    facts = ActivityFacts.of(activity)
    return [
        plan_activity(actor, derived_id(id, "week", week), facts.weeks_later(week))
        for week in range(1, weeks + 1)
    ]
