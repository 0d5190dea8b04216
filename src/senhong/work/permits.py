"""Who may do what about one task. One home for services, which require it, and pages, which ask.

A task has two places: the unit that does it and the unit that gave it. Who may answer at the
first works on it; who may edit or review at the second changes and judges it. Who answers for a
task, or works on it beside her, works on it without any verb: she was named.
"""

from dataclasses import dataclass

from senhong.core.actor import Actor
from senhong.work.models import Part, Task, TaskPart


def is_named(actor: Actor, task: Task) -> bool:
    """Whether the actor answers for the task or works on it beside who does."""
    if actor.user_id is None:
        return False
    return task.assignee_id == actor.user_id or any(
        part.user_id == actor.user_id and part.part == Part.COWORKER for part in parts_of(task)
    )


def parts_of(task: Task) -> list[TaskPart]:
    """Co-workers and followers: those that were loaded with the task, else one query."""
    return list(task.parts.all())


def may_view(actor: Actor, task: Task) -> bool:
    return actor.can("task.view", at=task.unit.path) or any(
        actor.user_id == user_id
        for user_id in (task.assignee_id, *(part.user_id for part in parts_of(task)))
        if user_id is not None
    )


def may_work(actor: Actor, task: Task) -> bool:
    """Start it, hand it in, ask for time, pause it."""
    return actor.can("task.answer", at=task.unit.path) or is_named(actor, task)


def may_name(actor: Actor, task: Task) -> bool:
    """Say who answers for it and who has a part in it."""
    return actor.can("task.answer", at=task.unit.path) or may_edit(actor, task)


def may_edit(actor: Actor, task: Task) -> bool:
    """Change what is to be done, and by when; cancel it."""
    return actor.can("task.edit", at=task.by_unit.path)


def may_review(actor: Actor, task: Task) -> bool:
    """Accept or return what was handed in, grant or refuse time."""
    return actor.can("task.review", at=task.by_unit.path)


@dataclass(frozen=True, slots=True)
class Permits:
    """What a page offers its reader."""

    work: bool
    name: bool
    edit: bool
    review: bool


def permits_of(actor: Actor, task: Task) -> Permits:
    """No query where the task came with its units and parts."""
    return Permits(
        may_work(actor, task), may_name(actor, task), may_edit(actor, task), may_review(actor, task)
    )
