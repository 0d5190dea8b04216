"""Ways of looking at lists that a person keeps by a name."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, IdReused
from senhong.core.saving import save_changes
from senhong.core.text import is_blank, nfc
from senhong.work.errors import NothingSaid
from senhong.work.models import SavedView


@transaction.atomic
def save_view(
    actor: Actor, id: UUID, *, name: str, kind: str, asked: Mapping[str, Sequence[str]]
) -> SavedView:
    """What the address asks is kept by a name. A name that is there already is replaced.

    Raises Forbidden, NothingSaid, IdReused.
    """
    if actor.user_id is None:
        raise Forbidden(verb="task.view")
    if is_blank(name):
        raise NothingSaid
    facts = {"asked": {key: [*values] for key, values in asked.items()}}
    place = {"user_id": actor.user_id, "name": nfc(name)[:100], "kind": kind}
    view = SavedView.objects.filter(**place).first()
    if view is None:
        view, is_new = SavedView.objects.get_or_create(id=id, defaults=place | facts)
        if not is_new:
            raise IdReused(id=str(id))
        happened(actor, "saved-view.saved", view, title=view.name)
    elif save_changes(view, facts):
        happened(actor, "saved-view.saved", view, title=view.name)
    return view


@transaction.atomic
def remove_view(actor: Actor, view: SavedView) -> None:
    """Raises Forbidden."""
    if view.user_id != actor.user_id:
        raise Forbidden(verb="task.view")
    happened(actor, "saved-view.removed", view, title=view.name)
    view.delete()
