"""Slow things about units, and what waits for a day."""

import time

from django_tasks import task

from senhong.core import clock
from senhong.core.days import as_date, as_day
from senhong.org.queries import SYSTEM, next_map_day, pending_units
from senhong.org.services import import_units, run_changes, settle_units
from senhong.org.unit_files import read_country

# Who waits for SQLite's one writer looks again after a tenth of a second at the latest; without
# a pause between two groups of provinces she would miss each of these moments.
BREATH_S = 0.15


@task()
def import_country(event_id: int) -> None:
    """Bring in what the shipped files know and this installation does not: "units.wanted"."""
    import_units(SYSTEM, pending_units(read_country()))


@task()
def run_map_changes(event_id: int) -> None:
    """Do, or take back, what two people agreed on: "map-change.confirmed" and its like."""
    run_changes(SYSTEM, breathe=lambda: time.sleep(BREATH_S))


@task()
def settle_units_in_time(event_id: int) -> None:
    """Let units take the names and places of a map on its first day: "map.foreseen".

    It comes again on the next such day, as long as there is one.
    """
    settle_units(SYSTEM)
    if day := next_map_day(as_day(clock.today())):
        due = clock.start_of(as_date(day))
        settle_units_in_time.using(run_after=due).enqueue(event_id)
