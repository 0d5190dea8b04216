from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

from senhong.activities import queries
from senhong.activities import services as acts
from senhong.activities.api.routing import router
from senhong.activities.models import ReturnReason
from senhong.core import clock
from senhong.web.api import PROBLEMS, Problem, SchemaIn
from senhong.web.http import ApiRequest

Helps = Annotated[
    list[UUID],
    Field(max_length=queries.MOST_SHOWN, description="Those that one may not review are left out."),
]


class AcceptIn(SchemaIn):
    helps: Helps


class ReturnIn(SchemaIn):
    helps: Helps
    reason: ReturnReason
    words: str = Field("", max_length=500, description="Shown to who recorded it, before all else.")


class ReviewedOut(Schema):
    changed: list[UUID] = Field(description="What is now so and was not before.")


ANSWERS = {200: ReviewedOut, PROBLEMS: Problem}


@router.post("/helps/accept", operation_id="accept_helps", response=ANSWERS)
def accept_helps(request: ApiRequest, body: AcceptIn) -> ReviewedOut:
    """What waits, or was returned, counts; what counts has been looked at. Safe to send again."""
    helps = queries.reviewed_by_id(request.actor, _anywhere(), body.helps)
    return ReviewedOut(changed=[help.pk for help in acts.accept_helps(request.actor, helps)])


@router.post("/helps/return", operation_id="return_helps", response=ANSWERS)
def return_helps(request: ApiRequest, body: ReturnIn) -> ReviewedOut:
    """They go back to who recorded them, and nothing of them counts. Safe to send again."""
    helps = queries.reviewed_by_id(request.actor, _anywhere(), body.helps)
    changed = acts.return_helps(request.actor, helps, reason=body.reason, words=body.words)
    return ReviewedOut(changed=[help.pk for help in changed])


def _anywhere() -> queries.ReviewAsked:
    return queries.ReviewAsked.until(clock.today())
