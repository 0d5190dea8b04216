"""A task that counts itself is accepted when the unit's figure has reached what was asked."""

from django.db import transaction

from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.ids import derived_id
from senhong.work.models import Answer, Task, Verdict
from senhong.work.services.moving import move
from senhong.work.states import AT_WORK, TaskAct


@transaction.atomic
def reach_task(actor: Actor, task: Task, *, figure: int) -> bool:
    """The ledger's figure is as high as was asked: the task ends, and its answer says why.

    False, and nothing changes, where it is not, or where somebody has to act first (paused, or
    handed in already). Raises Forbidden.
    """
    actor.require("system.run", at="")
    if task.quantity is None or figure < task.quantity or task.state not in AT_WORK:
        return False
    now = clock.now()
    answer = Answer.objects.create(
        id=derived_id(task.pk, "reached", now.isoformat()), task=task, number=figure, at=now,
        verdict=Verdict.ACCEPTED, judged_at=now,
    )  # fmt: skip
    move(task, TaskAct.HAND_IN, at=now, answer=answer)
    move(task, TaskAct.ACCEPT, at=now, wants_extension=False)
    happened(actor, "task.reached", task, quantity=figure)
    return True
