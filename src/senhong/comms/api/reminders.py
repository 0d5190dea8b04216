from datetime import datetime
from uuid import UUID

from ninja import Field, Schema

from senhong.comms import queries
from senhong.comms import services as acts
from senhong.comms.api.routing import Limit, router
from senhong.comms.models import Reminder, Subject
from senhong.web.api import PROBLEMS, Problem
from senhong.web.http import ApiRequest


class ReminderOut(Schema):
    id: UUID
    unit: str = Field(description="Key of the unit that was reminded.")
    unit_title: str
    subject: Subject = Field(description="What it is about.")
    subject_key: str = Field(description="Which one of them; empty where there is one only.")
    words: str
    at: datetime
    seen_at: datetime | None = Field(description="When somebody of the unit first saw it.")


class RemindersOut(Schema):
    items: list[ReminderOut]
    next: UUID | None = Field(description="Ask again with this as `after`; null at the end.")


@router.get(
    "/reminders", operation_id="reminders_for", response={200: RemindersOut, PROBLEMS: Problem}
)
def reminders_for(
    request: ApiRequest, after: UUID | None = None, limit: Limit = 50
) -> RemindersOut:
    """What the caller's units and teams were reminded of, newest first."""
    found = queries.reminders_for(request.actor, after=after, limit=limit)
    return RemindersOut(items=[_reminder(each) for each in found.items], next=found.next)


@router.post(
    "/reminders/{id}/seen",
    operation_id="see_reminder",
    response={200: ReminderOut, PROBLEMS: Problem},
)
def see_reminder(request: ApiRequest, id: UUID) -> ReminderOut:
    """Say that somebody of the unit has seen it. Safe to send again."""
    acts.see_reminder(request.actor, queries.get_reminder(request.actor, id))
    return _reminder(queries.get_reminder(request.actor, id))


def _reminder(reminder: Reminder) -> ReminderOut:
    return ReminderOut(
        id=reminder.pk, unit=reminder.unit.key, unit_title=reminder.unit.title,
        subject=Subject(reminder.subject_kind), subject_key=reminder.subject_key,
        words=reminder.words, at=reminder.at, seen_at=reminder.seen_at,
    )  # fmt: skip
