from argparse import ArgumentParser
from typing import Any

from senhong.accounts.queries import get_user
from senhong.accounts.services import issue_token
from senhong.core.actor import Actor
from senhong.core.command import OneLineCommand
from senhong.core.ids import uuid7


class Command(OneLineCommand):
    help = "Issue an API token for a user and print it, and nothing else. It is shown only now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", required=True, help="who the program acts as")
        parser.add_argument("--name", default="senhong issue-token", help="what the token is for")

    def handle(self, *, username: str, name: str, **options: Any) -> None:
        user = get_user(username)
        self.stdout.write(issue_token(Actor(user.pk), uuid7(), user=user, name=name))
