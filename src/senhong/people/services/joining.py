"""A team's word is given and renewed; who heard it asks; the leader confirms or refuses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from senhong.accounts.models import User
from senhong.accounts.services import make_user
from senhong.accounts.services.users import joined_username
from senhong.audit.services import all_happened, happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_date, as_day
from senhong.core.errors import IdReused
from senhong.core.ids import derived_id
from senhong.org.queries import SYSTEM, landed_unit
from senhong.people.errors import (
    AlreadyDecided,
    JoinCodeUnknown,
    NotHerself,
    OutsideTeamDays,
    TooManyWait,
)
from senhong.people.models import (
    TEAM_VERBS,
    JoinCode,
    Member,
    Membership,
    MembershipRole,
    Newcomer,
    NewcomerState,
    Team,
)
from senhong.people.names import checked_name, checked_phone
from senhong.people.queries.joining import phones_due
from senhong.people.services.accounts import pass_on_account, require_reach
from senhong.people.services.members import add_member
from senhong.people.services.teams import join_team
from senhong.people.words import a_word

MOST_WAITING = 200  # in one team


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What a stranger says who asks to be in a team."""

    full_name: str
    phone: str = ""  # with her consent; kept encrypted


@transaction.atomic
def make_join_code(actor: Actor, id: UUID, team: Team) -> JoinCode:
    """The team has a new word, and the one before leads nowhere any more.

    The same id again returns the first row. Raises Forbidden, OutsideTeamDays, IdReused.
    """
    actor.require("newcomer.confirm", at=team.path)
    today = clock.today()
    if not team.from_day <= as_day(today) < team.to_day:
        raise OutsideTeamDays(team=team.name, on=today)
    # Two who renew at once queue here: a team has one word.
    Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    if found := JoinCode.objects.filter(pk=id).first():
        if found.team_id != team.pk:
            raise IdReused(id=str(id))
        return found
    now = clock.now()
    JoinCode.objects.filter(team=team, ended_at=None).update(ended_at=now)
    code = JoinCode.objects.create(id=id, team=team, word=_free_word(), made_at=now)
    happened(actor, "join-code.made", code)
    return code


@transaction.atomic
def end_join_code(actor: Actor, code: JoinCode) -> None:
    """The word leads nowhere any more. Ending it again changes nothing. Raises Forbidden."""
    actor.require("newcomer.confirm", at=code.team.path)
    if JoinCode.objects.filter(pk=code.pk, ended_at=None).update(ended_at=clock.now()):
        happened(actor, "join-code.ended", code)


@transaction.atomic
def ask_to_join(actor: Actor, id: UUID, code: JoinCode, asking: Asking | None = None) -> Newcomer:
    """Somebody waits for a leader's word: a stranger with a new account, or who is signed in.

    The word of the team is the permission, and nothing is hers but to wait. The same id with the
    same facts returns the first row; who is signed in waits once in a team.
    Raises JoinCodeUnknown, NotAName, NotAPhone, TooManyWait, IdReused.
    """
    if code.ended_at is not None:
        raise JoinCodeUnknown
    facts = _facts(actor, code.team, asking)
    if found := _asked_before(actor, id, code.team, facts):
        return found
    if Newcomer.objects.waiting().filter(team=code.team).count() >= MOST_WAITING:
        raise TooManyWait(team=code.team.name)
    try:
        with transaction.atomic():  # of two at once, one leaves no account behind
            newcomer = _made(actor, id, facts)
    except IntegrityError:
        again = _asked_before(actor, id, code.team, facts)
        if again is None:
            raise
        return again
    happened(Actor(newcomer.user_id), "newcomer.asked", newcomer)
    return newcomer


@transaction.atomic
def confirm_newcomers(actor: Actor, chosen: Mapping[Newcomer, Member | None]) -> list[Newcomer]:
    """They are in their teams from the day on which they asked; all of them or none.

    Each becomes a member of the team's unit, unless she is one already: with her own account, or
    the member who is said to be the same person. Confirming again changes nothing. Raises
    Forbidden, AlreadyDecided, NotHerself, MayDoMoreThanYou, OutsideTeamDays, MemberHasLeft.
    """
    return [_confirm(actor, newcomer, same_as) for newcomer, same_as in chosen.items()]


@transaction.atomic
def refuse_newcomers(actor: Actor, newcomers: Iterable[Newcomer]) -> None:
    """They are not in the team, and their phone numbers are forgotten at once.

    Refusing again changes nothing. Raises Forbidden, AlreadyDecided.
    """
    for newcomer in newcomers:
        actor.require("newcomer.confirm", at=newcomer.team.path)
        if _decide(actor, newcomer, NewcomerState.REFUSED):
            Newcomer.objects.filter(pk=newcomer.pk).update(phone=None)
            happened(actor, "newcomer.refused", newcomer, **_event_facts(newcomer))


@transaction.atomic
def forget_phones(actor: Actor) -> int:
    """Phone numbers go whose time is over: how many. Raises Forbidden."""
    actor.require("system.run", at="")
    due = list(phones_due(clock.today()))
    Newcomer.objects.filter(pk__in=[newcomer.pk for newcomer in due]).update(phone=None)
    all_happened(actor, "newcomer.forgotten", [(newcomer, {}) for newcomer in due])
    return len(due)


