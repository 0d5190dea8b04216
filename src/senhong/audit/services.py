"""The memory of the movement, and what it sets in motion.

``config.reactions`` fills the two registries once: what follows *together* runs in the same
transaction as the event, what follows *afterwards* is a job queued in that transaction.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django_tasks.base import Task

from senhong.audit.models import Event
from senhong.core.actor import Actor

TOGETHER: dict[str, list[Callable[..., object]]] = {}
AFTERWARDS: dict[str, list[Task[..., Any]]] = {}


def happened(actor: Actor, name: str, subject: models.Model, **facts: Any) -> None:
    """Note an event in the caller's transaction and set going what follows from it."""
    all_happened(actor, name, [(subject, facts)])


def all_happened(
    actor: Actor, name: str, subjects: Iterable[tuple[models.Model, dict[str, Any]]]
) -> None:
    """Note the same event about many subjects, in one statement."""
    events = Event.objects.bulk_create(
        Event(name=name, subject=subject_of(subject), facts=facts, actor_id=actor.user_id)
        for subject, facts in subjects
    )
    for event in events:
        for reaction in TOGETHER.get(name, ()):
            reaction(actor, **event.facts)
        for job in AFTERWARDS.get(name, ()):
            job.enqueue(event.pk)


def subject_of(subject: models.Model) -> str:
    """How an event names what it is about: "app.model:key"."""
    return f"{subject._meta.label_lower}:{subject.pk}"
