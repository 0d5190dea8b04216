"""How a directive is carried out: its clauses, the tasks of each, and what became of them.

A page, a printed report and a workbook show the same answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.org.models import Unit
from senhong.plans.models import Directive
from senhong.plans.queries import CarriedOut
from senhong.work.clocks import Outcome
from senhong.work.models import Clause, Task, TaskQuerySet, Verdict
from senhong.work.queries.frames import BY_DEADLINE, tasks_seen
from senhong.work.queries.outcomes import OutcomeCounts, counts
from senhong.work.queries.timelines import clauses_of
from senhong.work.states import TaskState

_MOST = 500
_MOST_UNITS = 4000
_COUNTS = [field.name for field in fields(OutcomeCounts)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseTask:
    """A task of a clause. What was sent to units counts as what those have done."""

    task: Task
    counts: OutcomeCounts
    outcome: Outcome | None  # of a task that was not sent; None: called off
    answered: int  # how many of its units have handed in; 0 where it was not sent
    number: Decimal | None  # what was answered, or what its units' answers add up to


@dataclass(frozen=True, slots=True)
class ClauseWork:
    """A clause of a directive, the tasks that carry it out, and what became of them."""

    clause: Clause
    tasks: Sequence[ClauseTask]
    counts: OutcomeCounts


@dataclass(frozen=True, slots=True)
class UnitWork:
    """What became of the tasks of one unit."""

    unit: Unit
    counts: OutcomeCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """The report of a directive's execution, as its reader may see it."""

    directive: Directive
    at: datetime
    clauses: Sequence[ClauseWork]
    units: Sequence[UnitWork]  # by name
    counts: OutcomeCounts

    @property
    def idle(self) -> int:
        """How many clauses no task carries out yet."""
        return sum(not each.tasks for each in self.clauses)


@dataclass(frozen=True, slots=True)
class _Sent:
    """What the units have made of a task that was sent to them."""

    counts: OutcomeCounts
    answered: int
    number: Decimal | None


def get_clause(actor: Actor, id: UUID) -> Clause:
    """The clause with its directive and who keeps that, or NotFound. One query."""
    seen = Directive.objects.visible_to(actor).values("pk")
    found = Clause.objects.filter(directive__in=seen).select_related("directive__unit")
    clause = found.filter(pk=id).first()
    if clause is None:
        raise NotFound(what=gettext_lazy("mục này"))
    return clause


def execution_of(actor: Actor, directive: Directive, *, at: datetime | None = None) -> Execution:
    """Every clause with its tasks; a commune sees its own part. At most 500 tasks, by deadline.

    Five queries, whatever there is.
    """
    now = at or clock.now()
    tasks = list(_tasks(actor, directive).order_by(*BY_DEADLINE)[:_MOST])
    sent = _sent(actor, tasks, now)
    lines = [(task.clause_id, _line(task, sent.get(task.pk), now)) for task in tasks]
    clauses = [
        _clause(clause, [line for clause_id, line in lines if clause_id == clause.pk])
        for clause in clauses_of(directive)
    ]
    return Execution(
        directive=directive, at=now, clauses=clauses, units=_units(actor, directive, now),
        counts=_summed(each.counts for each in clauses),
    )  # fmt: skip


def tasks_of_directives(actor: Actor, directive: Directive) -> list[CarriedOut]:
    """Of how many clauses and tasks the actor may see; nothing where nothing was written.

    For the document's own page. Two queries.
    """
    clauses = Clause.objects.filter(directive=directive).count()
    mine = Task.objects.visible_to(actor).counted().filter(clause__directive=directive)
    found = OutcomeCounts(**mine.aggregate(**counts(clock.now())))
    may = actor.can("task.edit", at=directive.unit.path)
    if not (clauses or found.total or may):
        return []
    url = f"/directives/{directive.pk}/work/"
    return [CarriedOut(_told(clauses, found), _("Phân rã và thực hiện"), url)]


