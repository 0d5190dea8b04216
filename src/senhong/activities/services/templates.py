"""Plans are saved, to begin the next one with."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from senhong.activities.errors import NameMissing, PersonalNumber
from senhong.activities.models import Activity, ActivityTemplate
from senhong.activities.privacy import has_personal_number
from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.text import is_blank, nfc


@transaction.atomic
def save_template(
    actor: Actor, id: UUID, activity: Activity, *, title: str, for_unit: bool = False
) -> ActivityTemplate:
    """The activity's plan without its day, for its lead team; or for every team of the team's unit
    and below it.

    The same id with the same facts returns the first row. Raises Forbidden, NameMissing,
    PersonalNumber, IdReused.
    """
    team = activity.lead_team
    actor.require("activity.edit", at=team.unit.path if for_unit else team.path)
    if is_blank(title):
        raise NameMissing()
    if has_personal_number(title):
        raise PersonalNumber()
    facts = _facts(activity) | {"title": nfc(title)}
    facts |= {"unit": team.unit} if for_unit else {"team": team}
    template, made = ActivityTemplate.objects.get_or_create(id=id, defaults=facts)
    if made:
        happened(actor, "template.saved", template)
    elif any(getattr(template, name) != value for name, value in facts.items()):
        raise IdReused(id=str(id))
    return template


@transaction.atomic
def delete_template(actor: Actor, template: ActivityTemplate) -> None:
    """Nobody begins with it any more; what was planned from it stays. Raises Forbidden."""
    actor.require("activity.edit", at=template.path)
    happened(actor, "template.deleted", template)
    template.delete()


def _facts(activity: Activity) -> dict[str, Any]:
    names = ("kind", "name", "place_text", "seats", "cancel_hours")
    hours = {"starts": activity.starts_at, "ends": activity.ends_at}
    return {name: getattr(activity, name) for name in names} | {
        name: timezone.localtime(at).time() for name, at in hours.items()
    }
