from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ninja import Field, Schema

from senhong.comms import queries
from senhong.comms import services as acts
from senhong.comms.api.routing import Limit, router
from senhong.comms.models import Delivery, Reminder
from senhong.web.api import PROBLEMS, Problem
from senhong.web.http import ApiRequest


class MessageKind(StrEnum):
    MESSAGE = "message"
    REMINDER = "reminder"


class MessageOut(Schema):
    id: UUID
    kind: MessageKind = Field(description="A reminder was sent to a unit or team of the caller's.")
    subject: str
    words: str
    link: str = Field(description="A path of this server; empty where there is none.")
    at: datetime
    seen_at: datetime | None


class MessagesOut(Schema):
    items: list[MessageOut]
    unseen: int = Field(description="How many of all of them have not been seen.")
    next: UUID | None = Field(description="Ask again with this as `after`; null at the end.")


@router.get("/field/messages", operation_id="inbox", response={200: MessagesOut, PROBLEMS: Problem})
def inbox(request: ApiRequest, after: UUID | None = None, limit: Limit = 50) -> MessagesOut:
    """What the caller was told, and what her units and teams were reminded of, newest first."""
    found = queries.inbox(request.actor, after=after, limit=limit)
    return MessagesOut(
        items=[_out(each) for each in found.items],
        unseen=queries.unseen_number(request.actor),
        next=found.next,
    )


@router.post(
    "/field/messages/{id}/seen",
    operation_id="see_message",
    response={200: MessageOut, PROBLEMS: Problem},
)
def see_message(request: ApiRequest, id: UUID) -> MessageOut:
    """Say that the caller has seen a message of her own. Safe to send again."""
    acts.see_message(request.actor, queries.get_message(request.actor, id))
    return _out(queries.get_message(request.actor, id))


def _out(item: Delivery | Reminder) -> MessageOut:
    if isinstance(item, Reminder):
        return MessageOut(
            id=item.pk, kind=MessageKind.REMINDER, subject=item.get_subject_kind_display(),
            words=item.words, link="/messages/", at=item.at, seen_at=item.seen_at,
        )  # fmt: skip
    return MessageOut(
        id=item.pk, kind=MessageKind.MESSAGE, subject=item.subject, words=item.words,
        link=item.link, at=item.at, seen_at=item.seen_at,
    )  # fmt: skip
