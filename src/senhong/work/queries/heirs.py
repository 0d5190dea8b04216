"""What of tasks hangs on units that end: asked by a change of the map."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from senhong.org.changes import HeirsAnswer
from senhong.work.models import Task, TaskMove


def tasks_hanging(unit_ids: Collection[int]) -> HeirsAnswer:
    """Open tasks of the units. One query."""
    number = Task.objects.open().filter(unit__in=unit_ids).count()
    return HeirsAnswer(
        _("nhiệm vụ chưa xong"), number, _("Chuyển sang đơn vị kế thừa, giữ nguyên hạn và lịch sử.")
    )


def came_along(tasks: QuerySet[Any]) -> QuerySet[Any]:
    """Those tasks that a change of the map moved to the unit where they are."""
    moved = TaskMove.objects.filter(to_unit=F("task__unit"))
    return tasks.filter(pk__in=moved.values("task"))
