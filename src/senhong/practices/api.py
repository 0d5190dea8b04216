from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Field, Query, Router, Schema, Status

from senhong.org.queries import get_unit
from senhong.practices import queries, services
from senhong.practices.models import Adoption, PracticeState
from senhong.practices.queries import PracticeLine, Wanted, Whose
from senhong.web.api import PROBLEMS, IsoDay, Problem, SchemaIn
from senhong.web.http import ApiRequest

router = Router(tags=["practices"])
Limit = Annotated[int, Query(ge=1, le=200)]


class PracticeOut(Schema):
    id: UUID
    unit: str = Field(description="Key of the unit that started it.")
    unit_title: str
    name: str
    since_on: date
    description: str
    results: str
    state: PracticeState
    adopters: int = Field(description="Units that adopted it and have not withdrawn.")


class PracticesOut(Schema):
    items: list[PracticeOut]
    next: UUID | None = Field(description="Ask again with this as `after`; null at the end.")


class AdoptIn(SchemaIn):
    id: UUID = Field(description="Made by the client; the same id is recorded once.")
    unit: Annotated[str, Field(max_length=20, description="Key of the unit that adopts.")]
    adopted_on: IsoDay = Field(description="Today at the latest, not before the practice began.")
    note: Annotated[str, Field(max_length=300)] = ""


class AdoptionOut(Schema):
    id: UUID
    practice: UUID
    unit: str = Field(description="Key of the unit, as it was on that day.")
    adopted_on: date
    note: str
    withdrawn_on: date | None


@router.get(
    "/practices", operation_id="list_practices", response={200: PracticesOut, PROBLEMS: Problem}
)
def list_practices(
    request: ApiRequest,
    q: Annotated[str, Query(max_length=100)] = "",
    whose: Whose = Whose.ALL,
    state: PracticeState | None = None,
    after: UUID | None = None,
    limit: Limit = 50,
) -> PracticesOut:
    """Practices that the caller sees, newest first, with how many units adopted each.

    `q`: words of the name, with or without tones. `whose`, seen from the caller's units:
    `started`, `adopted`, `others` (neither), or left out for all.
    """
    wanted = Wanted(text=q, whose=whose, state=state)
    found = queries.practices(request.actor, wanted, after=after, limit=limit)
    return PracticesOut(items=[_practice_out(line) for line in found.lines], next=found.next)


@router.post(
    "/practices/{id}/adopt",
    operation_id="adopt_practice",
    response={201: AdoptionOut, PROBLEMS: Problem},
)
def adopt_practice(request: ApiRequest, id: UUID, body: AdoptIn) -> Status[AdoptionOut]:
    """Record that a unit took up the practice. Safe to send again after a lost answer."""
    adoption = services.adopt_practice(
        request.actor, body.id, queries.get_practice(request.actor, id),
        unit=get_unit(request.actor, body.unit), adopted_on=body.adopted_on, note=body.note,
    )  # fmt: skip
    return Status(201, _adoption_out(adoption))


def _practice_out(line: PracticeLine) -> PracticeOut:
    practice = line.practice
    return PracticeOut(
        id=practice.pk, unit=practice.unit.key, unit_title=practice.unit.title,
        name=practice.name, since_on=practice.since_on, description=practice.description,
        results=practice.results, state=PracticeState(practice.state), adopters=line.adopters,
    )  # fmt: skip


def _adoption_out(adoption: Adoption) -> AdoptionOut:
    return AdoptionOut(
        id=adoption.pk, practice=adoption.practice_id, unit=adoption.unit.key,
        adopted_on=adoption.adopted_on, note=adoption.note, withdrawn_on=adoption.withdrawn_on,
    )  # fmt: skip
