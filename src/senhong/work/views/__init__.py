"""The pages of tasks."""

from senhong.work.views.doing import accept_task, hand_in, return_task, start_task
from senhong.work.views.tasks import task, tasks

__all__ = ["accept_task", "hand_in", "return_task", "start_task", "task", "tasks"]
