"""What comes next, seen from the day that is read.

On a past day that is what began in the month after it, whatever became of it since.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from senhong.activities.models import Activity, ActivityState
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.org.models import Unit
from senhong.people.models import Team
from senhong.people.queries.teams import places

SHOWN = 4
SOON_DAYS = 30


def coming_at(actor: Actor, on: date, unit: Unit) -> list[Activity]:
    """Next activities of teams at and below a unit, soonest first. One query."""
    teams = Team.objects.filter(unit__in=places(unit, as_day(on)))
    joined = Activity.teams.through.objects.filter(team__in=teams.values("pk"))
    rule = Q(lead_team__in=teams.values("pk")) | Q(pk__in=joined.values("activity"))
    return _coming(actor, on, rule)


def coming_of(actor: Actor, on: date, team: Team) -> list[Activity]:
    """Next activities that a team leads or joins, soonest first. One query."""
    joined = Activity.teams.through.objects.filter(team=team)
    return _coming(actor, on, Q(lead_team=team) | Q(pk__in=joined.values("activity")))


def _coming(actor: Actor, on: date, rule: Q) -> list[Activity]:
    found = Activity.objects.visible_to(actor).filter(rule, ends_at__gte=_midnight(on))
    if on == clock.today():
        found = found.filter(state__in=[ActivityState.PLANNED, ActivityState.RUNNING])
    else:
        last = _midnight(on + timedelta(days=SOON_DAYS))
        found = found.exclude(state=ActivityState.CANCELLED).filter(starts_at__lt=last)
    loaded = found.select_related("lead_team__unit", "place_unit")
    return list(loaded.order_by("starts_at", "pk")[:SHOWN])


def _midnight(day: date) -> datetime:
    """The instant at which a day of the province begins."""
    return timezone.make_aware(datetime.combine(day, time.min))
