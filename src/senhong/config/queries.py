"""What the serving process and its keeper ask."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import F, Model, QuerySet, TextField
from django.db.models.functions import Cast
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from senhong.audit.models import Event
from senhong.config.models import Recurrence
from senhong.core.encrypted_fields import EncryptedTextField
from senhong.core.encryption import newest_mark
from senhong.org.models import Installation, Unit


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


@dataclass(frozen=True, slots=True)
class EncryptedColumn:
    """A column that is kept encrypted."""

    model: type[Model]
    name: str

    def __str__(self) -> str:
        return f"{self.model.__name__}.{self.name}"


def encrypted_columns() -> Sequence[EncryptedColumn]:
    """Every encrypted column of every app. No query."""
    return [
        EncryptedColumn(model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, EncryptedTextField)
    ]


def kept_texts(column: EncryptedColumn) -> QuerySet[Model]:
    """The rows that have a text in the column, with ``kept``: how it stands in the database."""
    rows: QuerySet[Model] = column.model._base_manager.filter(**{f"{column.name}__isnull": False})
    annotated: QuerySet[Model] = rows.annotate(kept=Cast(F(column.name), TextField()))
    return annotated


def under_older_keys(column: EncryptedColumn) -> QuerySet[Model]:
    """Of those, the rows that the newest key does not open."""
    return kept_texts(column).exclude(kept__startswith=newest_mark())


def column_counts(column: EncryptedColumn) -> tuple[int, int]:
    """How many texts the column has, and how many of them lie under older keys. Two queries."""
    return kept_texts(column).count(), under_older_keys(column).count()


def recurrences() -> dict[str, Recurrence]:
    """When everything of the schedule ran and runs, by name. One query."""
    return {row.name: row for row in Recurrence.objects.all()}


def recurrences_due(names: Collection[str], now: datetime) -> list[Recurrence]:
    """What of the schedule should run by now, the longest due first. One query, and no lock."""
    found = Recurrence.objects.filter(name__in=names, next_at__lte=now)
    return list(found.order_by("next_at", "name"))
