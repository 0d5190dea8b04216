"""Who answers for a task, and who has a part in it."""

from collections.abc import Collection, Iterable

from django.db import transaction

from senhong.accounts.models import User
from senhong.audit.services import all_happened, happened
from senhong.core.actor import Actor
from senhong.core.saving import save_changes
from senhong.org.models import Unit
from senhong.people.models import Member
from senhong.work.errors import NobodyThere
from senhong.work.models import Answer, Comment, Part, SavedView, Task, TaskPart
from senhong.work.queries.people import is_there
from senhong.work.services.asking import require_name, require_view


def checked_person(user: User | None, unit: Unit) -> User | None:
    """Somebody who can be named for a task of the unit, or nobody. Raises NobodyThere."""
    if user is not None and not is_there(user, unit):
        raise NobodyThere
    return user


@transaction.atomic
def name_answerable(actor: Actor, task: Task, user: User | None) -> Task:
    """One person answers for the task; nobody, until the unit names another.

    Raises Forbidden, NobodyThere.
    """
    require_name(actor, task)
    before = task.assignee_id
    if save_changes(task, {"assignee": checked_person(user, task.unit)}):
        if user is not None:
            TaskPart.objects.filter(task=task, user=user).delete()
        happened(actor, "task.named", task, user_id=[before, user.pk if user else None])
    return task


@transaction.atomic
def set_parts(
    actor: Actor, task: Task, *, coworkers: Collection[User], followers: Collection[User]
) -> Task:
    """Who works on it beside who answers for it, and who follows it. These and no others.

    Raises Forbidden, NobodyThere.
    """
    require_name(actor, task)
    wanted = {user.pk: Part.FOLLOWER for user in followers}
    wanted |= {user.pk: Part.COWORKER for user in coworkers}
    wanted.pop(task.assignee_id or 0, None)
    had = {part.user_id: part.part for part in TaskPart.objects.filter(task=task)}
    if wanted == had:
        return task
    _refuse_strangers([*coworkers, *followers], had, task.unit)
    TaskPart.objects.filter(task=task).delete()
    TaskPart.objects.bulk_create(
        TaskPart(task=task, user_id=user, part=part) for user, part in wanted.items()
    )
    added = sorted(user.pk for user in coworkers if had.get(user.pk) != Part.COWORKER)
    happened(
        actor, "task.parts-set", task,
        coworkers=len(coworkers), followers=len(followers), added=added,
    )  # fmt: skip
    return task


@transaction.atomic
def follow_task(actor: Actor, task: Task, *, follow: bool = True) -> None:
    """Whoever sees a task may follow it, or no longer. Raises Forbidden."""
    require_view(actor, task)
    if actor.user_id is None:
        return
    mine = TaskPart.objects.filter(task=task, user=actor.user_id)
    if follow and not mine.exists():
        TaskPart.objects.create(task=task, user_id=actor.user_id, part=Part.FOLLOWER)
        happened(actor, "task.followed", task)
    elif not follow and mine.filter(part=Part.FOLLOWER).delete()[0]:
        happened(actor, "task.unfollowed", task)


@transaction.atomic
def carry_tasks_of_account(actor: Actor, *, kept: int, given_up: int) -> None:
    """What one account answered for, gave or said, the other does: follows from account.united."""
    Task.objects.filter(assignee=given_up).update(assignee=kept)
    Task.objects.filter(by=given_up).update(by=kept)
    both = TaskPart.objects.filter(user=kept).values("task")
    TaskPart.objects.filter(user=given_up, task__in=both).delete()
    TaskPart.objects.filter(user=given_up).update(user=kept)
    Answer.objects.filter(by=given_up).update(by=kept)
    Comment.objects.filter(by=given_up).update(by=kept)
    SavedView.objects.filter(user=given_up).update(user=kept)


@transaction.atomic
def release_tasks_of_member(actor: Actor, *, member: str, **_facts: object) -> None:
    """Who takes part at a unit no longer answers for no open task of it: the unit names another.

    Unless she holds a role there. Follows from member.transferred and member.left.
    """
    who = Member.objects.select_related("user").filter(pk=member).first()
    if who is None or who.user is None:
        return
    held = Task.objects.open().filter(assignee=who.user).select_related("unit")
    _release(actor, [task for task in held if not is_there(who.user, task.unit)])


def _release(actor: Actor, tasks: Iterable[Task]) -> None:
    released = [(task, {"user_id": [task.assignee_id, None]}) for task in tasks]
    Task.objects.filter(pk__in=[task.pk for task, _facts in released]).update(assignee=None)
    all_happened(actor, "task.released", released)


def _refuse_strangers(users: Iterable[User], had: Collection[int], unit: Unit) -> None:
    """Who had a part already keeps it, also when she has moved on."""
    for user in users:
        if user.pk not in had and not is_there(user, unit):
            raise NobodyThere
