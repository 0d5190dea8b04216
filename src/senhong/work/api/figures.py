"""What became of tasks: one's own work, exceptions, the matrix, counts of outcomes."""

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Query, Schema

from senhong.core import clock
from senhong.org.queries import get_unit
from senhong.plans.queries import get_plan
from senhong.web.api import PROBLEMS, IsoDay, Problem, SchemaIn
from senhong.web.http import ApiRequest
from senhong.work import queries
from senhong.work.api.routing import router
from senhong.work.api.shapes import CountsOut, TaskOut, counts_out, task_out
from senhong.work.clocks import Outcome
from senhong.work.models import Task
from senhong.work.queries import CountBy, Counted, Matrix, MatrixCell, OutcomeRow, slices
from senhong.work.states import TaskState

_WORK = (
    "overdue", "today", "this_week", "later", "waiting", "given", "to_review", "helping",
)  # fmt: skip


class MyWorkOut(Schema):
    """Of each the first 100, by deadline."""

    overdue: list[TaskOut]
    today: list[TaskOut]
    this_week: list[TaskOut] = Field(description="Until Sunday, without today.")
    later: list[TaskOut] = Field(description="Or without a deadline.")
    waiting: list[TaskOut] = Field(description="For others: handed in, or paused.")
    given: list[TaskOut] = Field(description="To others, and not done.")
    to_review: list[TaskOut]
    helping: list[TaskOut]


class ExceptionsOut(Schema):
    overdue: int
    returned: int
    asking: int = Field(description="For more time.")
    silent: int = Field(description="Not begun, and nothing has happened for days.")
    waiting: int = Field(description="Handed in, to be judged.")
    unnamed: int = Field(description="Nobody answers for it.")
    due_this_week: int


class MatrixIn(SchemaIn):
    list_id: UUID | None = None
    plan: UUID | None = None
    task: Annotated[
        list[UUID], Field(max_length=queries.MOST_COLUMNS, description="These columns.")
    ] = []
    below: str | None = Field(None, max_length=20, description="Key: only rows at and below it.")
    ended: bool = Field(False, description="Tasks that have ended, too.")


class CellOut(Schema):
    task: UUID = Field(description="The unit's own task.")
    column: UUID = Field(description="The task that was sent.")
    state: TaskState
    outcome: Outcome | None
    is_extended: bool
    wants_extension: bool
    more: int = Field(description="Tasks of the unit in this cell beside this one.")


class MatrixRowOut(Schema):
    unit: str
    unit_title: str
    cells: list[CellOut]


class ColumnOut(Schema):
    task: TaskOut
    counts: CountsOut


class MatrixOut(Schema):
    columns: list[ColumnOut]
    rows: list[MatrixRowOut] = Field(description="By name; at most 4,000.")


class OutcomesIn(SchemaIn):
    unit: str | None = Field(None, max_length=20, description="Key: it and all below it.")
    plan: UUID | None = None
    from_: IsoDay | None = Field(None, alias="from", description="Due from this day on.")
    to: IsoDay | None = Field(None, description="And until this one, included.")
    by: CountBy | None = Field(None, description="A row for each of these; else one for all.")
    subtasks: bool = Field(True, description="Count subtasks of their own, too.")


class OutcomeRowOut(Schema):
    key: str | None = Field(description="Of the unit, account, plan or month; null: of none.")
    title: str
    counts: CountsOut
    late_days: float | None = Field(description="Of what was late: on average.")


class OutcomesOut(Schema):
    counts: CountsOut
    rows: list[OutcomeRowOut] = Field(description="In the order of their keys; at most 5,000.")


@router.get("/my-work", operation_id="my_work", response={200: MyWorkOut, PROBLEMS: Problem})
def my_work(request: ApiRequest) -> MyWorkOut:
    """What waits for the caller, today."""
    found, now = queries.my_work(request.actor), clock.now()
    return MyWorkOut(
        **{name: [task_out(each, now) for each in getattr(found, name)] for name in _WORK}
    )


