"""What part a partner takes in an activity."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from senhong.activities.errors import PersonalNumber
from senhong.activities.models import Activity, ActivityPartner
from senhong.activities.privacy import has_personal_number
from senhong.audit.services import happened
from senhong.core.actor import Actor
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
