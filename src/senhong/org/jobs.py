"""Slow things about units."""

from django_tasks import task

from senhong.org.queries import SYSTEM, pending_units
from senhong.org.services import import_units
from senhong.org.unit_files import read_country


@task()
def import_country(event_id: int) -> None:
    """Bring in what the shipped files know and this installation does not: "units.wanted"."""
    import_units(SYSTEM, pending_units(read_country()))
