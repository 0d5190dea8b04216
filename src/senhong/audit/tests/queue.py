"""The queue of jobs, as a test works it."""

from django_tasks_db.models import DBTaskResult


def work_the_queue() -> None:
    """Do what follows afterwards from what has happened so far, and what follows from that.

    Here and now: the real worker closes its connection, on which the test's transaction hangs.
    """
    while waiting := DBTaskResult.objects.ready().first():
        job, given = waiting.task, waiting.args_kwargs
        waiting.delete()
        job.call(*given["args"], **given["kwargs"])
