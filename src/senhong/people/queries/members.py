from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from senhong.accounts.models import User
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import NotFound
from senhong.core.text import search_key
from senhong.org.models import Unit
from senhong.people.models import Member, Membership, Team
from senhong.people.queries.teams import Slice, places

_MOST = 2000


def get_member(actor: Actor, id: UUID) -> Member:
    """The member with unit and account, or NotFound when the actor may not see her. One query."""
    found = Member.objects.visible_to(actor).select_related("unit__province", "user")
    member = found.filter(pk=id).first()
    if member is None:
        raise NotFound(what=_("thành viên này"))
    return member


def get_membership(actor: Actor, id: UUID) -> Membership:
    """The membership with its team and member, in a team the actor may see. One query."""
    found = Membership.objects.filter(team__in=Team.objects.visible_to(actor))
    membership = found.select_related("team__unit", "member__unit").filter(pk=id).first()
    if membership is None:
        raise NotFound(what=_("tư cách thành viên này"))
    return membership


def members_of_team(actor: Actor, team: Team, day: int) -> list[Membership]:
    """Who is in the team that day: leaders first, then by given name; with the members.

    Empty for who may not view the team's members. One query.
    """
    if not actor.can("member.view", at=team.path):
        return []
    found = Membership.objects.standing(day).filter(team=team).select_related("member__unit")
    return list(found.order_by("role", "member__sort_key", "pk")[:_MOST])


def memberships_of(actor: Actor, member: Member) -> list[Membership]:
    """Every team the member was ever in that the actor may see, latest first. One query."""
    found = Membership.objects.filter(member=member, team__in=Team.objects.visible_to(actor))
    return list(found.select_related("team__unit").order_by("-from_day", "pk")[:_MOST])


def members_of_unit(actor: Actor, unit: Unit) -> list[Member]:
    """Who takes part today at the unit itself or at what landed there, by given name.

    At most 2,000. One query.
    """
    today = clock.today()
    found = Member.objects.visible_to(actor).present(today)
    own = found.filter(unit__in=places(unit, as_day(today), below=False))
    return list(own.select_related("unit").order_by("sort_key", "pk")[:_MOST])


def member_slice(
    actor: Actor,
    unit: Unit | None,
    on: date,
    *,
    text: str = "",
    after: UUID | None = None,
    limit: int = 50,
) -> Slice[Member]:
    """Who takes part that date at or below the unit (None: anywhere), by given name.

    text  words of a name, tone marks aside. With units. One query.
    """
    found = Member.objects.visible_to(actor).present(on).called(text)
    if unit is not None:
        found = found.filter(unit__in=places(unit, as_day(on)))
    if after is not None:
        key = Member.objects.filter(pk=after).values("sort_key")[:1]
        found = found.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=after))
    members = list(found.select_related("unit").order_by("sort_key", "pk")[: limit + 1])
    return Slice(members[:limit], members[limit - 1].pk if len(members) > limit else None)


def joinable(actor: Actor, team: Team, *, text: str) -> list[Member]:
    """Whom the team could take in: members whom the actor may view and who are not in it today.

    text  words of a name; without one, the members of the team's own unit. By given name, at
    most 50. One query.
    """
    today = clock.today()
    inside = Membership.objects.standing(as_day(today)).filter(team=team)
    found = Member.objects.visible_to(actor).present(today).exclude(pk__in=inside.values("member"))
    found = found.called(text) if search_key(text) else found.filter(unit=team.unit_id)
    return list(found.select_related("unit").order_by("sort_key", "pk")[:50])


def suggested_username(full_name: str) -> str:
    """A free user name: given name and initials, "Nguyễn Thị Hoa" → "hoant". One query."""
    *others, given = search_key(full_name).split() or ["user"]
    base = given + "".join(word[0] for word in others)
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    names = (f"{base}{number}" if number > 1 else base for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
