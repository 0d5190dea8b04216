"""What is swept from time to time."""

from datetime import timedelta

from django.conf import settings
from django_tasks import task

from senhong.core import clock
from senhong.core.actor import Actor, Grant
from senhong.sync.queries.kept import decided_before
from senhong.sync.services import clear_bytes

_SWEEPER = Actor(None, frozenset({Grant("system.run", "")}))


@task()
def clear_kept_bytes() -> None:
    """What was kept and decided loses its bytes after ``KEPT_BYTES_DAYS``; may run at any time."""
    before = clock.now() - timedelta(days=settings.KEPT_BYTES_DAYS)
    clear_bytes(_SWEEPER, decided_before(_SWEEPER, before))
