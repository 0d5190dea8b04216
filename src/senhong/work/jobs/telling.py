"""People hear of what happened to tasks that concern them, once for each event."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django_tasks import task as job

from senhong.audit.models import Event
from senhong.audit.queries import get_event
from senhong.comms.models import Topic
from senhong.comms.queries import occasion_of_reminder
from senhong.comms.services import Manner, Said, deliver
from senhong.org.queries import SYSTEM
from senhong.work import queries, services, telling
from senhong.work.models import Task
from senhong.work.queries import responsible
from senhong.work.queries import told as asked
from senhong.work.queries.told import Told

_AT_ONCE = 500  # people in one transaction


@dataclass(frozen=True, slots=True)
class Telling:
    """Of one kind of event: whom it concerns, and what they are told. Who did it knows it."""

    to: Callable[[Told], Collection[int]]
    say: Callable[[Told], Said]


def _workers(told: Told) -> set[int]:
    return set(responsible.workers_of([told.task])[told.task.pk])


def _given(told: Told) -> set[int]:
    """Who is named for it; of a unit's own work nobody else, since they gave it themselves."""
    task = told.task
    if task.is_template or not task.is_open:
        return set()
    if task.assignee_id is None and task.unit_id == task.by_unit_id:
        return set()
    return _workers(told)


def _named(told: Told) -> set[int]:
    """Who answers for it now, as long as it is still she."""
    _before, after = told.event.facts["user_id"]
    is_hers = after is not None and told.task.assignee_id == after
    return {after} if is_hers and told.task.is_open and not told.task.is_template else set()


def _added(told: Told) -> set[int]:
    """Who works on it beside who answers for it, since this event."""
    return set(told.event.facts.get("added", ())) if told.task.is_open else set()


def _judges(told: Told) -> set[int]:
    return responsible.judges_of(told.task)


def _all(told: Told) -> set[int]:
    """Who did it, who handed it in, and who follows it."""
    answer = told.task.answer
    by = {answer.by_id} if answer and answer.by_id else set()
    return _workers(told) | by | responsible.followers_of(told.task)


def _everybody(told: Told) -> set[int]:
    return _all(told) | _judges(told)


def _asker(told: Told) -> set[int]:
    asker = told.extension.by_id if told.extension else None
    return _workers(told) | ({asker} if asker else set())


def _called(told: Told) -> set[int]:
    return asked.mentioned_in(told.comment) if told.comment else set()


def _called_off(told: Told) -> set[int]:
    return asked.workers_called_off(told.task)


def _of_new_deadline(told: Told) -> set[int]:
    return _workers(told) if told.event.facts.get("due_at") and told.task.is_open else set()


# By the name of the event. config.reactions queues tell_of_task for each.
TELLINGS: dict[str, Telling] = {
    "task.made": Telling(_given, telling.said_of_giving),
    "task.repeated": Telling(_given, telling.said_of_giving),
    "task.copied": Telling(_given, telling.said_of_giving),
    "task.named": Telling(_named, telling.said_of_giving),
    "task.parts-set": Telling(_added, telling.said_of_giving),
    "task.handed-in": Telling(_judges, telling.said_of_handing_in),
    "task.returned": Telling(_all, telling.said_of_returning),
    "task.accepted": Telling(_all, telling.said_of_accepting),
    "task.reached": Telling(_everybody, telling.said_of_reaching),
    "task.cancelled": Telling(_called_off, telling.said_of_cancelling),
    "task.paused": Telling(_workers, telling.said_of_pausing),
    "task.resumed": Telling(_workers, telling.said_of_resuming),
    "task.changed": Telling(_of_new_deadline, telling.said_of_new_deadline),
    "extension.asked": Telling(_judges, telling.said_of_asking),
    "extension.granted": Telling(_asker, telling.said_of_granting),
    "extension.refused": Telling(_asker, telling.said_of_refusing),
    "comment.written": Telling(_called, telling.said_of_calling),
}
_GIVING = frozenset({"task.named", "task.parts-set"})


@job()
def tell_of_task(event_id: int) -> None:
    """Tell those whom an event of TELLINGS concerns, but for who did it."""
    event = get_event(event_id)
    told = asked.told_of(event)
    if told is None:
        return
    one = TELLINGS[event.name]
    people = set(one.to(told)) - {event.actor_id or 0}
    _deliver(event, people, partial(one.say, told), told.task)
    if event.name in _GIVING:
        services.pass_over(SYSTEM, told.task, people)


@job()
def tell_units_given(event_id: int) -> None:
    """Tell who does what was sent to units: "task.assigned"."""
    event = get_event(event_id)
    told = asked.told_of(event)
    if told is not None and told.task.is_open:
        people = asked.workers_given(UUID(event.facts["act"])) - {event.actor_id or 0}
        _deliver(event, people, partial(telling.said_of_sending, told), told.task)


@job()
def tell_of_taking_over(event_id: int) -> None:
    """Tell a unit that it got the open tasks of one that ended: "task.taken-over"."""
    event = get_event(event_id)
    old, new = event.facts["unit_id"]
    people = asked.workers_at(new) - {event.actor_id or 0}
    words = (event.facts["number"], asked.unit_named(old), asked.unit_named(new))
    deliver(
        SYSTEM, people, occasion=f"{event.name}:{event.pk}",
        say=partial(telling.said_of_taking_over, *words), manner=Manner(topic=Topic.TASK),
    )  # fmt: skip


@job()
def tell_the_silent(event_id: int) -> None:
    """What somebody above wrote to units that have not answered: "task.reminded".

    In the app those who serve the unit see it as the unit's reminder already.
    """
    event = get_event(event_id)
    told, act = asked.told_of(event), UUID(event.facts["act"])
    sent = asked.people_reminded(told.task, act) if told else None
    if told is None or sent is None:
        return
    say = partial(telling.said_of_reminding, told.task, sent.words)
    for people, outside in ((sent.named, False), (sent.readers, True)):
        deliver(
            SYSTEM, set(people) - {event.actor_id or 0},
            occasion=occasion_of_reminder(act), say=say,
            manner=_manner(told.task, Topic.DEADLINE, outside=outside),
        )  # fmt: skip


def _deliver(event: Event, people: Collection[int], say: Callable[[], Said], task: Task) -> None:
    """In parts, so that nobody else waits long for the database."""
    to, manner = sorted(people), _manner(task, Topic.TASK)
    for first in range(0, len(to), _AT_ONCE):
        some = to[first : first + _AT_ONCE]
        occasion = f"{event.name}:{event.pk}"
        deliver(SYSTEM, some, occasion=occasion, say=say, manner=manner)


def _manner(task: Task, topic: Topic, *, outside: bool = False) -> Manner:
    """It waits for the end of the quiet hours of the unit that does the task."""
    quiet = queries.quiet_hours(queries.work_rule_of(task.unit))
    return Manner(topic=topic, quiet=quiet, outside=outside)
