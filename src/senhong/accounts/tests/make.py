"""Makers of valid things. A test names only what it is about."""

from senhong.accounts.models import User
from senhong.accounts.services import issue_token, make_user
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
