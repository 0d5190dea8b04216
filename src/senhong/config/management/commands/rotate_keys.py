from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from senhong.config.queries import column_counts, encrypted_columns
from senhong.config.services import encrypt_anew
from senhong.core.command import OneLineCommand
from senhong.core.encryption import new_key
from senhong.org.queries import SYSTEM


class Command(OneLineCommand):
    help = (
        "Look for what is encrypted under older keys than the newest of FIELD_KEYS. Exit 1 if "
        "there is any."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--new", action="store_true", help="print a new key, and nothing else")
        parser.add_argument(
            "--apply",
            action="store_true",
            help="encrypt it anew; may be stopped and started again",
        )

    def handle(self, *, new: bool, apply: bool, **options: Any) -> None:
        if new:
            self.stdout.write(new_key())
            return
        if apply:
            self._apply()
        self._look()

    def _apply(self) -> None:
        for column in encrypted_columns():
            done = 0
            while some := encrypt_anew(SYSTEM, column):
                done += some
            self.stdout.write(f"{column}: {done} encrypted anew")

    def _look(self) -> None:
        counts = {column: column_counts(column) for column in encrypted_columns()}
        for column, (texts, older) in counts.items():
            self.stdout.write(f"{column}: {texts} texts, {older} under older keys")
        if left := sum(older for _texts, older in counts.values()):
            raise CommandError(f"{left} texts lie under older keys; see --apply")
        self.stdout.write("everything lies under the newest key")
