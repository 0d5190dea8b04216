"""Words of teams, and who waits to be confirmed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.core.errors import NotFound
from senhong.core.text import search_key
from senhong.org.models import Landing
from senhong.people.models import JoinCode, Member, Membership, Newcomer, NewcomerState, Team
from senhong.people.queries.teams import own_teams
from senhong.people.words import as_heard

MOST_SHOWN = 100
_ALIKE_SHOWN = 4
_MOST_NAMESAKES = 2000
FORGOTTEN_AFTER = timedelta(days=90)  # since who gave her number left the team


@dataclass(frozen=True, slots=True)
class NewcomerLine:
    """Somebody who waits, and members of the team's unit who may be she."""

    newcomer: Newcomer
    alike: Sequence[Member]


def code_of(team: Team) -> JoinCode | None:
    """The word that the team uses now, or None. One query."""
    return JoinCode.objects.filter(team=team, ended_at=None).select_related("team__unit").first()


def way_into(team: Team) -> str:
    """Where somebody asks to be in the team; "" while it has no word. One query."""
    code = code_of(team)
    return f"/join/{code.word}/" if code else ""


def find_code(word: str) -> JoinCode | None:
    """The word as it was typed, when a team that stands uses it; with team and unit. One query."""
    today = as_day(clock.today())
    found = JoinCode.objects.filter(
        word=as_heard(word)[:20], ended_at=None, team__from_day__lte=today, team__to_day__gt=today
    )
    return found.select_related("team__unit__province").first()


def newcomers_waiting(actor: Actor, team: Team | None = None) -> list[NewcomerLine]:
    """Who waits where the actor may confirm, first come first; at most 100. Three queries."""
    found = _in_reach(actor)
    if team is not None:
        found = found.filter(team=team)
    rows = found.select_related("team__unit", "user__member").order_by("asked_at", "pk")
    newcomers = list(rows[:MOST_SHOWN])
    strangers = [newcomer for newcomer in newcomers if not hasattr(newcomer.user, "member")]
    alike = _namesakes(strangers)
    return [NewcomerLine(newcomer, alike.get(newcomer.pk, [])) for newcomer in newcomers]


def waiting_number(actor: Actor, team: Team | None = None) -> int:
    """How many wait where the actor may confirm. One query."""
    found = _in_reach(actor)
    return (found if team is None else found.filter(team=team)).count()


def chosen_newcomers(actor: Actor, ids: Iterable[UUID]) -> list[Newcomer]:
    """Of these, those where the actor may confirm, decided or not; with teams. One query."""
    found = Newcomer.objects.filter(pk__in=list(ids)).filter(_reach(actor))
    return list(found.select_related("team__unit", "user").order_by("asked_at", "pk"))


def get_namesake(actor: Actor, newcomer: Newcomer, id: UUID) -> Member:
    """The member who is said to be the newcomer herself. Raises NotFound. Two queries."""
    for member in _namesakes([newcomer])[newcomer.pk]:
        if member.pk == id:
            return member
    raise NotFound(what=_("thành viên này"))


def get_own_newcomer(actor: Actor, id: UUID) -> Newcomer:
    """One's own asking, with team and account. Raises NotFound. One query."""
    found = Newcomer.objects.filter(user=actor.user_id, pk=id).select_related("team__unit", "user")
    newcomer = found.first()
    if newcomer is None:
        raise NotFound(what=_("lượt xin vào tổ này"))
    return newcomer


def teams_waited_for(actor: Actor) -> list[Team]:
    """The teams for which the person waits, with their units. One query."""
    if actor.user_id is None:
        return []
    waits = Newcomer.objects.waiting().filter(user=actor.user_id)
    found = Team.objects.filter(pk__in=waits.values("team")).select_related("unit__province")
    return list(found.order_by("search_key", "pk"))


def is_in_team(actor: Actor, team: Team) -> bool:
    """Whether the person is in the team today. One query."""
    return team in own_teams(actor, as_day(clock.today()))


def phones_due(today: date) -> QuerySet[Newcomer]:
    """Whose number is kept no longer: refused, never decided, or out of the team for 90 days."""
    limit = today - FORGOTTEN_AFTER
    place = Membership.objects.filter(
        member=OuterRef("member"), team=OuterRef("team"), to_day__gt=as_day(limit)
    )
    over = Q(state=NewcomerState.REFUSED)
    over |= Q(state=NewcomerState.WAITING, asked_at__lt=clock.start_of(limit))
    over |= Q(state=NewcomerState.CONFIRMED) & ~Q(Exists(place))
    return Newcomer.objects.filter(over, phone__isnull=False).defer("phone")


def _reach(actor: Actor) -> Q:
    return Q(team__in=Team.objects.where(actor, "newcomer.confirm"))


def _in_reach(actor: Actor) -> QuerySet[Newcomer]:
    return Newcomer.objects.waiting().filter(_reach(actor))


def _namesakes(newcomers: Sequence[Newcomer]) -> dict[UUID, list[Member]]:
    """For each the members of the team's unit who may be she, as it is today. Two queries.

    The same given name, and no word that speaks against it: "Lê An" may be "Lê Thị An".
    """
    if not newcomers:
        return {}
    landed = _landed({newcomer.team.unit_id for newcomer in newcomers})
    given = {_words(newcomer.full_name)[-1] for newcomer in newcomers}
    rule = Q(pk__in=[])
    for name in given:
        rule |= Q(search_key=name) | Q(search_key__endswith=f" {name}")
    found = Member.objects.filter(rule, unit__in=list(landed), left_on=None, merge=None)
    members = found.select_related("unit", "user").order_by("sort_key", "pk")[:_MOST_NAMESAKES]
    by_name: defaultdict[tuple[int, str], list[Member]] = defaultdict(list)
    for member in members:
        by_name[landed[member.unit_id], _words(member.full_name)[-1]].append(member)
    return {
        newcomer.pk: [
            member
            for member in by_name[landed[newcomer.team.unit_id], _words(newcomer.full_name)[-1]]
            if _may_be_one(newcomer.full_name, member.full_name)
        ][:_ALIKE_SHOWN]
        for newcomer in newcomers
    }


def _landed(unit_ids: Collection[int]) -> dict[int, int]:
    """The units and all others that landed where they did, and where that is. One query."""
    today = as_day(clock.today())
    now = Landing.objects.filter(map__from_day__lte=today, map__to_day__gt=today)
    there = now.filter(unit__in=list(unit_ids)).values("landed")
    return dict(now.filter(landed__in=there).values_list("unit_id", "landed_id"))


def _may_be_one(first: str, second: str) -> bool:
    one, other = set(_words(first)), set(_words(second))
    return one <= other or other <= one


def _words(name: str) -> list[str]:
    return search_key(name).split() or [""]
