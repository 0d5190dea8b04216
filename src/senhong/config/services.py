"""What the serving process does to the queue of jobs, and to the schedule."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from senhong.config.models import Recurrence
from senhong.config.queries import jobs_left_by
from senhong.core import clock


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
