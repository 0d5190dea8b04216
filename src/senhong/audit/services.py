"""The memory of the movement, and what it sets in motion.

``config.reactions`` fills the two registries once: what follows *together* runs in the same
transaction as the event, what follows *afterwards* is a job queued in that transaction.
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django_tasks.base import Task

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.rows import rows_of, run_often

TOGETHER: dict[str, list[Callable[..., object]]] = {}
AFTERWARDS: dict[str, list[Task[..., Any]]] = {}


def happened(actor: Actor, name: str, subject: models.Model, **facts: Any) -> None:
    """Note an event in the caller's transaction and set going what follows from it."""
    all_happened(actor, name, [(subject, facts)])


def all_happened(
    actor: Actor, name: str, subjects: Iterable[tuple[models.Model, dict[str, Any]]]
) -> None:
    """Note the same event about many subjects, in one statement; then each one's reactions."""
    noted = [(subject_of(subject), facts) for subject, facts in subjects]
    if not noted:
        return
    ids = _insert(actor, name, noted)
    for reaction in TOGETHER.get(name, ()):
        for _subject, facts in noted:
            reaction(actor, **facts)
    for job in AFTERWARDS.get(name, ()):
        for event_id in ids:
            job.enqueue(event_id)


def subject_of(subject: models.Model) -> str:
    """How an event names what it is about: "app.model:key"."""
    return f"{subject._meta.label_lower}:{subject.pk}"


def _insert(actor: Actor, name: str, noted: list[tuple[str, dict[str, Any]]]) -> list[int]:
    """Plain SQL: fifty events of a batch of helps are one parameter, not fifty models."""
    beside = {"brought_by": actor.brought_by} if actor.brought_by is not None else {}
    texts = [
        (subject, json.dumps(facts | beside, cls=DjangoJSONEncoder)) for subject, facts in noted
    ]
    rows, params = rows_of("e", {"subject": "text", "facts": "jsonb"}, texts)
    at = connection.ops.adapt_datetimefield_value(clock.now())
    sql = f"""
        INSERT INTO audit_event (name, actor_id, at, subject, facts)
        SELECT %s, CAST(%s AS bigint), {_INSTANT[connection.vendor]}, e.subject, e.facts FROM {rows}
        RETURNING id"""
    return [id for (id,) in run_often(sql, [name, actor.user_id, at, *params])]


# SQLite keeps instants as text; PostgreSQL must be told the type of a parameter in a SELECT.
_INSTANT = {"postgresql": "CAST(%s AS timestamptz)", "sqlite": "%s"}
