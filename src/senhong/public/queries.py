"""What anybody may read: an activity by its short name, a calendar by its secret."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from senhong.activities.models import PLANNED_KINDS, Activity
from senhong.activities.queries import Seats, seats_of
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import NotFound
from senhong.org.models import Unit
from senhong.people.models import Team
from senhong.people.queries.teams import places
from senhong.public.models import CalendarFeed

# How a stranger gets into a team: each answers with an address, or nothing. See config.questions.
WAYS_IN: list[Callable[[Team], str]] = []

_BEFORE, _AFTER = timedelta(days=60), timedelta(days=366)
_MOST = 500


@dataclass(frozen=True, slots=True)
class PublicActivity:
    """What of an activity is for everybody; nobody's name is in it."""

    activity: Activity  # with lead team, its unit, and place
    seats: Seats
    is_over: bool
    way_in: str  # where a stranger asks to be taken into the lead team, or nothing

    @property
    def needed(self) -> int | None:
        """How many are still needed; none where everybody may come."""
        return self.seats.free


def get_public(short: str) -> PublicActivity:
    """The activity of that short name, or NotFound. Two queries, and those of the way in."""
    found = _planned().select_related("lead_team__unit", "place_unit").filter(short=short)
    activity = found.first()
    if activity is None:
        raise NotFound(what=_("hoạt động này"))
    ways = (way(activity.lead_team) for way in WAYS_IN)
    return PublicActivity(
        activity,
        seats_of(activity),
        is_over=not activity.is_open or activity.ends_at < clock.now(),
        way_in=next((way for way in ways if way), ""),
    )


def standing_feed(actor: Actor, of: Team | Unit) -> CalendarFeed | None:
    """The calendar address of the team or unit, for who may make one. Raises Forbidden.

    One query.
    """
    actor.require("activity.edit", at=of.path)
    place = {"team": of} if isinstance(of, Team) else {"unit": of}
    found = CalendarFeed.objects.filter(**place, revoked_at=None)
    return found.select_related("team__unit", "unit").first()


def get_feed(actor: Actor, id: UUID) -> CalendarFeed:
    """A calendar address of a team or unit that the actor may see, or NotFound. One query."""
    rule = Q(team__in=Team.objects.visible_to(actor)) | Q(unit__in=Unit.objects.visible_to(actor))
    feed = CalendarFeed.objects.filter(rule, pk=id).select_related("team__unit", "unit").first()
    if feed is None:
        raise NotFound(what=_("lịch này"))
    return feed


def feed_of(secret: str) -> CalendarFeed:
    """The calendar that stands under the secret. Unknown or revoked: NotFound. One query."""
    found = CalendarFeed.objects.filter(secret=secret, revoked_at=None)
    feed = found.select_related("team__unit", "unit").first()
    if feed is None:
        raise NotFound(what=_("lịch này"))
    return feed


def activities_in(feed: CalendarFeed) -> list[Activity]:
    """Of the team, or of the unit and all below it today: from two months ago to a year ahead.

    Also what was cancelled, so that calendars learn of it. By start; at most 500. One query.
    """
    now = clock.now()
    teams = Team.objects.filter(calendar_feeds=feed)
    if feed.unit is not None:
        teams = Team.objects.filter(unit__in=places(feed.unit, as_day(clock.today())))
    joined = Activity.teams.through.objects.filter(team__in=teams.values("pk"))
    found = _planned().filter(
        Q(lead_team__in=teams.values("pk")) | Q(pk__in=joined.values("activity")),
        starts_at__gte=now - _BEFORE,
        starts_at__lt=now + _AFTER,
    )
    found = found.select_related("lead_team__unit", "place_unit")
    return list(found.order_by("starts_at", "pk")[:_MOST])


def _planned() -> QuerySet[Activity]:
    """What a team does every day is nobody's appointment."""
    return Activity.objects.filter(kind__in=PLANNED_KINDS)
