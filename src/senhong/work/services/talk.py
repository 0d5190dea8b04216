"""What is said about a task, its checklist and its files."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from senhong.accounts.models import User
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import IdReused
from senhong.core.saving import save_changes
from senhong.core.text import is_blank, nfc, plain
from senhong.files.models import StoredFile
from senhong.work.errors import NobodyThere, NothingSaid
from senhong.work.models import ChecklistItem, Comment, Task, TaskFile
from senhong.work.queries.people import is_there
from senhong.work.services.asking import require_edit, require_view, require_work

MOST_WORDS = 5000


@transaction.atomic
def comment_on(
    actor: Actor, id: UUID, task: Task, *, words: str, mentions: Collection[User] = ()
) -> Comment:
    """Whoever sees the task says something, and calls people who work there by name.

    The same ``id`` with the same words returns the first row. Raises Forbidden, NothingSaid,
    NobodyThere, IdReused.
    """
    require_view(actor, task)
    if is_blank(words):
        raise NothingSaid
    text = plain(words).strip()[:MOST_WORDS]
    if any(not is_there(user, task.unit) and user.pk != task.by_id for user in mentions):
        raise NobodyThere
    facts = {"task": task, "words": text, "by_id": actor.user_id, "at": clock.now()}
    comment, is_new = Comment.objects.get_or_create(id=id, defaults=facts)
    if is_new:
        comment.mentions.set(mentions)
        happened(actor, "comment.written", comment, task=str(task.pk))
    elif (comment.task_id, comment.words) != (task.pk, text):
        raise IdReused(id=str(id))
    return comment


@transaction.atomic
def write_item(actor: Actor, id: UUID, task: Task, *, words: str, position: int) -> ChecklistItem:
    """One line to tick off. The same ``id`` changes it. Raises Forbidden, NothingSaid, IdReused."""
    _require_list(actor, task)
    if is_blank(words):
        raise NothingSaid
    facts = {"words": nfc(words)[:300], "position": position}
    item, is_new = ChecklistItem.objects.get_or_create(id=id, defaults={"task": task, **facts})
    if item.task_id != task.pk:
        raise IdReused(id=str(id))
    if is_new or save_changes(item, facts):
        happened(actor, "checklist.written", task, title=item.words)
    return item


@transaction.atomic
def tick_item(actor: Actor, item: ChecklistItem, *, done: bool = True) -> ChecklistItem:
    """It is done, or not after all. Again: nothing changes. Raises Forbidden."""
    _require_list(actor, item.task)
    if (item.done_at is not None) != done:
        facts = {"done_at": clock.now() if done else None, "done_by_id": actor.user_id}
        save_changes(item, facts)
        happened(actor, "checklist.ticked", item.task, title=item.words, done=done)
    return item


@transaction.atomic
def remove_item(actor: Actor, item: ChecklistItem) -> None:
    """Raises Forbidden."""
    _require_list(actor, item.task)
    happened(actor, "checklist.removed", item.task, title=item.words)
    item.delete()


@transaction.atomic
def attach_file(actor: Actor, id: UUID, task: Task, file: StoredFile) -> TaskFile:
    """A file of what is to be done: whoever the task was sent to has it, too.

    The same ``id`` returns the first row. Raises Forbidden, IdReused.
    """
    require_edit(actor, task)
    kept, is_new = TaskFile.objects.get_or_create(
        id=id, defaults={"brief": task.brief, "file": file}
    )
    if (kept.brief_id, kept.file_id) != (task.brief_id, file.pk):
        raise IdReused(id=str(id))
    if is_new:
        happened(actor, "task.file-attached", task, title=file.name)
    return kept


@transaction.atomic
def detach_file(actor: Actor, task: Task, kept: TaskFile) -> None:
    """The file no longer belongs to what is to be done; it stays in the store. Raises Forbidden."""
    require_edit(actor, task)
    if kept.brief_id == task.brief_id:
        happened(actor, "task.file-detached", task, title=kept.file.name)
        kept.delete()


def _require_list(actor: Actor, task: Task) -> None:
    """Who does it, or who gave it."""
    if not actor.can("task.edit", at=task.by_unit.path):
        require_work(actor, task)
