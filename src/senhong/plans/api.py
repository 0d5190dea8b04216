from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Field, Query, Router, Schema, Status

from senhong.core import clock
from senhong.core.days import as_day, day_after
from senhong.ledger.queries import get_indicator
from senhong.org.models import Unit
from senhong.org.queries import get_unit
from senhong.plans import queries, services
from senhong.plans.models import Plan, PlanKind, Target, Wording
from senhong.plans.queries import PaceState, Progress
from senhong.web.api import PROBLEMS, IsoDay, Problem, SchemaIn
from senhong.web.http import ApiRequest

router = Router(tags=["plans"])
Limit = Annotated[int, Query(ge=1, le=200)]


class PlanOut(Schema):
    id: UUID
    name: str
    kind: PlanKind
    unit: str = Field(description="Key of the unit whose plan it is.")
    parent: UUID | None
    directive: UUID | None
    first_on: date
    last_on: date | None = Field(description="Included.")

    @staticmethod
    def resolve_unit(plan: Plan) -> str:
        return plan.unit.key

    @staticmethod
    def resolve_parent(plan: Plan) -> UUID | None:
        return plan.parent_id

    @staticmethod
    def resolve_directive(plan: Plan) -> UUID | None:
        return plan.directive_id


class PlanPage(Schema):
    items: list[PlanOut]
    next: UUID | None = Field(description="Ask again with this as `after`; null at the end.")


class TargetOut(Schema):
    id: UUID
    plan: UUID
    unit: str = Field(description="Key of the unit.")
    indicator: str = Field(description="Code of the indicator.")
    wording: Wording
    quantity: int = Field(description="In the indicator's unit of measure.")
    first_on: date
    last_on: date = Field(description="Included.")
    figure: int = Field(description="From the first day to the day that is read, or the last.")
    expected: int = Field(description="By the day that is read: linear over the period's days.")
    forecast: int | None = Field(description="Figure ÷ elapsed share; null before the period.")
    share_percent: float
    expected_percent: float
    state: PaceState
    parent: UUID | None = Field(description="The target of which this one is a share.")
    read_on: date


class TargetPage(Schema):
    items: list[TargetOut]
    next: UUID | None = Field(description="Ask again with this as `after`; null at the end.")


class TargetIn(SchemaIn):
    id: UUID = Field(description="Made by the client; the same id is recorded once.")
    plan: UUID
    unit: Annotated[str, Field(max_length=20, description="Key of the unit.")]
    indicator: Annotated[str, Field(max_length=60, description="Code of the indicator.")]
    wording: Wording = Wording.AT_LEAST
    quantity: Annotated[int, Field(strict=True, ge=1, le=10**12)]
    first_on: IsoDay
    last_on: Annotated[IsoDay, Field(description="Included.")]


@router.get("/plans", operation_id="list_plans", response={200: PlanPage, PROBLEMS: Problem})
def list_plans(
    request: ApiRequest, unit: str = "", after: UUID | None = None, limit: Limit = 50
) -> dict[str, object]:
    """Plans that the caller sees, by id; `unit`: only those above, at and below this unit."""
    asked = _unit(request, unit)
    at = (asked, as_day(request.reading_on())) if asked else None
    found = queries.plan_list(request.actor, at, after, limit + 1)
    items = found[:limit]
    return {"items": items, "next": items[-1].pk if len(found) > limit else None}


@router.get("/targets", operation_id="list_targets", response={200: TargetPage, PROBLEMS: Problem})
def list_targets(
    request: ApiRequest,
    unit: str = "",
    on: IsoDay | None = None,
    after: UUID | None = None,
    limit: Limit = 50,
) -> TargetPage:
    """Targets of the units that the caller sees, with their progress on the day `on`.

    `unit`: only of this unit and the units below it. Without `on`: the day that pages read, in
    a demo that of its clock.
    """
    asked, day = _unit(request, unit), on or request.reading_on()
    found = queries.target_list(request.actor, asked, as_day(day), after, limit + 1)
    progress = queries.progress_of(request.actor, found[:limit], reading_on=day)
    items = [_target_out(each, day) for each in progress]
    return TargetPage(items=items, next=items[-1].id if len(found) > limit else None)


@router.post("/targets", operation_id="set_target", response={201: TargetOut, PROBLEMS: Problem})
def set_target(request: ApiRequest, body: TargetIn) -> Status[TargetOut]:
    """Set, or change, how much a unit is to reach. Safe to send again after a lost answer."""
    target = services.set_target(
        request.actor, body.id, plan=queries.get_plan(request.actor, body.plan),
        unit=get_unit(request.actor, body.unit), indicator=get_indicator(body.indicator),
        wording=body.wording, quantity=body.quantity,
        from_day=as_day(body.first_on), to_day=day_after(as_day(body.last_on)),
    )  # fmt: skip
    today = clock.today()  # what records goes by the real day, also in a demo
    [progress] = queries.progress_of(request.actor, [target], reading_on=today)
    return Status(201, _target_out(progress, today))


def _unit(request: ApiRequest, key: str) -> Unit | None:
    return get_unit(request.actor, key) if key else None


def _target_out(progress: Progress, day: date) -> TargetOut:
    target: Target = progress.target
    return TargetOut(
        id=target.pk, plan=target.plan_id, unit=target.unit.key,
        indicator=target.indicator.code, wording=Wording(target.wording),
        quantity=target.quantity, first_on=target.first_on,
        last_on=target.last_on or target.first_on, figure=progress.figure,
        expected=progress.expected, forecast=progress.forecast,
        share_percent=progress.share_percent, expected_percent=progress.expected_percent,
        state=progress.state, parent=target.parent_id, read_on=day,
    )  # fmt: skip
