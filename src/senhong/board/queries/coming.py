"""What comes next, seen from the day that is read."""

from datetime import date, timedelta

from senhong.activities.models import Activity, ActivityState
from senhong.activities.queries import Wanted, When, activities_of, next_activities
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.org.models import Unit
from senhong.people.models import Team

SHOWN = 4
SOON_DAYS = 30


def coming_activities(
    actor: Actor, on: date, *, unit: Unit | None = None, team: Team | None = None
) -> list[Activity]:
    """What runs or is planned, soonest first.

    Read on a past day: what began in the month after it, whatever became of it since. Three
    queries.
    """
    if on == clock.today():
        return next_activities(actor, on=on, unit=unit, team=team, limit=SHOWN)
    last = on + timedelta(days=SOON_DAYS)
    wanted = Wanted(unit=unit, team=team, when=When.UPCOMING, last=last)
    found = activities_of(actor, wanted, seen_on=on, limit=2 * SHOWN)
    return [each for each in found.items if each.state != ActivityState.CANCELLED][:SHOWN]
