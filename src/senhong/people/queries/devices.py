"""Whose phones are signed in, as far as the actor answers for these people."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.accounts.models import Device, User
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import NotFound
from senhong.core.places import at_or_below
from senhong.people.models import Member, Membership, Newcomer, Stay, Team

MOST_DEVICES = 300


def devices_in_reach(actor: Actor) -> list[Device]:
    """Phones that are signed in, of people in whose team or unit the actor may see them.

    By name of the person, latest seen first; at most 300. One query.
    """
    found = Device.objects.filter(_reach(actor), revoked_at=None).select_related("user__member")
    return list(
        found.order_by("user__member__sort_key", "user__full_name", "-seen_at")[:MOST_DEVICES]
    )


def devices_of(member: Member) -> list[Device]:
    """The member's phones that are signed in, latest seen first. One query."""
    if member.user_id is None:
        return []
    return list(Device.objects.filter(user=member.user_id, revoked_at=None).order_by("-seen_at"))


def may_see_devices(actor: Actor, member: Member) -> bool:
    """Whether the member's phones are in the actor's reach, or her own. At most one query."""
    if member.user_id is None:
        return False
    if member.user_id == actor.user_id:
        return True
    return User.objects.filter(_reach(actor, whose="pk"), pk=member.user_id).exists()


def get_device(actor: Actor, id: UUID) -> Device:
    """One's own phone, or one in reach, signed out or not. Raises NotFound. One query."""
    rule = _reach(actor)
    if actor.user_id is not None:
        rule |= Q(user=actor.user_id)
    device = Device.objects.filter(rule, pk=id).select_related("user").first()
    if device is None:
        raise NotFound(what=_("thiết bị này"))
    return device


def places_of_user(user: User) -> list[str]:
    """Paths at which somebody answers for the person: her teams, then her unit. Three queries."""
    today = as_day(clock.today())
    held = Membership.objects.standing(today).filter(member__user=user)
    rule = Q(pk__in=held.values("team"))
    rule |= Q(pk__in=Newcomer.objects.waiting().filter(user=user).values("team"))
    teams = [team.path for team in Team.objects.filter(rule).select_related("unit")]
    stays = Stay.objects.standing(today).filter(member__user=user).select_related("unit")
    return [*teams, *(stay.unit.path for stay in stays)]


def _reach(actor: Actor, whose: str = "user") -> Q:
    """Of whom the actor may see phones: members of teams and units, and who waits there."""
    today, reach = as_day(clock.today()), actor.reach("device.edit")
    waits = Newcomer.objects.waiting().filter(team__in=Team.objects.where(actor, "device.edit"))
    held = Membership.objects.standing(today).filter(team__in=reach.teams)
    stays = Stay.objects.standing(today).filter(at_or_below(reach.units, "unit__path"))
    members = [
        rows.filter(member__user__isnull=False).values("member__user") for rows in (held, stays)
    ]
    rule = Q(**{f"{whose}__in": waits.values("user")})
    for users in members:
        rule |= Q(**{f"{whose}__in": users})
    return rule
