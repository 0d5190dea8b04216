"""What is said about a task, its checklist, and its files."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, File, Form, Schema, Status
from ninja.files import UploadedFile

from senhong.core.ids import derived_id
from senhong.files import storage
from senhong.files.services import keep_file
from senhong.web.api import PROBLEMS, Problem, SchemaIn
from senhong.web.http import ApiRequest
from senhong.work import queries, services
from senhong.work.api.routing import router
from senhong.work.api.shapes import GONE, NEXT, Limit, MadeId, PersonId, Position
from senhong.work.models import ChecklistItem, Comment, TaskFile
from senhong.work.queries import slices
from senhong.work.services.asking import require_edit, require_work


class CommentIn(SchemaIn):
    id: MadeId
    words: Annotated[str, Field(min_length=1, max_length=5000)]
    mentions: Annotated[list[PersonId], Field(max_length=50)] = []


class CommentOut(Schema):
    id: UUID
    task: UUID
    words: str
    by: int | None
    at: datetime
    mentions: list[int]


class CommentsOut(Schema):
    items: list[CommentOut]
    next: UUID | None = NEXT


class ItemIn(SchemaIn):
    task: UUID
    words: Annotated[str, Field(min_length=1, max_length=300)]
    position: Position


class TickIn(SchemaIn):
    done: bool = Field(strict=True)


class ItemOut(Schema):
    id: UUID
    task: UUID
    words: str
    position: int
    done_at: datetime | None
    done_by: int | None


class ItemsOut(Schema):
    items: list[ItemOut]
    next: UUID | None = NEXT


class StoredOut(Schema):
    id: UUID = Field(description="Read it at /files/<id>/.")
    name: str
    size_bytes: int


class AttachIn(SchemaIn):
    file: UUID = Field(description="See keep_task_file.")


class AttachedOut(Schema):
    id: UUID
    file: UUID
    name: str


class AttachedSliceOut(Schema):
    items: list[AttachedOut]
    next: UUID | None = NEXT


ITEM = {200: ItemOut, PROBLEMS: Problem}


@router.post(
    "/tasks/{id}/comments", operation_id="comment_on", response={201: CommentOut, PROBLEMS: Problem}
)
def comment_on(request: ApiRequest, id: UUID, body: CommentIn) -> Status[CommentOut]:
    """Say something about the task, and call people who work there. Safe to send again."""
    task = queries.get_task(request.actor, id)
    people = slices.people_called(body.mentions)
    made = services.comment_on(request.actor, body.id, task, words=body.words, mentions=people)
    return Status(201, _comment(made))


@router.get(
    "/tasks/{id}/comments",
    operation_id="comments_of",
    response={200: CommentsOut, PROBLEMS: Problem},
)
def comments_of(
    request: ApiRequest, id: UUID, after: UUID | None = None, limit: Limit = 50
) -> CommentsOut:
    """What was said about it, by id."""
    task = queries.get_task(request.actor, id)
    found = slices.slice_of(slices.comments_of(task), after, limit)
    return CommentsOut(items=[_comment(each) for each in found.items], next=found.next)


@router.get(
    "/tasks/{id}/checklist",
    operation_id="checklist_of",
    response={200: ItemsOut, PROBLEMS: Problem},
)
def checklist_of(
    request: ApiRequest, id: UUID, after: UUID | None = None, limit: Limit = 50
) -> ItemsOut:
    """Its lines to tick off, by id."""
    task = queries.get_task(request.actor, id)
    found = slices.slice_of(slices.checklist_of(task), after, limit)
    return ItemsOut(items=[_item(each) for each in found.items], next=found.next)


@router.put("/checklist/{id}", operation_id="write_item", response=ITEM)
def write_item(request: ApiRequest, id: UUID, body: ItemIn) -> ItemOut:
    """One line to tick off; the id is made by the client. The same id changes it."""
    task = queries.get_task(request.actor, body.task)
    return _item(
        services.write_item(request.actor, id, task, words=body.words, position=body.position)
    )


@router.post("/checklist/{id}/tick", operation_id="tick_item", response=ITEM)
def tick_item(request: ApiRequest, id: UUID, body: TickIn) -> ItemOut:
    """It is done, or not after all."""
    item = slices.get_item(request.actor, id)
    return _item(services.tick_item(request.actor, item, done=body.done))


@router.delete("/checklist/{id}", operation_id="remove_item", response=GONE)
def remove_item(request: ApiRequest, id: UUID) -> Status[None]:
    """The line is gone."""
    services.remove_item(request.actor, slices.get_item(request.actor, id))
    return Status(204, None)


@router.post(
    "/tasks/{id}/stored-files",
    operation_id="keep_task_file",
    response={201: StoredOut, PROBLEMS: Problem},
)
def keep_task_file(
    request: ApiRequest, id: UUID, act: Form[UUID], file: File[UploadedFile]
) -> Status[StoredOut]:
    """Keep a file for the task: then hand it in with an answer, or attach it to what is asked.

    `act` is made by the client: the same file again is kept once.
    """
    actor, task = request.actor, queries.get_task(request.actor, id)
    if not actor.can("task.edit", at=task.by_unit.path):
        require_work(actor, task)
    stored = storage.save(file)
    kept = keep_file(
        actor, derived_id(act, "file", stored.digest), place=task.unit.path,
        name=file.name or "", **vars(stored),
    )  # fmt: skip
    return Status(201, StoredOut(id=kept.pk, name=kept.name, size_bytes=kept.size_bytes))


@router.get(
    "/tasks/{id}/files",
    operation_id="files_of_task",
    response={200: AttachedSliceOut, PROBLEMS: Problem},
)
def files_of_task(
    request: ApiRequest, id: UUID, after: UUID | None = None, limit: Limit = 50
) -> AttachedSliceOut:
    """The files of what is to be done, by id; those of answers come with these."""
    task = queries.get_task(request.actor, id)
    found = slices.slice_of(slices.files_of(task), after, limit)
    return AttachedSliceOut(items=[_attached(each) for each in found.items], next=found.next)


@router.put(
    "/tasks/{id}/files/{attached}",
    operation_id="attach_file",
    response={200: AttachedOut, PROBLEMS: Problem},
)
def attach_file(request: ApiRequest, id: UUID, attached: UUID, body: AttachIn) -> AttachedOut:
    """A file of what is to be done: whoever the task was sent to has it, too."""
    actor, task = request.actor, queries.get_task(request.actor, id)
    require_edit(actor, task)
    [file] = slices.files_called(actor, [body.file])
    return _attached(services.attach_file(actor, attached, task, file))


@router.delete("/tasks/{id}/files/{attached}", operation_id="detach_file", response=GONE)
def detach_file(request: ApiRequest, id: UUID, attached: UUID) -> Status[None]:
    """The file no longer belongs to what is to be done."""
    task = queries.get_task(request.actor, id)
    kept = slices.get_attached(task, attached)
    services.detach_file(request.actor, task, kept)
    return Status(204, None)


def _comment(row: Comment) -> CommentOut:
    return CommentOut(
        id=row.pk, task=row.task_id, words=row.words, by=row.by_id, at=row.at,
        mentions=[user.pk for user in row.mentions.all()],
    )  # fmt: skip


def _item(row: ChecklistItem) -> ItemOut:
    names = ("words", "position", "done_at")
    return ItemOut(
        id=row.pk, task=row.task_id, done_by=row.done_by_id,
        **{name: getattr(row, name) for name in names},
    )  # fmt: skip


def _attached(row: TaskFile) -> AttachedOut:
    return AttachedOut(id=row.pk, file=row.file_id, name=row.file.name)
