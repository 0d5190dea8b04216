"""When people are reminded of a deadline: mornings of days that follow from it. No tables here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from senhong.work.workdays import WorkCalendar, due_on, wall

MORNING = time(7)  # where quiet hours do not say another
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class RemindPlan:
    """By which days a unit is reminded, and the unit above told.

    days           before a deadline; 0 the day itself, below 0 after it
    escalate_days  after it; 0: nobody above is told
    hour           of the morning, by the clock on the wall
    """

    days: Sequence[int]
    escalate_days: int
    hour: time = MORNING

    def reminded_at(self, due_at: datetime, calendar: WorkCalendar, zone: tzinfo) -> list[datetime]:
        """The mornings of a deadline, each once, the first first."""
        due = wall(due_at, zone).date()
        days = {_day(due, number, calendar) for number in self.days}
        return [due_on(day, self.hour, zone) for day in sorted(days)]

    def escalated_at(
        self, due_at: datetime, calendar: WorkCalendar, zone: tzinfo
    ) -> list[datetime]:
        """The morning on which the unit above is told, or none."""
        if self.escalate_days <= 0:
            return []
        day = _day(wall(due_at, zone).date(), -self.escalate_days, calendar)
        return [due_on(day, self.hour, zone)]


def _day(due: date, before: int, calendar: WorkCalendar) -> date:
    """A working day: earlier rather than too late, and after the deadline later. The deadline's
    own day stays, working or not."""
    day = due - timedelta(days=before)
    if before == 0:
        return day
    return calendar.on_or_before(day) if before > 0 else calendar.on_or_after(day)


def last_due(instants: Iterable[datetime], since: datetime, now: datetime) -> datetime | None:
    """The last instant that has come; None while none has, or when all were before ``since``.

    Only the last: after a standstill one word is enough.
    """
    return max((at for at in instants if since < at <= now), default=None)


def morning_of(quiet_from: time, quiet_to: time) -> time:
    """When the quiet hours of the night end; where there are none of the night, the usual hour."""
    return quiet_to if quiet_from != quiet_to and quiet_to <= _NOON else MORNING
