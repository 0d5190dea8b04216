"""What the serving process does to the queue of jobs, and its keeper to encrypted columns."""

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from senhong.audit.services import happened
from senhong.config.queries import EncryptedColumn, jobs_left_by, kept_texts, under_older_keys
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
