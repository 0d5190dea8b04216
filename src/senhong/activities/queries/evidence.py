"""Photos behind help, for those who may see it."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from senhong.activities.models import Activity, Evidence
from senhong.core.actor import Actor
from senhong.core.errors import NotFound


def get_photo(actor: Actor, id: UUID) -> Evidence:
    """The photo with its file, or NotFound when the actor may not see its help. One query."""
    visible = Activity.objects.visible_to(actor).values("pk")
    found = Evidence.objects.filter(pk=id, help__activity__in=visible).select_related("file")
    if (photo := found.first()) is None:
        raise NotFound(what=_("ảnh này"))
    return photo
