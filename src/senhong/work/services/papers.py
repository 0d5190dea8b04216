"""A directive is split: its clauses are written, and tasks made that carry them out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from senhong.audit.services import happened
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.ids import derived_id
from senhong.org.models import Unit
from senhong.plans.models import Directive
from senhong.work.errors import ClauseOfAnother
from senhong.work.models import Clause, Task, TaskList
from senhong.work.services.clauses import write_clause
from senhong.work.services.facts import TaskFacts, TaskPlace
from senhong.work.services.lists import ListFacts, make_list
from senhong.work.services.sending import assign_down
from senhong.work.services.tasks import make_task


class ClauseFacts(NamedTuple):
    """A part of a directive, as it stands there."""

    number: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Portion:
    """One task that carries out a clause, and the units to which it is sent at once."""

    facts: TaskFacts
    units: Collection[Unit] = field(default_factory=tuple)


@transaction.atomic
def write_clauses(
    actor: Actor, id: UUID, directive: Directive, parts: Sequence[ClauseFacts]
) -> list[Clause]:
    """Further clauses of a directive, in their order, after those that stand.

    The same ``id`` writes nothing again. Raises Forbidden, NothingSaid, IdReused.
    """
    actor.require("task.edit", at=directive.unit.path)
    ids = [derived_id(id, "clause", number) for number in range(len(parts))]
    known = list(Clause.objects.filter(pk__in=ids).order_by("position", "pk"))
    if known:
        if {each.directive_id for each in known} != {directive.pk}:
            raise IdReused(id=str(id))
        return known
    found = Clause.objects.filter(directive=directive).aggregate(last=Max("position"))
    first = (found["last"] or 0) + 1
    return [
        write_clause(
            actor, each, directive, number=part.number, words=part.words, position=first + place
        )
        for place, (each, part) in enumerate(zip(ids, parts, strict=True))
    ]


@transaction.atomic
def split_directive(
    actor: Actor, id: UUID, directive: Directive, into: TaskList | ListFacts,
    portions: Sequence[Portion],
) -> list[Task]:  # fmt: skip
    """Tasks that carry out clauses of a directive, in one list, all or none; one act.

    into  the list in which they stand, or that is made for them. The same ``id`` with the same
          portions returns the first tasks. Raises Forbidden, ClauseOfAnother, and what make_list,
          make_task and assign_down raise.
    """
    _refuse_others(directive, portions)
    row = into if isinstance(into, TaskList) else make_list(actor, derived_id(id, "list"), into)
    ids = [derived_id(id, "task", number) for number in range(len(portions))]
    is_new = not Task.objects.filter(pk__in=ids).exists()
    place = TaskPlace(list=row)
    tasks = [
        make_task(actor, each, portion.facts, place)
        for each, portion in zip(ids, portions, strict=True)
    ]
    for task, portion in zip(tasks, portions, strict=True):
        if portion.units:
            assign_down(actor, derived_id(task.pk, "sent"), task, portion.units)
    if is_new:
        sent = sum(len(portion.units) for portion in portions)
        happened(actor, "directive.split", directive, tasks=len(tasks), units=sent)
    return tasks


def _refuse_others(directive: Directive, portions: Sequence[Portion]) -> None:
    for portion in portions:
        clause = portion.facts.clause
        if clause is None or clause.directive_id != directive.pk:
            raise ClauseOfAnother(title=portion.facts.title)
