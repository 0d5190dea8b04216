"""How somebody comes to an account, and back into it when she forgot her password."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from senhong.accounts.models import User
from senhong.accounts.services import (
    deactivate,
    hand_on_sign_in,
    make_user,
    name_user,
    reactivate,
    reset_password,
)
from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY
from senhong.org.models import Role, RoleGrant, Unit
from senhong.org.queries import actor_of
from senhong.org.services import grant_role, hand_on_roles
from senhong.people.errors import AccountAlreadyLinked, MayDoMoreThanYou, NoAccount
from senhong.people.models import Member, Newcomer


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """Who is to sign in."""

    username: str
    full_name: str


@transaction.atomic
def link_account(actor: Actor, member: Member, user: User) -> Member:
    """The account is the member's: what she may do follows from her teams.

    Linking the same two again changes nothing. Raises Forbidden, AccountAlreadyLinked,
    MayDoMoreThanYou.
    """
    actor.require("user.edit", at=member.unit.path)
    if member.user_id == user.pk:
        return member
    require_reach(actor, user)
    try:
        with transaction.atomic():
            linked = Member.objects.filter(pk=member.pk, user=None).update(user=user)
    except IntegrityError as taken:  # the account is another member's
        raise AccountAlreadyLinked from taken
    if not linked:
        raise AccountAlreadyLinked
    member.user = user
    happened(actor, "member.linked", member)
    return member


@transaction.atomic
def open_account(actor: Actor, member: Member, *, username: str) -> str:
    """A new account for the member, and the one-time password to tell her.

    Raises Forbidden, AccountAlreadyLinked, UsernameNotAllowed, UsernameTaken.
    """
    place = member.unit.path
    actor.require("user.edit", at=place)
    if member.user_id is not None:
        raise AccountAlreadyLinked
    user = make_user(actor, username=username, full_name=member.full_name, at=place)
    link_account(actor, member, user)
    return reset_password(actor, user, at=place)


@transaction.atomic
def name_account(actor: Actor, member: Member, *, username: str) -> str:
    """Who came in by the word of a team gets a full sign-in; the one-time password to tell her.

    It stays the same account: her phones go on, and what she did is hers.
    Raises Forbidden, NoAccount, MayDoMoreThanYou, AlreadyNamed, UsernameNotAllowed, UsernameTaken.
    """
    place = member.unit.path
    actor.require("user.edit", at=place)
    user = account_in_reach(actor, member)
    name_user(actor, user, username=username, at=place)
    return reset_password(actor, user, at=place)


@transaction.atomic
def reset_member_password(actor: Actor, member: Member) -> str:
    """A one-time password to tell the member; at her next sign-in she sets her own.

    Raises Forbidden, NoAccount, MayDoMoreThanYou, AccountInactive.
    """
    actor.require("user.reset", at=member.unit.path)
    user = account_in_reach(actor, member)
    return reset_password(actor, user, at=member.unit.path)


@transaction.atomic
def open_role_account(
    actor: Actor, id: UUID, facts: NewAccount, *, role: Role, unit: Unit, to_day: int = LAST_DAY
) -> tuple[RoleGrant, str]:
    """A new account that holds the role at the unit from today until ``to_day``, and its one-time
    password.

    Raises Forbidden, UsernameNotAllowed, UsernameTaken.
    """
    place = unit.path
    user = make_user(actor, username=facts.username, full_name=facts.full_name, at=place)
    grant = grant_role(actor, id, user=user, role=role, unit=unit, to_day=to_day)
    return grant, reset_password(actor, user, at=place)


@transaction.atomic
def reset_holder_password(actor: Actor, grant: RoleGrant) -> str:
    """A one-time password for who holds the role, member or not.

    Raises Forbidden, MayDoMoreThanYou, AccountInactive.
    """
    actor.require("user.reset", at=grant.unit.path)
    require_reach(actor, grant.user)
    return reset_password(actor, grant.user, at=grant.unit.path)


@transaction.atomic
def close_account(actor: Actor, member: Member) -> None:
    """The member can no longer sign in. Raises Forbidden, NoAccount, MayDoMoreThanYou."""
    actor.require("user.edit", at=member.unit.path)
    deactivate(actor, account_in_reach(actor, member), at=member.unit.path)


@transaction.atomic
def reopen_account(actor: Actor, member: Member) -> None:
    """The member can sign in again. Raises Forbidden, NoAccount, MayDoMoreThanYou."""
    actor.require("user.edit", at=member.unit.path)
    reactivate(actor, account_in_reach(actor, member), at=member.unit.path)


def pass_on_account(actor: Actor, giver: User, taker: User, *, at: str = "") -> None:
    """One account's roles, phones and askings pass to another, and it is closed. See who calls."""
    hand_on_roles(actor, giver, taker)
    waits = Newcomer.objects.waiting().filter(user=taker)
    Newcomer.objects.filter(user=giver).exclude(
        pk__in=Newcomer.objects.waiting().filter(user=giver, team__in=waits.values("team"))
    ).update(user=taker)
    hand_on_sign_in(actor, giver, taker, at=at)


def account_in_reach(actor: Actor, member: Member) -> User:
    """The member's account, when the actor may act on it. Raises NoAccount, MayDoMoreThanYou."""
    if member.user is None:
        raise NoAccount
    require_reach(actor, member.user)
    return member.user


def require_reach(actor: Actor, user: User) -> None:
    """Who opens an account could act as its owner: so she holds, or may give, all its verbs."""
    for grant in actor_of(user.pk).grants:
        if not any(actor.can(verb, at=grant.path) for verb in (grant.verb, "role.appoint")):
            raise MayDoMoreThanYou
