"""One task with everything about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from senhong.audit.models import Event
from senhong.audit.queries import events_about
from senhong.audit.services import subject_of
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.files.models import StoredFile
from senhong.work.models import (
    Answer,
    ChecklistItem,
    Comment,
    Dependency,
    Extension,
    Pause,
    Task,
    TaskFile,
    TaskMove,
    TaskPart,
)
from senhong.work.permits import Permits, permits_of
from senhong.work.queries.frames import BY_DEADLINE, SHOWN
from senhong.work.queries.outcomes import OutcomeCounts, counts
from senhong.work.queries.progress import Progress, progress_of

_MOST = 200  # of each kind on one page
_WHOLE = (
    *SHOWN, "list__unit", "list__plan", "plan", "parent__brief", "unit__province",
    "clause__directive", "indicator", "assignment", "by", "answer__by", "answer__judged_by",
)  # fmt: skip
# What the history of a task tells; what was sent to it, too.
HISTORY = (
    "task.made", "task.changed", "task.hung", "task.named", "task.parts-set", "task.released",
    "task.started", "task.paused", "task.resumed", "task.cancelled", "task.handed-in",
    "task.taken-back", "task.accepted", "task.returned", "task.assigned", "task.reminded",
    "task.reached", "task.repeated", "task.copied", "task.moved", "task.moved-back",
    "task.file-attached", "task.file-detached",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """A task and everything that is shown of it."""

    task: Task
    permits: Permits
    parts: Sequence[TaskPart]
    checklist: Sequence[ChecklistItem]
    comments: Sequence[Comment]  # oldest first
    answers: Sequence[Answer]  # newest first, with their files
    files: Sequence[TaskFile]  # of what is to be done
    extensions: Sequence[Extension]  # newest first
    pauses: Sequence[Pause]  # newest first
    children: Sequence[Task]  # subtasks; not what was sent to units
    sent: OutcomeCounts | None  # of what was sent to units; None where nothing was
    needs: Sequence[Dependency]  # what it waits for
    needed_by: Sequence[Dependency]
    moves: Sequence[TaskMove]
    progress: Progress | None  # of a task that counts itself

    @property
    def return_reason(self) -> str:
        """Why it came back: the page opens on it."""
        returned = self.task.state == "returned" and self.task.answer
        return returned.reason if returned else ""


def get_task(actor: Actor, id: UUID) -> Task:
    """The task with what a service or a form needs, or NotFound. Two queries."""
    found = Task.objects.visible_to(actor).select_related(*_WHOLE).filter(pk=id)
    task = found.prefetch_related(
        Prefetch("parts", TaskPart.objects.select_related("user"))
    ).first()
    if task is None:
        raise NotFound(what=_("nhiệm vụ này"))
    return task


def get_task_page(actor: Actor, id: UUID) -> TaskPage:
    """Everything about a task, or NotFound. At most 16 queries, whatever there is."""
    task = get_task(actor, id)
    return TaskPage(
        task=task,
        permits=permits_of(actor, task),
        parts=list(task.parts.all()),
        checklist=list(task.checklist.select_related("done_by").order_by("position", "pk")[:_MOST]),
        comments=_comments(task),
        answers=_answers(task),
        files=_files(task),
        extensions=list(task.extensions.select_related("by", "judged_by").order_by("-at")[:_MOST]),
        pauses=list(task.pauses.select_related("by").order_by("-from_at")[:_MOST]),
        children=_children(actor, task),
        sent=_sent(task) if task.is_sent else None,
        needs=list(task.needs.select_related("before__brief", "before__unit")[:_MOST]),
        needed_by=list(task.needed_by.select_related("after__brief", "after__unit")[:_MOST]),
        moves=list(task.moves.select_related("from_unit", "to_unit").order_by("day")[:_MOST]),
        progress=progress_of(actor, [task]).get(task.pk),
    )


def history_of(task: Task) -> list[Event]:
    """What happened to a task, oldest first, with who did it. One query.

    For those who see the task.
    """
    subjects = [subject_of(task)]
    if task.is_parcel and task.parent is not None:
        subjects.append(subject_of(task.parent))
    events = events_about(subjects, HISTORY)
    return [e for e in events if e.subject == subjects[0] or _concerns(e, task)]


def get_task_file(actor: Actor, task_id: UUID, file_id: UUID) -> StoredFile:
    """A file of a task that the actor sees, or NotFound. Three queries."""
    task = get_task(actor, task_id)
    found = TaskFile.objects.filter(Q(brief=task.brief_id) | Q(answer__task=task), file=file_id)
    kept = found.select_related("file").first()
    if kept is None:
        raise NotFound(what=_("tệp này"))
    return kept.file


def _concerns(event: Event, task: Task) -> bool:
    """Of what happened to the task from which it was sent: its own sending, and all reminders."""
    sent_here = event.facts.get("act") == str(task.assignment_id)
    return sent_here or (event.name == "task.reminded" and event.at >= task.made_at)


def _comments(task: Task) -> list[Comment]:
    found = task.comments.select_related("by").prefetch_related("mentions").order_by("-at")
    return list(found[:_MOST])[::-1]


def _answers(task: Task) -> list[Answer]:
    files = Prefetch("files", TaskFile.objects.select_related("file"))
    found = task.answers.select_related("by", "judged_by").prefetch_related(files)
    return list(found.order_by("-at")[:_MOST])


def _files(task: Task) -> list[TaskFile]:
    return list(TaskFile.objects.filter(brief=task.brief_id).select_related("file")[:_MOST])


def _children(actor: Actor, task: Task) -> list[Task]:
    found = Task.objects.visible_to(actor).filter(parent=task, assignment=None)
    return list(found.select_related(*SHOWN).order_by(*BY_DEADLINE)[:_MOST])


def _sent(task: Task) -> OutcomeCounts:
    parcels = Task.objects.filter(parent=task, assignment__isnull=False)
    return OutcomeCounts(**parcels.aggregate(**counts(clock.now())))
