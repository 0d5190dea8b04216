from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from senhong.core.command import OneLineCommand
from senhong.ledger import queries, services
from senhong.org.queries import SYSTEM

SHOWN = 20


class Command(OneLineCommand):
    help = "Check that every total is the sum of its postings, on every map. Exit 1 if not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="correct the totals")

    def handle(self, *, repair: bool, **options: Any) -> None:
        wrong = queries.wrong_totals()
        for line in queries.wrong_totals_said(wrong[:SHOWN]):
            self.stdout.write(line)
        if len(wrong) > SHOWN:
            self.stdout.write(f"… and {len(wrong) - SHOWN} more")
        if repair:
            self.stdout.write(f"{services.repair_totals(SYSTEM)} totals corrected")
        elif wrong:
            raise CommandError(f"{len(wrong)} totals are wrong; see --repair")
        else:
            self.stdout.write("every total is the sum of its postings")
