"""What part a partner takes in an activity, and who takes it when its work passes on."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from senhong.activities.errors import PersonalNumber
from senhong.activities.models import Activity, ActivityPartner, ActivityState
from senhong.activities.privacy import has_personal_number
from senhong.audit.services import all_happened, happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_date
from senhong.core.saving import save_changes
from senhong.core.text import nfc


@transaction.atomic
def say_parts(actor: Actor, activity: Activity, parts: Mapping[UUID, str]) -> None:
    """In words, what each partner of the activity did in it; who is not named keeps hers.

    Also of one that is over: words move no figure. Raises Forbidden, PersonalNumber.
    """
    actor.require("activity.edit", at=activity.lead_team.path)
    if any(has_personal_number(part) for part in parts.values()):
        raise PersonalNumber()
    for taking in ActivityPartner.objects.filter(activity=activity, partner__in=parts):
        if save_changes(taking, {"part": nfc(parts[taking.partner_id])}):
            happened(actor, "activity.part-said", activity, partner=taking.partner_id)


@transaction.atomic
def hand_on_activities(actor: Actor, *, partner: UUID, to: UUID, on: int) -> None:
    """The successor comes to what begins from that day on and is not over; the past keeps its name.

    Follows from partner.handed-on, in that event's transaction.
    """
    takings = ActivityPartner.objects.filter(
        partner=partner,
        activity__state__in=[ActivityState.PLANNED, ActivityState.RUNNING],
        activity__starts_at__gte=clock.start_of(as_date(on)),
    )
    told = [(each.activity, {"partner": str(to)}) for each in takings.select_related("activity")]
    # Where the successor comes anyway, it comes once.
    there = {activity.pk for activity, _facts in told}
    both = ActivityPartner.objects.filter(partner=to, activity__in=there).values_list("activity")
    takings.filter(activity__in=[activity for (activity,) in both]).delete()
    takings.update(partner=to)
    all_happened(actor, "activity.partner-handed-on", told)
