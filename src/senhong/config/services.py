"""What the serving process does to the queue of jobs."""

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from senhong.config.queries import jobs_left_by


@transaction.atomic
def take_up_jobs(worker: str) -> int:
    """Put back into the queue what this worker had begun when it was stopped.

    A job may run twice, so nothing is lost by running one again whose end was not noted.
    """
    left = [job.pk for job in jobs_left_by(worker)]
    return DBTaskResult.objects.filter(pk__in=left).update(
        status=TaskResultStatus.READY, started_at=None
    )
