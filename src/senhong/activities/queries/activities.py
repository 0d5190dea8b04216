"""Activities: one, and lists of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from senhong.activities.models import Activity, ActivityKind, ActivityState
from senhong.core.actor import Actor
from senhong.core.days import as_day, day_before
from senhong.core.errors import NotFound
from senhong.core.slices import beyond
from senhong.ledger.models import Posting
from senhong.org.models import Landing, Unit
from senhong.people.models import Team
from senhong.people.queries.teams import places
from senhong.plans.models import Plan


class When(StrEnum):
    """Where an activity lies, seen from a day."""

    TODAY = "today"
    UPCOMING = "upcoming"
    PAST = "past"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which activities are asked for. Days are of the province; both ends are included."""

    # Of teams at or below it on the map of the last day, else of ``seen_on``.
    unit: Unit | None = None
    team: Team | None = None  # led or joined by it
    kind: ActivityKind | None = None  # none: whatever is planned; everyday ones when asked for
    state: ActivityState | None = None
    plan: Plan | None = None
    when: When | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ActivitySlice:
    """Part of a list, and the id after which it goes on; None at its end."""

    items: Sequence[Activity]
    next: UUID | None


def get_activity(actor: Actor, id: UUID) -> Activity:
    """The activity with its teams and their units, place, plan and partners, or NotFound when
    the actor may not see it. Three queries."""
    activity = _loaded(Activity.objects.visible_to(actor)).filter(pk=id).first()
    if activity is None:
        raise NotFound(what=_("hoạt động này"))
    return activity


def short_name(id: UUID) -> str:
    """The activity's name in addresses that anybody may read, or NotFound. One query."""
    found = Activity.objects.filter(pk=id).values_list("short", flat=True).first()
    if not found:
        raise NotFound(what=_("hoạt động này"))
    return found


def activities_of(
    actor: Actor,
    wanted: Wanted,
    *,
    seen_on: date,
    after: UUID | None = None,
    limit: int = 20,
) -> ActivitySlice:
    """Activities that the actor may see; those to come soonest first, else the latest first.

    ``seen_on`` is the day from which "today" and the map are read. ``after``: the ``next`` of
    the slice before. Three queries.
    """
    found = Activity.objects.visible_to(actor).filter(_rule(wanted, seen_on))
    rising = wanted.when == When.UPCOMING
    found = found.order_by("starts_at", "pk") if rising else found.order_by("-starts_at", "-pk")
    if after is not None:
        found = found.filter(beyond(Activity.objects.all(), after, "starts_at", rising=rising))
    items = list(_loaded(found)[: limit + 1])
    return ActivitySlice(items[:limit], items[limit - 1].pk if len(items) > limit else None)


def next_activities(
    actor: Actor,
    *,
    on: date,
    unit: Unit | None = None,
    team: Team | None = None,
    limit: int = 5,
) -> list[Activity]:
    """What runs or is planned from the day on, soonest first. Three queries."""
    found = Activity.objects.visible_to(actor).filter(
        _rule(Wanted(unit=unit, team=team), on),
        ends_at__gte=_midnight(on),
        state__in=[ActivityState.PLANNED, ActivityState.RUNNING],
    )
    return list(_loaded(found.order_by("starts_at", "pk"))[:limit])


def activity_figures(activity: Activity) -> dict[str, int]:
    """What the ledger counts for the activity, by indicator, without what is zero.

    The sum of the postings that name it, wherever its teams' units landed. Two queries.
    """
    teams = [activity.lead_team, *activity.teams.all()]
    landed = set(
        Landing.objects.filter(unit__in=[team.unit_id for team in teams]).values_list(
            "map__province_id", "landed_id"
        )
    )
    sums = (
        Posting.objects.filter(
            province__in={province for province, _unit in landed},
            unit__in={unit for _province, unit in landed},
            day__gte=as_day(activity.first_on),
            activity_id=activity.pk,
        )
        .values_list("indicator__code")
        .annotate(sum=Sum("quantity"))
    )
    return {code: quantity for code, quantity in sums if quantity}


def _loaded(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    return activities.select_related(
        "lead_team__unit__province", "place_unit__province", "plan"
    ).prefetch_related("teams__unit", "partners")


def _rule(wanted: Wanted, seen_on: date) -> Q:
    rule = Q()
    if wanted.unit is not None:
        day = _day_of_map(wanted.unit, wanted.last or seen_on)
        rule &= _of_teams(Team.objects.filter(unit__in=places(wanted.unit, day)))
    if wanted.team is not None:
        rule &= _of_teams(Team.objects.filter(pk=wanted.team.pk))
    if wanted.plan is not None:
        rule &= Q(plan=wanted.plan)
    if wanted.kind:
        rule &= Q(kind=wanted.kind)
    else:
        rule &= ~Q(kind=ActivityKind.EVERYDAY)
    if wanted.state:
        rule &= Q(state=wanted.state)
    return rule & _period(wanted, seen_on)


def _day_of_map(unit: Unit, asked: date) -> int:
    """The asked day, or the nearest on which the unit stood: its map says what belongs to it.

    So a unit that ended has what was done in it, and one that began later what led up to it.
    """
    return max(unit.from_day, min(as_day(asked), day_before(unit.to_day)))


def _of_teams(teams: QuerySet[Team]) -> Q:
    joined = Activity.teams.through.objects.filter(team__in=teams.values("pk"))
    return Q(lead_team__in=teams.values("pk")) | Q(pk__in=joined.values("activity"))


def _period(wanted: Wanted, seen_on: date) -> Q:
    rule = Q()
    if wanted.first:
        rule &= Q(starts_at__gte=_midnight(wanted.first))
    if wanted.last:
        rule &= Q(starts_at__lt=_midnight(wanted.last + timedelta(days=1)))
    begins, ends = _midnight(seen_on), _midnight(seen_on + timedelta(days=1))
    if wanted.when == When.TODAY:
        rule &= Q(starts_at__lt=ends, ends_at__gte=begins)
    elif wanted.when == When.UPCOMING:
        rule &= Q(starts_at__gte=ends)
    elif wanted.when == When.PAST:
        rule &= Q(ends_at__lt=begins)
    return rule


def _midnight(day: date) -> datetime:
    """The instant at which a day of the province begins."""
    return timezone.make_aware(datetime.combine(day, time.min))
