"""What every command of ours shares."""

from argparse import ArgumentParser
from functools import partial
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from senhong.core.errors import DomainError


class OneLineCommand(BaseCommand):
    """A command that tells a mistake in one line: of its words (exit 2), or of a rule (exit 1)."""

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand.replace("_", "-"), **options)
        if parser.called_from_command_line:
            parser.error = partial(_refuse, parser)  # type: ignore[method-assign]  # without usage
        return parser

    def execute(self, *words: Any, **options: Any) -> Any:
        try:
            return super().execute(*words, **options)
        except DomainError as error:
            raise CommandError(str(error)) from error


def _refuse(parser: ArgumentParser, mistake: str) -> NoReturn:
    parser.exit(2, f"{parser.prog}: {mistake}. See `{parser.prog} --help`.\n")
