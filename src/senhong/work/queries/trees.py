"""Which tasks hang below which. Services ask, too."""

from collections import defaultdict
from uuid import UUID

from senhong.work.models import Dependency, Task


def ids_below(task: Task) -> set[UUID]:
    """The tasks below a task, however deep, without itself. One query."""
    below: defaultdict[UUID | None, list[UUID]] = defaultdict(list)
    for id, parent in Task.objects.filter(root=task.root).values_list("pk", "parent_id"):
        below[parent].append(id)
    found: set[UUID] = set()
    waiting = [task.pk]
    while waiting:
        for child in below[waiting.pop()]:
            found.add(child)
            waiting.append(child)
    return found


def waits_for(task_id: UUID, other_id: UUID) -> bool:
    """Whether a task waits, over however many others, for the other. A query for each step."""
    seen, step = {task_id}, {task_id}
    while step:
        rows = Dependency.objects.filter(after__in=step).values_list("before", flat=True)
        step = set(rows) - seen
        if other_id in step:
            return True
        seen |= step
    return False
