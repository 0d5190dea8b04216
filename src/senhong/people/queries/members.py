from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from senhong.accounts.models import User
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import NotFound
from senhong.core.slices import beyond
from senhong.core.text import search_key
from senhong.org.models import Unit
from senhong.people.models import Member, MemberMerge, Membership, Stay, Team
from senhong.people.queries.teams import Slice, last_places, places

_MOST = 2000


class Taking(StrEnum):
    """Of whom a list is: who takes part, of those who is in no team, who has left."""

    PRESENT = "present"
    WITHOUT_TEAM = "without-team"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list of members is narrowed to."""

    text: str = ""  # words of a name, tone marks aside
    team: Team | None = None
    taking: Taking = Taking.PRESENT


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One line of a list: a member, and the unit where she was on the asked day."""

    member: Member
    unit: Unit
    stay: Stay


def get_member(actor: Actor, id: UUID) -> Member:
    """The member with unit and account, or NotFound when the actor may not see her. One query.

    The id of an entry that was merged finds the entry that was kept.
    """
    found = Member.objects.visible_to(actor).select_related("unit__province", "user")
    merged = MemberMerge.objects.filter(merged=id).values("kept")
    member = found.filter(Q(pk=id) | Q(pk__in=merged), merge=None).first()
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


def stays_of(member: Member) -> list[Stay]:
    """Where the member was when, latest first, with the units. One query."""
    return list(Stay.objects.filter(member=member).select_related("unit").order_by("-from_day"))


def merges_into(member: Member) -> list[MemberMerge]:
    """The entries that were merged into this one, latest first, with who did it. One query."""
    found = MemberMerge.objects.filter(kept=member).select_related("merged", "by")
    return list(found.order_by("-at")[:_MOST])


def members_of_unit(actor: Actor, unit: Unit) -> list[Member]:
    """Who takes part today at the unit itself or at what landed there, by given name.

    At most 2,000. One query.
    """
    day = as_day(clock.today())
    own = Stay.objects.standing(day).filter(unit__in=last_places(unit, day))
    found = Member.objects.visible_to(actor).filter(pk__in=own.values("member"))
    return list(found.select_related("unit").order_by("sort_key", "pk")[:_MOST])


def member_slice(
    actor: Actor,
    unit: Unit | None,
    on: date,
    wanted: Wanted | None = None,
    *,
    after: UUID | None = None,
    limit: int = 50,
) -> Slice[MemberLine]:
    """Who takes part that date at or below the unit (None: anywhere), by given name.

    As it was that day: who has since moved stands where she was then. One query.
    """
    wanted = wanted or Wanted()
    found = _wanted_stays(as_day(on), wanted)
    found = found.filter(member__in=Member.objects.visible_to(actor).called(wanted.text))
    if unit is not None:
        found = found.filter(unit__in=places(unit, as_day(on)))
    if after is not None:
        found = found.filter(beyond(Member.objects.all(), after, "sort_key", of="member__"))
    rows = found.select_related("member", "unit").order_by("member__sort_key", "member_id")
    lines = [MemberLine(stay.member, stay.unit, stay) for stay in rows[: limit + 1]]
    next = lines[limit - 1].member.pk if len(lines) > limit else None
    return Slice(lines[:limit], next)


def _wanted_stays(day: int, wanted: Wanted) -> QuerySet[Stay]:
    """For each member at most one stay: that of the day, or the last one of who has left."""
    if wanted.taking == Taking.LEFT:
        later = Stay.objects.filter(member=OuterRef("member"), from_day__gt=OuterRef("from_day"))
        found = Stay.objects.filter(~Exists(later.filter(from_day__lte=day)), to_day__lte=day)
    else:
        found = Stay.objects.standing(day)
    in_teams = Membership.objects.standing(day)
    if wanted.taking == Taking.WITHOUT_TEAM:
        found = found.exclude(member__in=in_teams.values("member"))
    if wanted.team is not None:
        found = found.filter(member__in=in_teams.filter(team=wanted.team).values("member"))
    return found


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


def places_of(actor: Actor, members: Iterable[Member], day: int) -> list[Membership]:
    """The members' places in teams that day, as far as the actor may see; with teams. One query."""
    found = Membership.objects.standing(day).filter(
        member__in=[member.pk for member in members], team__in=Team.objects.visible_to(actor)
    )
    return list(found.select_related("team").order_by("from_day", "pk"))


def units_to_move_to(actor: Actor, member: Member, day: int) -> list[Unit]:
    """Where the actor may have the member take part instead, by level and name; at most 500.

    One query.
    """
    found = Unit.objects.where(actor, "member.edit").standing(day).exclude(pk=member.unit_id)
    return list(found.order_by("-level", "sort_key", "pk")[:500])