def _told(clauses: int, found: OutcomeCounts) -> str:
    if not clauses:
        return _("Chưa ghi các mục của văn bản.")
    parts = ngettext("{number} mục", "{number} mục", clauses).format(number=clauses)
    return _(
        "{clauses}, {total} nhiệm vụ: {on_time} đúng hạn, {late} trễ hạn, {running} trong hạn, "
        "{overdue} quá hạn."
    ).format(
        clauses=parts, total=found.total, on_time=found.on_time, late=found.late,
        running=found.running, overdue=found.overdue,
    )  # fmt: skip


def _tasks(actor: Actor, directive: Directive) -> TaskQuerySet:
    """The tasks themselves; a parcel only for who may not see the task that was sent."""
    above = Task.objects.visible_to(actor).filter(clause__directive=directive, is_sent=True)
    found = tasks_seen(actor).filter(clause__directive=directive)
    return found.filter(Q(assignment=None) | ~Q(parent__in=above.values("pk")))


def _sent(actor: Actor, tasks: Iterable[Task], now: datetime) -> Mapping[UUID, _Sent]:
    stands = Q(answer__verdict__in=[Verdict.ACCEPTED, Verdict.WAITING])
    parcels = Task.objects.visible_to(actor).filter(
        parent__in=[task.pk for task in tasks if task.is_sent], assignment__isnull=False
    )
    rows = parcels.order_by().values("parent").annotate(
        **counts(now),
        answered=Count("pk", filter=stands),
        number=Sum("answer__number", filter=stands),
    )  # fmt: skip
    sent = ((row["parent"], _Sent(_counts(row), row["answered"], row["number"])) for row in rows)
    return {parent: each for parent, each in sent if parent is not None}


def _line(task: Task, sent: _Sent | None, now: datetime) -> ClauseTask:
    if sent is not None:
        return ClauseTask(
            task=task, counts=sent.counts, outcome=None, answered=sent.answered, number=sent.number
        )
    number = task.answer.number if task.answer and task.answer.verdict != "returned" else None
    outcome = task.outcome(now)
    return ClauseTask(
        task=task, counts=_of_one(task, outcome), outcome=outcome, answered=0, number=number
    )


def _of_one(task: Task, outcome: Outcome | None) -> OutcomeCounts:
    if outcome is None:
        return OutcomeCounts(cancelled=1)
    return OutcomeCounts(
        **{outcome.column: 1},
        paused=int(task.state == TaskState.PAUSED),
        extended=int(task.is_extended),
        waiting=int(task.state == TaskState.HANDED_IN),
        returned=int(task.state == TaskState.RETURNED),
    )


def _clause(clause: Clause, lines: list[ClauseTask]) -> ClauseWork:
    return ClauseWork(clause, lines, _summed(line.counts for line in lines))


def _units(actor: Actor, directive: Directive, now: datetime) -> list[UnitWork]:
    found = Task.objects.visible_to(actor).counted().filter(clause__directive=directive)
    rows = found.order_by().values("unit").annotate(**counts(now))
    counted = {row["unit"]: _counts(row) for row in rows}
    units = Unit.objects.filter(pk__in=list(counted)).order_by("sort_key", "pk")
    return [UnitWork(unit, counted[unit.pk]) for unit in units[:_MOST_UNITS]]


def _counts(row: Mapping[str, Any]) -> OutcomeCounts:
    return OutcomeCounts(**{name: row[name] for name in _COUNTS})


def _summed(parts: Iterable[OutcomeCounts]) -> OutcomeCounts:
    every = list(parts)
    return OutcomeCounts(**{name: sum(getattr(one, name) for one in every) for name in _COUNTS})


def idle_clauses(directive: Directive, unit: Unit) -> list[Clause]:
    """The clauses for which the unit has given no task yet, in their order. One query."""
    busy = Task.objects.filter(by_unit=unit, clause__directive=directive).values("clause")
    found = Clause.objects.filter(directive=directive).exclude(pk__in=busy)
    return list(found.order_by("position", "pk")[:_MOST])
