"""Lists what is done again and again: when each ran last, and when it is due."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from senhong.config.queries import recurrences
from senhong.config.schedule import SCHEDULE
from senhong.core.command import OneLineCommand


class Command(OneLineCommand):
    help = "List the recurring services: how often, the last and the next run."

    def handle(self, **options: Any) -> None:
        rows = recurrences()
        for one in SCHEDULE:
            row = rows.get(one.name)
            last = _when(row.began_at) if row else "never"
            then = _when(row.next_at) if row else "when the server starts"
            words = f"{one.name:<24} every {_span(one.every):<8} last {last:<20} next {then}"
            self.stdout.write(words + (f"  failed: {row.failure}" if row and row.failure else ""))


def _when(instant: datetime | None) -> str:
    return "never" if instant is None else f"{timezone.localtime(instant):%Y-%m-%d %H:%M:%S}"


def _span(every: timedelta) -> str:
    seconds = int(every.total_seconds())
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds % size == 0:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
