"""Photos behind help: private to the team, to those above it, and to who sent them."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from senhong.activities.models import Activity, Evidence, Help
from senhong.core.actor import Actor
from senhong.core.errors import NotFound


def get_photo(actor: Actor, id: UUID) -> Evidence:
    """The photo with its file, or NotFound when the actor may not see it. One query."""
    visible = Activity.objects.visible_to(actor).values("pk")
    found = Evidence.objects.filter(pk=id, help__activity__in=visible)
    photo = found.select_related("file", "help__team__unit").first()
    if photo is None or not may_see_photos(actor, photo.help):
        raise NotFound(what=_("ảnh này"))
    return photo


def may_see_photos(actor: Actor, help: Help) -> bool:
    """Who waits to be taken into the team sees its activities, not what stands behind them."""
    is_own = actor.user_id is not None and help.recorded_by == actor.user_id
    return is_own or actor.can("posting.view", at=help.team.path)
