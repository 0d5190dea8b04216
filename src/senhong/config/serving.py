"""The serving process: pages, and beside them a thread that works jobs and the schedule.

On SQLite both share one process, because a second writing process would make writers wait for
seconds. The queue is a table, so a process that is killed loses nothing.
"""

import ctypes
import gc
import logging
import signal
import socket
import sys
import threading
from collections.abc import Sequence

from django.core.handlers.wsgi import WSGIHandler
from django.db import Error, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from senhong.config import services
from senhong.config.queries import jobs_wait, recurrences_due
from senhong.config.schedule import SCHEDULE, Recurring
from senhong.config.wsgi import application
from senhong.core import clock
from senhong.web.charts import warm_up

WORKER = socket.gethostname()[:64]  # who works the jobs of this machine
_IDLE_S = 0.5  # between two looks at an empty queue
_LOOKS = 10  # at the queue, for one at the schedule
_PR_SET_PDEATHSIG = 1

log = logging.getLogger(__name__)


def start() -> WSGIHandler:
    """Called once in each serving process; answers what is served."""
    end_with_parent()
    threading.Thread(target=work_jobs, args=[threading.Event()], daemon=True, name="jobs").start()
    threading.Thread(target=warm_up, daemon=True, name="charts").start()
    spare_the_collector()
    return application


def spare_the_collector() -> None:
    """What lives as long as the process is not looked through again and again for garbage.

    A full look took a tenth of a second, in the middle of somebody's request.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def end_with_parent() -> None:
    """Leave no orphan on the port when the parent is killed. Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def work_jobs(stop: threading.Event) -> None:
    """Work what is due, again and again, until ``stop`` is set.

    It looks without a lock first: an idle queue never holds up somebody who writes.
    """
    looks = 0
    while not stop.wait(_IDLE_S):
        try:
            if jobs_wait():
                _worker().run()
            if looks == 0:
                services.enter_schedule([one.name for one in SCHEDULE])
            if looks % _LOOKS == 0:
                run_schedule()
            looks += 1
        except Error:
            log.exception("The queue of jobs could not be read; trying again.")
        close_old_connections()


def run_schedule(schedule: Sequence[Recurring] = SCHEDULE) -> list[str]:
    """Run what of the schedule is due and nobody else has claimed; its names."""
    lines = {one.name: one for one in schedule}
    ran = []
    for row in recurrences_due(lines, clock.now()):
        line = lines[row.name]
        if services.claim_recurrence(row, every=line.every, worker=WORKER):
            services.note_run(row, failure=_failure_of(line))
            ran.append(line.name)
    return ran


def _failure_of(line: Recurring) -> str:
    """Runs it. A mistake in one must not keep the others, and the jobs, from running."""
    try:
        line.job()
    except Exception as mistake:
        log.exception("%s of the schedule failed; it comes again.", line.name)
        return type(mistake).__name__[:100]
    return ""


def _worker() -> Worker:
    return Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=WORKER,
        excluded_queue_names=[],
    )
