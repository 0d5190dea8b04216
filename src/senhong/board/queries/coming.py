"""What happens today, this week and next, seen from the day that is read.

On a past day that is what was held then, whatever became of it since.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from senhong.activities.models import Activity, ActivityKind, ActivityState
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.org.models import Unit
from senhong.people.models import Team
from senhong.people.queries.teams import places

SHOWN = 4
SHOWN_TODAY = 6
SOON_DAYS = 30
_MOST = 2000
_NOT_PLANNED = Q(state=ActivityState.CANCELLED) | Q(kind=ActivityKind.EVERYDAY)
_PHASES = (ActivityState.RUNNING, ActivityState.PLANNED, ActivityState.CLOSED)


@dataclass(frozen=True, slots=True)
class Held:
    """An activity in the state in which the day that is read saw it."""

    activity: Activity
    state: ActivityState


@dataclass(frozen=True, slots=True)
class Week:
    """The activities of the week, from Monday to Sunday, that holds the day that is read."""

    first: date
    last: date
    numbers: Mapping[ActivityState, int]  # running, planned, ended; without what there is none of
    today: Sequence[Held]  # running first, then what is planned, then what has ended
    today_number: int

    @property
    def number(self) -> int:
        return sum(self.numbers.values())


def week_at(actor: Actor, on: date, unit: Unit) -> Week:
    """The week at and below a unit; what was cancelled, and everyday help, is left out. One query.

    ``today`` holds at most six, with lead team and place.
    """
    monday = on - timedelta(days=on.weekday())
    begins, ends = _midnight(monday), _midnight(monday + timedelta(days=7))
    found = Activity.objects.visible_to(actor).filter(_of_unit(unit, on))
    found = found.filter(starts_at__lt=ends, ends_at__gte=begins)
    held = found.exclude(_NOT_PLANNED).order_by("starts_at", "pk")
    week = [_seen(each, on) for each in held.select_related("lead_team", "place_unit")[:_MOST]]
    today = [each for each in week if each.activity.first_on <= on <= each.activity.last_on]
    return Week(
        first=monday,
        last=monday + timedelta(days=6),
        numbers=_numbers(week),
        today=sorted(today, key=lambda each: _PHASES.index(each.state))[:SHOWN_TODAY],
        today_number=len(today),
    )


def _seen(activity: Activity, on: date) -> Held:
    if on == clock.today():
        return Held(activity, ActivityState(activity.state))
    if activity.first_on > on:
        return Held(activity, ActivityState.PLANNED)
    goes_on = activity.last_on > on
    return Held(activity, ActivityState.RUNNING if goes_on else ActivityState.CLOSED)


def _numbers(held: Iterable[Held]) -> dict[ActivityState, int]:
    counted = Counter(each.state for each in held)
    return {state: counted[state] for state in _PHASES if counted[state]}


def coming_at(actor: Actor, on: date, unit: Unit) -> list[Activity]:
    """Next activities of teams at and below a unit, after the day, soonest first. One query."""
    return _coming(actor, on, _of_unit(unit, on), _midnight(on + timedelta(days=1)))


def coming_of(actor: Actor, on: date, team: Team) -> list[Activity]:
    """Next activities that a team leads or joins, the day's too, soonest first. One query."""
    joined = Activity.teams.through.objects.filter(team=team)
    rule = Q(lead_team=team) | Q(pk__in=joined.values("activity"))
    return _coming(actor, on, rule, _midnight(on))


def _of_unit(unit: Unit, on: date) -> Q:
    """Led or joined by teams at and below the unit on the map of the day."""
    teams = Team.objects.filter(unit__in=places(unit, as_day(on)))
    joined = Activity.teams.through.objects.filter(team__in=teams.values("pk"))
    return Q(lead_team__in=teams.values("pk")) | Q(pk__in=joined.values("activity"))


def _coming(actor: Actor, on: date, rule: Q, since: datetime) -> list[Activity]:
    """What begins, or goes on, from the instant ``since`` on."""
    found = Activity.objects.visible_to(actor).filter(rule, ends_at__gte=since)
    found = found.exclude(kind=ActivityKind.EVERYDAY)
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
