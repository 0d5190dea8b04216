"""Units × tasks: who has answered what."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.org.models import Unit
from senhong.plans.models import Plan
from senhong.work.answering import sums_of
from senhong.work.clocks import Outcome, TaskClock
from senhong.work.models import IS_OPEN, Answer, Task, TaskList, Verdict
from senhong.work.queries.frames import BY_DEADLINE, tasks_seen
from senhong.work.queries.outcomes import OutcomeCounts
from senhong.work.states import TaskState

MOST_COLUMNS = 12
_MOST_ROWS = 4000
# Of several parcels at one unit (a change of the map laid two together) the worst is shown.
_WORST_FIRST = (Outcome.OVERDUE, Outcome.RUNNING, Outcome.LATE, Outcome.ON_TIME)
_CLOCK = (
    "state", "state_before", "first_due_at", "base_due_at", "due_at", "paused_s", "stopped_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What a unit has done about a task."""

    task_id: UUID
    state: str
    outcome: Outcome | None  # None: called off
    is_extended: bool
    wants_extension: bool
    more: int = 0  # parcels of the unit beside this one


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows are units by name, columns tasks that were sent; cells by (unit id, task id)."""

    columns: Sequence[Task]
    rows: Sequence[Unit]
    cells: Mapping[tuple[int, UUID], MatrixCell]
    totals: Mapping[UUID, OutcomeCounts]  # of each column


def sent_tasks(
    actor: Actor,
    *,
    row: TaskList | None = None,
    plan: Plan | None = None,
    with_ended: bool = False,
    limit: int = MOST_COLUMNS,
) -> list[Task]:
    """Tasks that were sent to units, of a list, of a plan or all, by deadline. One query."""
    found = tasks_seen(actor).filter(is_sent=True)
    if row is not None:
        found = found.filter(list=row)
    if plan is not None:
        found = found.filter(plan=plan)
    if not with_ended:
        found = found.filter(IS_OPEN)
    return list(found.order_by(*BY_DEADLINE)[:limit])


def matrix_of(
    actor: Actor, tasks: Sequence[Task], *, below: Unit | None = None, now: datetime | None = None
) -> Matrix:
    """Who has answered which of these tasks; ``below`` narrows the rows. Two queries.

    A row for each unit that has at least one of them.
    """
    at = now or clock.now()
    parcels = Task.objects.visible_to(actor).filter(
        parent__in=[task.pk for task in tasks], assignment__isnull=False
    )
    if below is not None:
        units = Unit.objects.filter(path__startswith=below.path)
        parcels = parcels.filter(unit__in=units.values("pk"))
    found: defaultdict[tuple[int, UUID], list[MatrixCell]] = defaultdict(list)
    rows = parcels.values_list("unit_id", "parent_id", "pk", "wants_extension", *_CLOCK)
    for unit_id, parent_id, pk, wants, *said in rows:
        found[unit_id, parent_id].append(_cell(pk, wants, _clock(said), at))
    cells = {place: _worst(several) for place, several in found.items()}
    units_shown = Unit.objects.filter(pk__in={unit_id for unit_id, _task in cells})
    return Matrix(
        columns=tasks,
        rows=list(units_shown.order_by("sort_key", "pk")[:_MOST_ROWS]),
        cells=cells,
        totals={task.pk: _total(found, task.pk) for task in tasks},
    )


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What one unit answered; None while it has not."""

    task: Task
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class AnswersSummed:
    """What all units answered to one task, and what it adds up to."""

    lines: Sequence[AnswerLine]  # by the name of the unit
    number: Decimal | None  # of answers that are a number
    columns: Sequence[Decimal | None]  # of answers that are a table; None for words
    answered: int


def answers_summed(actor: Actor, task: Task) -> AnswersSummed:
    """The answers that stand (accepted, or waiting to be), of every unit the task was sent to.

    What was returned counts no more. Each answer comes with its files. Three queries.
    """
    parcels = tasks_seen(actor).filter(parent=task, assignment__isnull=False)
    parcels = parcels.prefetch_related("answer__files__file")
    lines = [
        AnswerLine(each, each.answer if each.answer and _stands(each.answer) else None)
        for each in parcels.order_by("unit__sort_key", "unit_id", "pk")[:_MOST_ROWS]
    ]
    answers = [line.answer for line in lines if line.answer is not None]
    numbers = [answer.number for answer in answers if answer.number is not None]
    rows = (row for answer in answers for row in answer.rows)
    return AnswersSummed(
        lines=lines,
        number=sum(numbers, Decimal(0)) if numbers else None,
        columns=sums_of(task.brief.form, rows),
        answered=len(answers),
    )


def _stands(answer: Answer) -> bool:
    return answer.verdict in {Verdict.ACCEPTED, Verdict.WAITING}


def _clock(said: Sequence[object]) -> TaskClock:
    return TaskClock(**dict(zip(_CLOCK, said, strict=True)))  # type: ignore[arg-type]  # by name


def _cell(id: UUID, wants: bool, clocked: TaskClock, now: datetime) -> MatrixCell:
    return MatrixCell(id, clocked.state, clocked.outcome(now), clocked.is_extended, wants)


def _worst(cells: list[MatrixCell]) -> MatrixCell:
    if len(cells) == 1:
        return cells[0]
    worst = min(cells, key=lambda c: _WORST_FIRST.index(c.outcome) if c.outcome else 9)
    return MatrixCell(
        worst.task_id, worst.state, worst.outcome, worst.is_extended, worst.wants_extension,
        len(cells) - 1,
    )  # fmt: skip


def _total(cells: Mapping[tuple[int, UUID], list[MatrixCell]], task_id: UUID) -> OutcomeCounts:
    own = [cell for (_unit, task), several in cells.items() if task == task_id for cell in several]
    return OutcomeCounts(
        **{each.column: sum(cell.outcome is each for cell in own) for each in Outcome},
        paused=sum(cell.state == TaskState.PAUSED for cell in own),
        extended=sum(cell.is_extended for cell in own),
        waiting=sum(cell.state == TaskState.HANDED_IN for cell in own),
        returned=sum(cell.state == TaskState.RETURNED for cell in own),
        cancelled=sum(cell.state == TaskState.CANCELLED for cell in own),
    )
