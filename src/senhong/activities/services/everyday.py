"""The activity of what a team does on a day outside any planned one."""

from collections.abc import Collection
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from senhong.activities.models import Activity, ActivityKind, ActivityState
from senhong.activities.queries.everyday import EverydayGround, everyday_grounds, everyday_id
from senhong.audit.services import all_happened
from senhong.core.actor import Actor
from senhong.core.days import as_day

NAME = "Hỗ trợ hằng ngày"  # in the language of the source, like every name of an activity
TeamDay = tuple[UUID, date]
_HOURS = time(), time(23, 59)


@transaction.atomic
def everyday_activities(actor: Actor, pairs: Collection[TeamDay]) -> dict[TeamDay, UUID]:
    """For each team and day the activity of its everyday help; made where there is none.

    The answer has every pair. Where the actor may neither record nor propose help, or the team
    did not stand that day, nothing is made: recording under that id answers "not found". Two who
    ask at once make one. One statement where all are there, three where some are made.
    """
    missing = [
        ground
        for ground in everyday_grounds(set(pairs))
        if not ground.exists and _may(actor, ground.team_path)
    ]
    made = [_activity(one) for one in missing]
    Activity.objects.bulk_create(made, ignore_conflicts=True)
    facts = [(each, {"kind": each.kind, "day": as_day(each.first_on)}) for each in made]
    all_happened(actor, "activity.planned", facts)
    return {(team_id, day): everyday_id(team_id, day) for team_id, day in pairs}


def _may(actor: Actor, path: str) -> bool:
    return actor.can("help.record", at=path) or actor.can("help.propose", at=path)


def _activity(ground: EverydayGround) -> Activity:
    """From the first to the last minute of the day, in the province."""
    first, last = (timezone.make_aware(datetime.combine(ground.day, at)) for at in _HOURS)
    return Activity(
        id=ground.id,
        kind=ActivityKind.EVERYDAY,
        level=ground.level,
        name=NAME,
        lead_team_id=ground.team_id,
        place_unit_id=ground.unit_id,
        starts_at=first,
        ends_at=last,
        state=ActivityState.RUNNING,
    )
