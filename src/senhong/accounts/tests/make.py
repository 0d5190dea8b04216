"""Makers of valid things. A test names only what it is about."""

from senhong.accounts.models import User
from senhong.accounts.services import (
    IssuedDevice,
    add_device,
    issue_token,
    make_link,
    make_user,
)
from senhong.core.actor import Actor, Grant
from senhong.core.ids import uuid7

PASSWORD = "hoa-sen-no-som-mai"
KEEPER = Actor(
    None, frozenset(Grant(verb, "") for verb in ("user.edit", "user.reset", "token.issue"))
)


def a_user(
    username: str = "an", full_name: str = "Nguyễn Văn An", password: str | None = None
) -> User:
    return make_user(KEEPER, username=username, full_name=full_name, password=password)


def a_token(user: User, name: str = "máy tính") -> str:
    return issue_token(KEEPER, uuid7(), user=user, name=name)


def a_link(user: User) -> str:
    """The secret of a one-time link of the person's own."""
    return make_link(Actor(user.pk), uuid7(), user)


def a_device(user: User, name: str = "Chrome trên Android") -> IssuedDevice:
    """A phone that has just been signed in."""
    return add_device(Actor(user.pk), uuid7(), user=user, name=name)