@router.get(
    "/task-exceptions",
    operation_id="exceptions_at",
    response={200: ExceptionsOut, PROBLEMS: Problem},
)
def exceptions_at(
    request: ApiRequest, unit: Annotated[str, Query(max_length=20, description="Key.")]
) -> ExceptionsOut:
    """How many open tasks at and below a unit need somebody to look, and why."""
    at = get_unit(request.actor, unit)
    days = queries.work_rule_of(at).silent_days
    found = queries.exceptions_at(request.actor, at, silent_days=days)
    names = ExceptionsOut.model_fields
    return ExceptionsOut(**{name: getattr(found, name) for name in names})


@router.get("/task-matrix", operation_id="matrix_of", response={200: MatrixOut, PROBLEMS: Problem})
def matrix_of(request: ApiRequest, asked: Query[MatrixIn]) -> MatrixOut:
    """Units × tasks that were sent to them: who has answered what."""
    actor = request.actor
    below = get_unit(actor, asked.below) if asked.below else None
    columns = (
        [queries.get_task(actor, id) for id in dict.fromkeys(asked.task)]
        if asked.task
        else queries.sent_tasks(
            actor,
            row=queries.get_list(actor, asked.list_id) if asked.list_id else None,
            plan=get_plan(actor, asked.plan) if asked.plan else None,
            with_ended=asked.ended,
        )
    )
    return _matrix(queries.matrix_of(actor, columns, below=below))


@router.get(
    "/task-outcomes", operation_id="outcomes_of", response={200: OutcomesOut, PROBLEMS: Problem}
)
def outcomes_of(request: ApiRequest, asked: Query[OutcomesIn]) -> OutcomesOut:
    """Counts of the four outcomes over what the caller may view. What was sent to units counts
    as what those have done. Days are of deadlines."""
    actor = request.actor
    counted = Counted(
        unit=get_unit(actor, asked.unit) if asked.unit else None,
        plan=get_plan(actor, asked.plan) if asked.plan else None,
        first=clock.start_of(asked.from_) if asked.from_ else None,
        until=clock.start_of(asked.to + timedelta(days=1)) if asked.to else None,
        with_subtasks=asked.subtasks,
    )
    rows = queries.outcomes_by(actor, counted, asked.by) if asked.by else []
    return OutcomesOut(
        counts=counts_out(queries.outcomes_of(actor, counted)), rows=_rows(rows, asked.by)
    )


def _matrix(found: Matrix) -> MatrixOut:
    by_unit: dict[int, list[CellOut]] = {unit.pk: [] for unit in found.rows}
    for (unit_id, column), cell in found.cells.items():
        if unit_id in by_unit:
            by_unit[unit_id].append(_cell(column, cell))
    return MatrixOut(
        columns=[_column(each, found) for each in found.columns],
        rows=[
            MatrixRowOut(unit=unit.key, unit_title=unit.title, cells=by_unit[unit.pk])
            for unit in found.rows
        ],
    )


def _column(task: Task, found: Matrix) -> ColumnOut:
    return ColumnOut(task=task_out(task), counts=counts_out(found.totals[task.pk]))


def _cell(column: UUID, cell: MatrixCell) -> CellOut:
    return CellOut(
        task=cell.task_id, column=column, state=TaskState(cell.state), outcome=cell.outcome,
        is_extended=cell.is_extended, wants_extension=cell.wants_extension, more=cell.more,
    )  # fmt: skip


def _rows(found: list[OutcomeRow], by: CountBy | None) -> list[OutcomeRowOut]:
    names = slices.names_of(by, [row.key for row in found if row.key is not None]) if by else {}
    return [_row(row, names) for row in found]


def _row(row: OutcomeRow, names: dict[Any, tuple[str, str]]) -> OutcomeRowOut:
    key, title = names.get(row.key, (_key(row.key), ""))
    return OutcomeRowOut(
        key=key, title=title, counts=counts_out(row.counts), late_days=row.late_days
    )


def _key(key: object) -> str | None:
    if key is None:
        return None
    return key.isoformat()[:7] if isinstance(key, date) else str(key)
