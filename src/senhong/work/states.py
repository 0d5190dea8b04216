"""What a task may become, and by which act: the one table. No tables of the database here."""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TaskState(TextChoices):
    OPEN = "open", _("Chưa bắt đầu")
    RUNNING = "running", _("Đang làm")
    HANDED_IN = "handed-in", _("Chờ duyệt kết quả")
    RETURNED = "returned", _("Bị trả lại")
    PAUSED = "paused", _("Tạm dừng")
    ACCEPTED = "accepted", pgettext_lazy("một nhiệm vụ", "Hoàn thành")
    CANCELLED = "cancelled", pgettext_lazy("một nhiệm vụ", "Đã hủy")


class TaskAct(StrEnum):
    """What somebody does to a task."""

    START = "start"
    HAND_IN = "hand-in"
    TAKE_BACK = "take-back"  # what was handed in, before it was judged
    ACCEPT = "accept"
    RETURN = "return"  # what was handed in; or what was accepted by mistake
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"


_OPEN, _RUNNING, _HANDED_IN, _RETURNED, _PAUSED, _ACCEPTED, _CANCELLED = TaskState

ENDED_STATES = frozenset({_ACCEPTED, _CANCELLED})
OPEN_STATES = frozenset(set(TaskState) - ENDED_STATES)
# In which the unit that does it is to act, and not who gave it.
AT_WORK = frozenset({_OPEN, _RUNNING, _RETURNED})

# By act: from what to what. RESUME leads back to where PAUSE came from.
ALLOWED: Mapping[TaskAct, Mapping[TaskState, TaskState]] = {
    TaskAct.START: {_OPEN: _RUNNING, _RETURNED: _RUNNING},
    TaskAct.HAND_IN: dict.fromkeys(AT_WORK, _HANDED_IN),
    TaskAct.TAKE_BACK: {_HANDED_IN: _RUNNING},
    TaskAct.ACCEPT: {_HANDED_IN: _ACCEPTED},
    TaskAct.RETURN: {_HANDED_IN: _RETURNED, _ACCEPTED: _RETURNED},
    TaskAct.PAUSE: dict.fromkeys(AT_WORK, _PAUSED),
    TaskAct.RESUME: dict.fromkeys([_PAUSED], _OPEN),
    TaskAct.CANCEL: dict.fromkeys(OPEN_STATES, _CANCELLED),
}


def state_after(act: TaskAct, state: str, before: str = "") -> TaskState | None:
    """What the act makes of a task in this state; None where it is not possible.

    before  what a paused task was
    """
    became = ALLOWED[act].get(TaskState(state))
    if act is TaskAct.RESUME and became is not None:
        return TaskState(before or _OPEN)
    return became
