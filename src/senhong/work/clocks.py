"""A task's clock: its deadline, when it stands still, and the four outcomes. No tables here.

The rules, as people are told them:

- **On time** (đúng hạn) or **late** (trễ hạn): the result was accepted, and was handed in by the
  deadline or after it. How long somebody took to accept it counts for nobody.
- **Running** (đang làm) or **overdue** (quá hạn): not accepted yet. Handed in, or paused, a task
  is judged by the instant at which its clock stopped; else by now.
- A task without a deadline is never late. A cancelled one has no outcome.
- **Paused**: the clock stands still. When work goes on, the deadline moves by the working time
  that the pauses took since it was set, rounded up to whole working days, at the same hour. Who
  was in time when it was paused is in time when it goes on, always.
- **Extended**: the deadline is the one that was granted last; the first is kept and shown beside
  it. Pauses before the granting count no more.
- **Returned**: the clock goes on against the same deadline, unless who returns gives another.
"""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from django.db.models.enums import TextChoices
from django.utils.translation import pgettext_lazy

from senhong.work.states import TaskAct, TaskState, state_after
from senhong.work.workdays import DAY_S, WorkCalendar


class Outcome(TextChoices):
    """What is reported of a task; there are exactly these four."""

    ON_TIME = "on-time", pgettext_lazy("một nhiệm vụ", "Đúng hạn")
    LATE = "late", pgettext_lazy("một nhiệm vụ", "Trễ hạn")
    RUNNING = "running", pgettext_lazy("một nhiệm vụ", "Trong hạn")
    OVERDUE = "overdue", pgettext_lazy("một nhiệm vụ", "Quá hạn")

    @property
    def column(self) -> str:
        """As counts are called by it."""
        return self.value.replace("-", "_")


@dataclass(frozen=True)
class WorkTime:
    """By which days and in which zone deadlines move."""

    calendar: WorkCalendar
    zone: tzinfo


@dataclass(frozen=True, kw_only=True)
class TaskClock:
    """State and clock of one task. Each act gives another one; None where it is not possible."""

    state: str = TaskState.OPEN
    state_before: str = ""  # of a paused task
    first_due_at: datetime | None = None  # as it was given at first
    base_due_at: datetime | None = None  # as it was given or granted last, before pauses
    due_at: datetime | None = None  # what holds
    paused_s: int = 0  # working time of the pauses since base_due_at was set
    stopped_at: datetime | None = None  # since when the clock stands; None while it runs

    @classmethod
    def due(cls, at: datetime | None) -> "TaskClock":
        """Of a new task."""
        return cls(first_due_at=at, base_due_at=at, due_at=at)

    @property
    def is_extended(self) -> bool:
        return self.base_due_at != self.first_due_at

    def after(self, act: TaskAct, at: datetime, working: WorkTime) -> "TaskClock | None":
        """The clock after somebody did this at that instant; None where it is not possible."""
        state = state_after(act, self.state, self.state_before)
        if state is None:
            return None
        if act is TaskAct.RESUME:
            return self._resumed(state, at, working)
        if act is TaskAct.ACCEPT:
            return replace(self, state=state)
        if act is TaskAct.PAUSE:
            return replace(self, state=state, state_before=self.state, stopped_at=at)
        stops = act in {TaskAct.HAND_IN, TaskAct.CANCEL}
        return replace(self, state=state, state_before="", stopped_at=at if stops else None)

    def _resumed(self, state: TaskState, at: datetime, working: WorkTime) -> "TaskClock":
        since = self.stopped_at or at
        paused_s = self.paused_s + working.calendar.seconds_between(since, at, working.zone)
        due = self._moved(paused_s, working)
        while self.due_at and since <= self.due_at and due and due < at:
            paused_s += DAY_S  # it lay over a deadline on a free day: one working day more
            due = self._moved(paused_s, working)
        return replace(
            self, state=state, state_before="", due_at=due, paused_s=paused_s, stopped_at=None
        )

    def _moved(self, paused_s: int, working: WorkTime) -> datetime | None:
        if self.base_due_at is None:
            return None
        return working.calendar.moved(self.base_due_at, paused_s, working.zone)

    def granted(self, due_at: datetime, at: datetime) -> "TaskClock":
        """Another deadline holds; the first is kept. Pauses begin to count anew."""
        paused = self.state == TaskState.PAUSED
        stopped = at if paused else self.stopped_at
        return replace(self, base_due_at=due_at, due_at=due_at, paused_s=0, stopped_at=stopped)

    def corrected(self, due_at: datetime | None, at: datetime) -> "TaskClock":
        """Who gave the task wrote another deadline: before work began it replaces the first."""
        if due_at is None or self.first_due_at is None or self.state == TaskState.OPEN:
            return replace(self, first_due_at=due_at, base_due_at=due_at, due_at=due_at, paused_s=0)
        return self.granted(due_at, at)

    def outcome(self, now: datetime) -> Outcome | None:
        """Which of the four; None for a cancelled task."""
        if self.state == TaskState.CANCELLED:
            return None
        past = self.late_s(now) > 0
        if self.state == TaskState.ACCEPTED:
            return Outcome.LATE if past else Outcome.ON_TIME
        return Outcome.OVERDUE if past else Outcome.RUNNING

    def late_s(self, now: datetime) -> float:
        """By how many seconds it is, or was, past its deadline; 0 while it is not."""
        if self.due_at is None:
            return 0
        return max(0.0, ((self.stopped_at or now) - self.due_at).total_seconds())
