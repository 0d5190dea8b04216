"""What recurs about tasks: work comes again, is reached, and follows units that end."""

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.days import as_day
from senhong.org.queries import SYSTEM
from senhong.work import queries, services
from senhong.work.models import Task


def make_repeated_tasks() -> int:
    """Make what is due to come again; how many tasks. Each once, however many workers there are."""
    made = 0
    for row in queries.repetitions_due(SYSTEM):
        while services.make_occurrence(SYSTEM, row):
            made += 1
    return made


def end_reached_tasks() -> int:
    """Accept the tasks that count themselves and whose figure is reached; how many."""
    ended, after = 0, None
    while tasks := queries.tasks_that_count(SYSTEM, after=after):
        ended += _end(SYSTEM, tasks)
        after = tasks[-1].pk
    return ended


def carry_tasks_of_ended_units() -> None:
    """Open tasks of units that ended on a day which was known ahead go to what those became."""
    services.carry_tasks(SYSTEM, day=as_day(clock.today()))


def _end(actor: Actor, tasks: list[Task]) -> int:
    progress = queries.progress_of(actor, tasks)
    reached = [task for task in tasks if task.pk in progress and progress[task.pk].is_reached]
    return sum(services.reach_task(actor, t, figure=progress[t.pk].figure) for t in reached)
