"""When teams were last active."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from senhong.activities.models import Activity, ActivityState
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.people.models import Team

_BEGUN = [ActivityState.RUNNING, ActivityState.CLOSED]


def last_active(actor: Actor, teams: Collection[UUID], on: date) -> dict[UUID, date]:
    """The day on which each team last led or joined an activity, up to the day ``on``.

    What was only planned, or cancelled, is no activity; teams without any are left out. One query.
    """
    until = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    begun = Activity.objects.filter(state__in=_BEGUN, starts_at__lt=until)
    led = begun.filter(lead_team=OuterRef("pk")).order_by("-starts_at").values("starts_at")
    through = Activity.teams.through.objects.filter(team=OuterRef("pk"))
    joined = (
        through.filter(activity__state__in=_BEGUN, activity__starts_at__lt=until)
        .order_by("-activity__starts_at")
        .values("activity__starts_at")
    )
    found = Team.objects.visible_to(actor).filter(pk__in=teams)
    rows = found.values_list("pk", Subquery(led[:1]), Subquery(joined[:1]))
    last = {pk: [at for at in (led_at, joined_at) if at] for pk, led_at, joined_at in rows}
    return {pk: clock.date_of(max(instants)) for pk, instants in last.items() if instants}
