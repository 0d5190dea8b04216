"""What the serving process asks before and while it serves."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from senhong.config.models import Recurrence
from senhong.org.models import Installation, Unit


def tables_are_behind() -> bool:
    """Whether a migration of this release has not been applied yet. One query."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def has_units() -> bool:
    """Whether the country's units have been imported. One query."""
    return Unit.objects.exists()


def is_founded() -> bool:
    """Whether somebody, or the demo, has founded this installation. One query."""
    return Installation.objects.exists()


def jobs_wait() -> bool:
    """Whether a job is due. One query, and no lock."""
    return DBTaskResult.objects.ready().exists()


def jobs_left_by(worker: str) -> list[DBTaskResult[Any, Any]]:
    """Jobs that this worker had begun when it was stopped. One query."""
    begun = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return [job for job in begun if job.worker_ids[-1:] == [worker]]


def recurrences() -> dict[str, Recurrence]:
    """When everything of the schedule ran and runs, by name. One query."""
    return {row.name: row for row in Recurrence.objects.all()}


def recurrences_due(names: Collection[str], now: datetime) -> list[Recurrence]:
    """What of the schedule should run by now, the longest due first. One query, and no lock."""
    found = Recurrence.objects.filter(name__in=names, next_at__lte=now)
    return list(found.order_by("next_at", "name"))
