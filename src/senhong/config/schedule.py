"""What is done again and again, and how often. The one place to look.

Each is a function that takes nothing and may run twice: it calls services, and finds out for
itself what there is to do, without a lock first. A worker thread calls it (``config.serving``);
of many processes one does, because the row of each in ``config.Recurrence`` is claimed first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from senhong.activities.jobs import remind_of_tomorrow
from senhong.comms.jobs import forget_old_deliveries, send_deliveries
from senhong.files.jobs import clear_uploads
from senhong.people.jobs import forget_phones
from senhong.work.jobs import carry_tasks_of_ended_units, end_reached_tasks, make_repeated_tasks


@dataclass(frozen=True, slots=True)
class Recurring:
    """One line of the schedule. The name stands in the database: it is not changed."""

    name: str
    every: timedelta
    job: Callable[[], object]


SCHEDULE = (
    Recurring("send-deliveries", timedelta(seconds=30), send_deliveries),
    Recurring("remind-of-tomorrow", timedelta(minutes=10), remind_of_tomorrow),
    Recurring("make-repeated-tasks", timedelta(minutes=10), make_repeated_tasks),
    Recurring("carry-tasks-of-ended-units", timedelta(hours=1), carry_tasks_of_ended_units),
    Recurring("end-reached-tasks", timedelta(minutes=5), end_reached_tasks),
    Recurring("forget-phones", timedelta(days=1), forget_phones.func),
    Recurring("clear-uploads", timedelta(days=1), clear_uploads.func),
    Recurring("forget-old-deliveries", timedelta(days=1), forget_old_deliveries),
)
