"""The queue of jobs, as a test works it."""

from django_tasks_db.management.commands.db_worker import Worker


def work_the_queue() -> None:
    """Do what follows afterwards from what has happened so far, and what follows from that."""
    Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="test", excluded_queue_names=[],
    ).run()  # fmt: skip
