"""What is swept from time to time."""

from datetime import timedelta

from django_tasks import task

from senhong.core import clock
from senhong.core.actor import Actor, Grant
from senhong.files.queries import uploads_left
from senhong.files.services import forget_uploads
from senhong.files.uploading import clear_pieces

KEPT_FOR = timedelta(days=7)
_SWEEPER = Actor(None, frozenset({Grant("system.run", "")}))


@task()
def clear_uploads() -> None:
    """Photos that never arrived whole are given up after seven days; may run at any time.

    The pieces first: a phone that comes back at this moment begins its photo again.
    """
    left = uploads_left(_SWEEPER, before=clock.now() - KEPT_FOR)
    for id in left:
        clear_pieces(id)
    forget_uploads(_SWEEPER, left)
