"""Which deadlines somebody is to be reminded of now, and who is to be told that others are late."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from uuid import UUID

from django.utils import timezone

from senhong.core import clock
from senhong.org.models import Unit
from senhong.work.models import DayRule, Notice, NoticeKind, Task, WorkRule
from senhong.work.queries.calendars import REMIND_DAYS, work_rules_of
from senhong.work.queries.responsible import above, holders_at, workers_of
from senhong.work.reminding import RemindPlan, last_due, morning_of
from senhong.work.states import AT_WORK
from senhong.work.workdays import WorkCalendar

# So long a standstill loses no word; free days move a reminder by no more than a part of it.
_STANDSTILL = timedelta(days=60)
_MOST = 20_000  # tasks in one look


@dataclass(frozen=True, slots=True)
class NoticeDue:
    """One person is to be told of one task, for one instant."""

    user_id: int
    task: Task  # with brief, unit and by_unit
    kind: NoticeKind
    at: datetime
    rule: WorkRule  # of the unit that does it

    @property
    def key(self) -> tuple[UUID, str, datetime, int]:
        return self.task.pk, self.kind, self.at, self.user_id


@dataclass(frozen=True, slots=True)
class Ways:
    """By which rules and days units work."""

    rules: Mapping[int, WorkRule]
    calendars: Mapping[int | None, WorkCalendar]
    zone: tzinfo

    @classmethod
    def of(cls, units: Collection[Unit]) -> "Ways":
        """Two queries."""
        own: defaultdict[int | None, dict[date, bool]] = defaultdict(dict)
        rows = DayRule.objects.filter(province__in={unit.province_id for unit in units})
        for province, day, works in rows.values_list("province", "on_day", "is_working"):
            own[province][day] = works
        calendars = {u.province_id: WorkCalendar(own[u.province_id]) for u in units}
        return cls(work_rules_of([*units]), calendars, timezone.get_default_timezone())

    def plan(self, unit: Unit) -> RemindPlan:
        rule = self.rules[unit.pk]
        return RemindPlan(rule.remind_days, rule.escalate_days, self.morning(unit.pk))

    def morning(self, unit_id: int) -> time:
        rule = self.rules[unit_id]
        return morning_of(rule.quiet_from, rule.quiet_to)

    def last(self, task: Task, kind: NoticeKind, now: datetime) -> datetime | None:
        """The last instant of the kind that has come since the task was made."""
        if task.due_at is None:
            return None
        plan, calendar = self.plan(task.unit), self.calendars[task.unit.province_id]
        find = plan.reminded_at if kind == NoticeKind.REMIND else plan.escalated_at
        return last_due(find(task.due_at, calendar, self.zone), task.made_at, now)


def notices_due(now: datetime) -> list[NoticeDue]:
    """What is to be told now and has not been: of each task the last reminder that has come, to
    who does it; and that it is late, to who judges it at the unit above. By deadline.

    Of tasks that are being worked on. After a standstill of at most 60 days. Twelve queries.
    """
    tasks = _tasks_near(now)
    ways = Ways.of({task.unit_id: task.unit for task in tasks}.values())
    due = [
        (task, kind, at)
        for task in tasks
        for kind in NoticeKind
        if (at := ways.last(task, kind, now)) is not None
    ]
    people = _people(due)
    found = [
        NoticeDue(user, task, kind, at, ways.rules[task.unit_id])
        for task, kind, at in due
        for user in sorted(people[kind].get(task.pk, ()))
    ]
    return _new(found)


def _tasks_near(now: datetime) -> list[Task]:
    before, after = _reach()
    near = Task.objects.open().filter(
        is_sent=False, state__in=sorted(AT_WORK), sort_at__gte=now - after, sort_at__lt=now + before
    )
    shown = near.select_related("brief", "unit", "by_unit").order_by("sort_at", "pk")
    return list(shown[:_MOST])


def _reach() -> tuple[timedelta, timedelta]:
    """How long before a deadline, and after it, any rule speaks of it. One query."""
    days, late = [*REMIND_DAYS], [WorkRule().escalate_days]
    for remind, escalate in WorkRule.objects.values_list("remind_days", "escalate_days"):
        days.extend(remind)
        late.append(escalate)
    after = max([*late, *(-day for day in days)])
    return timedelta(days=max([*days, 0])) + _STANDSTILL, timedelta(days=after) + _STANDSTILL


def _people(
    due: Iterable[tuple[Task, NoticeKind, datetime]],
) -> Mapping[NoticeKind, Mapping[UUID, set[int]]]:
    """By kind and task. Six queries."""
    remind = [task for task, kind, _at in due if kind == NoticeKind.REMIND]
    late = {task: above(task) for task, kind, _at in due if kind == NoticeKind.ESCALATE}
    judges = holders_at({unit for unit in late.values() if unit is not None}, "task.review")
    doing = workers_of({*remind, *late})
    return {
        NoticeKind.REMIND: {task.pk: doing[task.pk] for task in remind},
        NoticeKind.ESCALATE: {
            task.pk: judges.get(unit or 0, set()) - doing[task.pk] for task, unit in late.items()
        },
    }


def _new(found: list[NoticeDue]) -> list[NoticeDue]:
    """Without what was told. One query."""
    if not found:
        return []
    told = Notice.objects.filter(
        task__in={each.task.pk for each in found}, at__gte=min(each.at for each in found)
    )
    known = set(told.values_list("task", "kind", "at", "user"))
    return [each for each in found if each.key not in known]


def by_person(found: Iterable[NoticeDue]) -> Mapping[int, list[NoticeDue]]:
    """What each is to be told, in one message. No query."""
    grouped: defaultdict[int, list[NoticeDue]] = defaultdict(list)
    for each in found:
        grouped[each.user_id].append(each)
    return grouped


def is_morning(now: datetime, hour: time, calendar: WorkCalendar) -> bool:
    """Whether it is the morning of a working day: three hours from that one on. No query."""
    wall = timezone.localtime(now)
    begins = timezone.make_aware(datetime.combine(wall.date(), hour))
    return calendar.is_working(wall.date()) and begins <= now < begins + timedelta(hours=3)


def today_of(now: datetime) -> tuple[datetime, datetime]:
    """When today ends in the province, and the week, on Sunday. No query."""
    today = clock.date_of(now)
    day = timedelta(days=1)
    monday = today + timedelta(days=7 - today.weekday())
    return clock.start_of(today + day), clock.start_of(monday)
