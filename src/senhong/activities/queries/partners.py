"""In which activities partners take part, and what they do there."""

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from senhong.activities.models import Activity, ActivityPartner
from senhong.core.actor import Actor
from senhong.core.days import as_day, day_after
from senhong.people.queries import Doing

_MOST = 200


def parts_in(activity: Activity) -> list[ActivityPartner]:
    """The partners of an activity that was found for the actor, by name. One query."""
    found = ActivityPartner.objects.filter(activity=activity).select_related("partner")
    return list(found.order_by("partner__name", "partner_id"))


def activities_of_partners(actor: Actor, partner_ids: Collection[UUID]) -> list[Doing]:
    """The activities that the actor sees and in which the partners take part, latest first.

    At most 200. One query.
    """
    visible = Activity.objects.visible_to(actor).values("pk")
    found = ActivityPartner.objects.filter(partner__in=partner_ids, activity__in=visible)
    takings = found.select_related("activity").order_by("-activity__starts_at", "pk")[:_MOST]
    return [_doing(taking) for taking in takings]


def _doing(taking: ActivityPartner) -> Doing:
    activity = taking.activity
    return Doing(
        kind=activity.get_kind_display(),
        title=activity.name,
        url=reverse("activities:activity", args=[activity.pk]),
        partner_id=taking.partner_id,
        part=taking.part,
        from_day=as_day(activity.first_on),
        to_day=day_after(as_day(activity.last_on)),
    )