def _free_word() -> str:
    word = a_word()
    while JoinCode.objects.filter(word=word).exists():
        word = a_word()
    return word


def _facts(actor: Actor, team: Team, asking: Asking | None) -> dict[str, object]:
    if actor.user_id is not None:
        user = User.objects.get(pk=actor.user_id)
        return {"team": team, "full_name": user.full_name, "phone": None}
    asking = asking or Asking(full_name="")
    return {
        "team": team,
        "full_name": checked_name(asking.full_name),
        "phone": checked_phone(asking.phone),
    }


def _asked_before(actor: Actor, id: UUID, team: Team, facts: dict[str, object]) -> Newcomer | None:
    found = Newcomer.objects.filter(pk=id).select_related("user", "team__unit").first()
    if found is not None and any(getattr(found, name) != facts[name] for name in facts):
        raise IdReused(id=str(id))
    if found is None and actor.user_id is not None:
        own = Newcomer.objects.waiting().filter(user=actor.user_id, team=team)
        found = own.select_related("user", "team__unit").first()
    return found


def _made(actor: Actor, id: UUID, facts: dict[str, object]) -> Newcomer:
    if actor.user_id is None:
        name = str(facts["full_name"])
        user = make_user(SYSTEM, username=joined_username(), full_name=name)
    else:
        user = User.objects.get(pk=actor.user_id)
    return Newcomer.objects.create(id=id, user=user, asked_at=clock.now(), **facts)


def _decide(actor: Actor, newcomer: Newcomer, state: NewcomerState) -> bool:
    """Whether it is decided now; False when it was decided so before. Raises AlreadyDecided."""
    waiting = Newcomer.objects.waiting().filter(pk=newcomer.pk)
    if waiting.update(state=state, decided_at=clock.now(), decided_by=actor.user_id):
        newcomer.state = state
        return True
    newcomer.refresh_from_db(fields=["state"])
    if newcomer.state != state:
        raise AlreadyDecided
    return False


def _confirm(actor: Actor, newcomer: Newcomer, same_as: Member | None) -> Newcomer:
    actor.require("newcomer.confirm", at=newcomer.team.path)
    if not _decide(actor, newcomer, NewcomerState.CONFIRMED):
        return newcomer
    member = _member(actor, newcomer, same_as)
    assert member.user_id is not None  # that is what was seen to
    newcomer.member, newcomer.user_id = member, member.user_id
    newcomer.save(update_fields=["member", "user"])
    _put_in_team(_in_her_name(actor), newcomer, member)
    happened(actor, "newcomer.confirmed", newcomer, **_event_facts(newcomer))
    return newcomer


def _event_facts(newcomer: Newcomer) -> dict[str, object]:
    return {
        "newcomer": newcomer.pk, "team_id": newcomer.team_id, "user_id": newcomer.user_id,
    }  # fmt: skip


def _in_her_name(actor: Actor) -> Actor:
    """To confirm implies a member, a place and an account, which a leader makes in no other way."""
    return Actor(actor.user_id, SYSTEM.grants)


def _member(actor: Actor, newcomer: Newcomer, same_as: Member | None) -> Member:
    user = newcomer.user
    if own := Member.objects.filter(user=user).select_related("unit").first():
        return own
    unit = landed_unit(newcomer.team.unit_id, as_day(clock.today()))
    if same_as is None:
        return add_member(
            _in_her_name(actor),
            derived_id(newcomer.pk, "member"),
            unit=unit,
            full_name=newcomer.full_name,
            joined_on=clock.date_of(newcomer.asked_at),
            user=user,
        )
    if landed_unit(same_as.unit_id, as_day(clock.today())) != unit:
        raise NotHerself
    _require_equal(actor, same_as)
    if same_as.user is None:
        same_as.user = user
        same_as.save(update_fields=["user"])
        happened(actor, "member.linked", same_as)
    else:
        _take_over(actor, user, same_as.user)
    return same_as


def _require_equal(actor: Actor, member: Member) -> None:
    """What the member may do in her teams, who confirms may do, too. Raises NotHerself."""
    today = as_day(clock.today())
    held = Membership.objects.standing(today).filter(member=member).select_related("team__unit")
    for place in held:
        verbs = TEAM_VERBS[MembershipRole(place.role)]
        if not all(actor.can(verb, at=place.team.path) for verb in verbs):
            raise NotHerself


def _take_over(actor: Actor, joined: User, known: User) -> None:
    """The phone that came in by the word goes on under the account that she had.

    Only an account that is nothing yet gives way: others are made one by an office.
    """
    if not joined.has_joined:
        raise NotHerself
    require_reach(actor, known)
    pass_on_account(_in_her_name(actor), joined, known)


def _put_in_team(actor: Actor, newcomer: Newcomer, member: Member) -> None:
    team = newcomer.team
    asked, joined = clock.date_of(newcomer.asked_at), as_day(member.joined_on)
    day = max(as_day(asked), joined, team.from_day)
    if Membership.objects.filter(member=member, team=team, to_day__gt=day).exists():
        return
    if day >= team.to_day:
        raise OutsideTeamDays(team=team.name, on=as_date(day))
    join_team(
        actor,
        derived_id(newcomer.pk, "place"),
        member=member,
        team=team,
        role=MembershipRole.MEMBER,
        from_day=day,
    )
