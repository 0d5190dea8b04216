"""What an event about tasks is about, with what its words and its readers need."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Length

from senhong.audit.models import Event
from senhong.comms.models import Reminder
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM
from senhong.work.models import Comment, Extension, Task
from senhong.work.queries.one import get_task
from senhong.work.queries.responsible import holders_at, named_for, workers_of


@dataclass(frozen=True, slots=True)
class Told:
    """An event and the task that it is about, with the request or the words themselves."""

    event: Event
    task: Task
    extension: Extension | None = None
    comment: Comment | None = None


def told_of(event: Event) -> Told | None:
    """None where the task is there no more. At most four queries."""
    kind, _colon, key = event.subject.partition(":")
    extension, comment, task_id = None, None, UUID(key)
    if kind == "work.extension":
        extension = Extension.objects.filter(pk=key).first()
        task_id = extension.task_id if extension else task_id
    elif kind == "work.comment":
        comment = Comment.objects.select_related("by").filter(pk=key).first()
        task_id = comment.task_id if comment else task_id
    try:
        return Told(event, get_task(SYSTEM, task_id), extension, comment)
    except NotFound:
        return None


def mentioned_in(comment: Comment) -> set[int]:
    """One query."""
    return set(comment.mentions.values_list("pk", flat=True))


def workers_given(act: UUID) -> set[int]:
    """Who does what one act sent to units. Five queries."""
    parcels = list(Task.objects.open().filter(assignment=act).only("pk", "unit"))
    return set().union(*workers_of(parcels).values())


def workers_called_off(task: Task) -> set[int]:
    """Who did the task, or what was sent from it and was called off with it. Five queries."""
    off = Task.objects.filter(parent=task, assignment__isnull=False, state=task.state)
    parcels = list(off.filter(ended_at=task.ended_at).only("pk", "unit")) if task.is_sent else []
    return set().union(*workers_of([task, *parcels]).values())


def workers_at(unit_id: int) -> set[int]:
    """Who may work on what nobody is named for at the unit. Two queries."""
    return set(holders_at([unit_id], "task.answer").get(unit_id, ()))


@dataclass(frozen=True, slots=True)
class Reminded:
    """Whom one sending of reminders about a task is for.

    readers  see the reminder of their unit in the app
    named    do not, and do the task
    """

    words: str
    readers: Collection[int]
    named: Collection[int]


def people_reminded(task: Task, act: UUID) -> Reminded | None:
    """None where nobody was reminded. Six queries."""
    sent = list(Reminder.objects.filter(act=act).values_list("unit", "words"))
    if not sent:
        return None
    units = [unit for unit, _words in sent]
    readers = set().union(*holders_at(units, "reminder.read").values())
    parcels = Task.objects.open().filter(parent=task, unit__in=units, assignment__isnull=False)
    named = set().union(*named_for(parcels.values_list("pk", flat=True)).values())
    return Reminded(sent[0][1], readers, named - readers)


def own_parcel(actor: Actor, id: UUID) -> Task:
    """The task itself for who sees it; else what was sent from it to the actor's unit or to her.

    Raises NotFound. At most three queries.
    """
    seen = Task.objects.visible_to(actor)
    parcels = seen.filter(parent=id, assignment__isnull=False)
    if seen.filter(pk=id).exists():
        return get_task(actor, id)
    nearest = parcels.order_by(Length("unit__path"), "pk").first()
    return get_task(actor, nearest.pk if nearest else id)


def unit_named(id: int) -> str:
    """What the unit is called, also when it has ended. One query."""
    unit = Unit.objects.filter(pk=id).first()
    return unit.title if unit else ""
