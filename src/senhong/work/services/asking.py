"""Services of tasks ask here whether the actor may."""

from senhong.core.actor import Actor
from senhong.work import permits
from senhong.work.models import Task


def require_view(actor: Actor, task: Task) -> None:
    if not permits.may_view(actor, task):
        actor.require("task.view", at=task.unit.path)


def require_work(actor: Actor, task: Task) -> None:
    if not permits.may_work(actor, task):
        actor.require("task.answer", at=task.unit.path)


def require_name(actor: Actor, task: Task) -> None:
    if not permits.may_name(actor, task):
        actor.require("task.answer", at=task.unit.path)


def require_edit(actor: Actor, task: Task) -> None:
    actor.require("task.edit", at=task.by_unit.path)


def require_review(actor: Actor, task: Task) -> None:
    actor.require("task.review", at=task.by_unit.path)
