"""What the serving process asks before and while it serves."""

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from senhong.audit.models import Event
from senhong.org.models import Installation, Unit


def tables_are_behind() -> bool:
    """Whether a migration of this release has not been applied yet. One query."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def has_units() -> bool:
    """Whether the country's units have been imported. One query."""
    return Unit.objects.exists()


def takes_a_demo() -> bool:
    """Whether nobody has founded this installation, nor taken its demo away. Two queries."""
    is_removed = Event.objects.filter(name="demo.removed")
    return not Installation.objects.exists() and not is_removed.exists()


def jobs_wait() -> bool:
    """Whether a job is due. One query, and no lock."""
    return DBTaskResult.objects.ready().exists()


def jobs_left_by(worker: str) -> list[DBTaskResult[Any, Any]]:
    """Jobs that this worker had begun when it was stopped. One query."""
    begun = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return [job for job in begun if job.worker_ids[-1:] == [worker]]
