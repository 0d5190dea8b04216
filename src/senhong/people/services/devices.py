"""Who answers for people signs their phones out, and lets a new phone in."""

from uuid import UUID

from django.db import transaction

from senhong.accounts.models import Device, User
from senhong.accounts.services import end_device, make_link
from senhong.core.actor import Actor
from senhong.people.models import Member
from senhong.people.queries.devices import places_of_user
from senhong.people.services.accounts import account_in_reach


@transaction.atomic
def sign_out_device(actor: Actor, device: Device) -> None:
    """The phone no longer acts for its person. Once more changes nothing. Raises Forbidden."""
    end_device(actor, device, at=_where(actor, device.user))


@transaction.atomic
def give_link(actor: Actor, id: UUID, member: Member) -> str:
    """The secret of a link for a phone of the member, who changed hers: ten minutes, once.

    Who has it acts as the member, so nobody gives one to somebody who may do more than she.
    Raises Forbidden, NoAccount, MayDoMoreThanYou, AccountInactive, LinkSpent, IdReused.
    """
    user = account_in_reach(actor, member)
    return make_link(actor, id, user, at=_where(actor, user))


def _where(actor: Actor, user: User) -> str:
    """A place of the person at which the actor may; else her first, where it is refused."""
    if actor.user_id == user.pk:
        return ""
    places = places_of_user(user)
    allowed = (place for place in places if actor.can("device.edit", at=place))
    return next(allowed, next(iter(places), ""))
