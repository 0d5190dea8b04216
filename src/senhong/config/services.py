"""What the serving process does to its jobs and schedule, and its keeper to encrypted columns."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from senhong.audit.services import happened
from senhong.config.models import Recurrence
from senhong.config.queries import EncryptedColumn, jobs_left_by, kept_texts, under_older_keys
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.encryption import decrypt


@transaction.atomic
def take_up_jobs(worker: str) -> int:
    """Put back into the queue what this worker had begun when it was stopped.

    A job may run twice, so nothing is lost by running one again whose end was not noted.
    """
    left = [job.pk for job in jobs_left_by(worker)]
    return DBTaskResult.objects.filter(pk__in=left).update(
        status=TaskResultStatus.READY, started_at=None
    )


@transaction.atomic
def encrypt_anew(actor: Actor, column: EncryptedColumn, *, limit: int = 500) -> int:
    """So many more texts of the column lie under the newest key; 0 when none is left.

    Each call is a transaction of its own, so that nobody waits for a long one, and stopping
    between two loses nothing. What somebody changes meanwhile is left as she wrote it. Raises
    Forbidden, EncryptionKeyMissing, EncryptedTextBroken.
    """
    actor.require("system.run", at="")
    about = f"{column.model._meta.label_lower}.{column.name}"
    waiting = under_older_keys(column).only("pk").order_by("pk")[:limit]
    rows = list(waiting)
    for row in rows:
        kept = row.kept  # type: ignore[attr-defined]  # annotated
        same = kept_texts(column).filter(pk=row.pk, kept=kept)
        same.update(**{column.name: decrypt(kept, about)})
    if rows:
        happened(actor, "keys.rotated", rows[-1], number=len(rows))
    return len(rows)


def enter_schedule(names: Collection[str]) -> None:
    """Everything of the schedule has its row; what is new is due at once."""
    now = clock.now()
    Recurrence.objects.bulk_create(
        [Recurrence(name=name, next_at=now) for name in names], ignore_conflicts=True
    )


@transaction.atomic
def take_up_recurrences(worker: str) -> int:
    """What this worker had begun when it was stopped is due at once."""
    left = Recurrence.objects.filter(worker=worker, ended_at=None).exclude(began_at=None)
    return left.update(next_at=clock.now(), began_at=None)


@transaction.atomic
def claim_recurrence(row: Recurrence, *, every: timedelta, worker: str) -> bool:
    """Whether the caller is the one who runs it now. Of many workers one is."""
    now = clock.now()
    claimed = Recurrence.objects.filter(pk=row.pk, next_at=row.next_at, next_at__lte=now).update(
        next_at=now + every, began_at=now, ended_at=None, worker=worker
    )
    row.began_at = now
    return bool(claimed)


@transaction.atomic
def note_run(row: Recurrence, *, failure: str = "") -> None:
    """It is over; ``failure`` is the kind of mistake that ended it, or nothing."""
    runs = Recurrence.objects.filter(pk=row.pk, began_at=row.began_at)
    runs.update(ended_at=clock.now(), failure=failure)
