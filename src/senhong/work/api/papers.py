"""Directives are split into tasks, and their execution is reported."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema, Status

from senhong.org.models import Level, Unit
from senhong.plans.queries import get_directive
from senhong.web.api import PROBLEMS, Problem, SchemaIn
from senhong.web.http import ApiRequest
from senhong.work import queries, services
from senhong.work.answering import AnswerForm, AnswerKind
from senhong.work.api.routing import router
from senhong.work.api.shapes import (
    GONE,
    CountsOut,
    MadeId,
    Moment,
    Position,
    TaskOut,
    TasksOut,
    UnitKey,
    counts_out,
    said_number,
    task_out,
    tasks_out,
)
from senhong.work.models import Clause
from senhong.work.queries import Chosen, ClauseTask, ClauseWork, slices
from senhong.work.services import ClauseFacts, Portion, TaskFacts

MOST_AT_ONCE = 100


class ClausePartIn(SchemaIn):
    number: Annotated[str, Field(min_length=1, max_length=30)]
    words: Annotated[str, Field(min_length=1, max_length=2000)]


class ClausesIn(SchemaIn):
    id: MadeId
    clauses: Annotated[list[ClausePartIn], Field(min_length=1, max_length=MOST_AT_ONCE)]


class ClauseIn(ClausePartIn):
    position: Position


class PortionIn(SchemaIn):
    clause: UUID
    title: Annotated[str, Field(min_length=1, max_length=300)]
    words: Annotated[str, Field(max_length=20_000)] = ""
    due_at: Moment | None = None
    answer_kind: AnswerKind = AnswerKind.WORDS
    answer_label: Annotated[str, Field(max_length=100)] = ""
    units: Annotated[
        list[UnitKey], Field(max_length=500, description="To which it goes at once; or a level.")
    ] = []
    level: Level | None = Field(None, description="All units of this level below the list's.")


class SplitIn(SchemaIn):
    id: MadeId
    list_id: UUID
    tasks: Annotated[list[PortionIn], Field(min_length=1, max_length=MOST_AT_ONCE)]


class ClauseOut(Schema):
    id: UUID
    number: str
    words: str
    position: int


class ClauseTaskOut(Schema):
    task: TaskOut
    counts: CountsOut
    answered: int = Field(description="Units that have handed in, where it was sent to units.")
    number: str | None = Field(description="What was answered, or what it adds up to.")


class ClauseWorkOut(Schema):
    clause: ClauseOut
    counts: CountsOut
    tasks: list[ClauseTaskOut]


class UnitWorkOut(Schema):
    unit: str
    unit_title: str
    counts: CountsOut


class ExecutionOut(Schema):
    directive: UUID
    at: datetime
    counts: CountsOut
    idle: int = Field(description="Clauses that no task carries out yet.")
    clauses: list[ClauseWorkOut]
    units: list[UnitWorkOut]


@router.get(
    "/directives/{id}/clauses",
    operation_id="clauses_of",
    response={200: list[ClauseOut], PROBLEMS: Problem},
)
def clauses_of(request: ApiRequest, id: UUID) -> list[ClauseOut]:
    """The parts of a directive, in its order; at most 500."""
    directive = get_directive(request.actor, id)
    return [_clause(each) for each in queries.clauses_of(directive)]


@router.post(
    "/directives/{id}/clauses",
    operation_id="write_clauses",
    response={201: list[ClauseOut], PROBLEMS: Problem},
)
def write_clauses(request: ApiRequest, id: UUID, body: ClausesIn) -> Status[list[ClauseOut]]:
    """Further parts of a directive, after those that stand. Safe to send again."""
    directive = get_directive(request.actor, id)
    parts = [ClauseFacts(each.number, each.words) for each in body.clauses]
    written = services.write_clauses(request.actor, body.id, directive, parts)
    return Status(201, [_clause(each) for each in written])


@router.put(
    "/clauses/{id}", operation_id="write_clause", response={200: ClauseOut, PROBLEMS: Problem}
)
def write_clause(request: ApiRequest, id: UUID, body: ClauseIn) -> ClauseOut:
    """Correct a part of a directive."""
    clause = queries.get_clause(request.actor, id)
    return _clause(services.write_clause(request.actor, clause.pk, clause.directive, **body.dict()))


@router.delete("/clauses/{id}", operation_id="remove_clause", response=GONE)
def remove_clause(request: ApiRequest, id: UUID) -> Status[None]:
    """Its tasks stay, without a clause."""
    services.remove_clause(request.actor, queries.get_clause(request.actor, id))
    return Status(204, None)


@router.post(
    "/directives/{id}/split",
    operation_id="split_directive",
    response={201: TasksOut, PROBLEMS: Problem},
)
def split_directive(request: ApiRequest, id: UUID, body: SplitIn) -> Status[TasksOut]:
    """Tasks that carry out clauses, all or none, and sent to units at once. Safe to send again."""
    actor, directive = request.actor, get_directive(request.actor, id)
    row = queries.get_list(actor, body.list_id)
    clauses = {each.pk: each for each in queries.clauses_of(directive)}
    portions = [
        Portion(facts=_facts(each, clauses.get(each.clause)), units=_units(request, row.unit, each))
        for each in body.tasks
    ]
    made = services.split_directive(actor, body.id, directive, row, portions)
    return Status(201, tasks_out(made))


@router.get(
    "/directives/{id}/execution",
    operation_id="execution_of",
    response={200: ExecutionOut, PROBLEMS: Problem},
)
def execution_of(request: ApiRequest, id: UUID) -> ExecutionOut:
    """The report of a directive's execution: clauses, their tasks, what became of them."""
    found = queries.execution_of(request.actor, get_directive(request.actor, id))
    return ExecutionOut(
        directive=found.directive.pk, at=found.at, counts=counts_out(found.counts),
        idle=found.idle, clauses=[_clause_work(each) for each in found.clauses],
        units=[
            UnitWorkOut(
                unit=each.unit.key, unit_title=each.unit.title, counts=counts_out(each.counts)
            )
            for each in found.units
        ],
    )  # fmt: skip


def _facts(said: PortionIn, clause: Clause | None) -> TaskFacts:
    return TaskFacts(
        title=said.title, words=said.words, due_at=said.due_at, clause=clause,
        form=AnswerForm(said.answer_kind, said.answer_label),
    )  # fmt: skip


def _units(request: ApiRequest, top: Unit, said: PortionIn) -> list[Unit]:
    if said.level:
        return queries.units_chosen(request.actor, top, Chosen(said.level, said.units))
    return slices.units_called(request.actor, said.units)


def _clause(row: Clause) -> ClauseOut:
    return ClauseOut(id=row.pk, number=row.number, words=row.words, position=row.position)


def _clause_work(found: ClauseWork) -> ClauseWorkOut:
    return ClauseWorkOut(
        clause=_clause(found.clause), counts=counts_out(found.counts),
        tasks=[_task(each) for each in found.tasks],
    )  # fmt: skip


def _task(each: ClauseTask) -> ClauseTaskOut:
    return ClauseTaskOut(
        task=task_out(each.task), counts=counts_out(each.counts), answered=each.answered,
        number=said_number(each.number),
    )  # fmt: skip
