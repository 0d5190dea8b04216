"""What a person's day holds, as a message tells it each morning."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Q

from senhong.comms.models import Topic
from senhong.comms.queries import reaches, untold
from senhong.core import clock
from senhong.core.days import as_day
from senhong.org.models import Unit
from senhong.work.models import Part, Task, TaskPart, TaskQuerySet, WorkRule
from senhong.work.queries.notices import Ways, is_morning, today_of
from senhong.work.queries.responsible import holders_at
from senhong.work.states import AT_WORK, TaskState

_MORE = "overdue", "today", "week", "returned"


@dataclass(slots=True)
class Digest:
    """How many tasks of each kind wait for somebody. She answers for them, works on them, or
    serves the unit that has named nobody yet."""

    overdue: int = 0
    today: int = 0
    week: int = 0  # until Sunday, without today
    returned: int = 0  # of all of them
    waiting: int = 0  # results to be judged at her unit
    units: set[int] = field(default_factory=set)
    hour: time = time()  # of her morning
    rule: WorkRule = field(default_factory=WorkRule)


def digests_due(now: datetime) -> Mapping[int, Digest]:
    """By person, for those whose morning it is on a working day and who have something to do.

    Twelve queries.
    """
    found: defaultdict[int, Digest] = defaultdict(Digest)
    _add_named(found, now)
    _add_of_units(found, now)
    _add_waiting(found)
    units = Unit.objects.in_bulk({unit for digest in found.values() for unit in digest.units})
    ways = Ways.of(units.values())
    return {user: digest for user, digest in found.items() if _is_due(digest, units, ways, now)}


def digests_wanted(now: datetime) -> Mapping[int, Digest]:
    """Without those who were told this morning, or do not want to be. Fourteen queries."""
    due = digests_due(now)
    new = untold(digest_occasion(now), due)
    wants = {reach.user_id for reach in reaches(new, Topic.DIGEST)} if new else set()
    return {user: digest for user, digest in due.items() if user in wants}


def digest_occasion(now: datetime) -> str:
    """Of the message of that morning."""
    return f"task.morning:{as_day(clock.date_of(now))}"


def _is_due(digest: Digest, units: Mapping[int, Unit], ways: Ways, now: datetime) -> bool:
    """The latest morning of all her units is hers."""
    last = max(digest.units, key=lambda unit: (ways.morning(unit), unit))
    digest.hour, digest.rule = ways.morning(last), ways.rules[last]
    return is_morning(now, digest.hour, ways.calendars[units[last].province_id])


def _at_work(now: datetime) -> TaskQuerySet:
    """What is worked on and due this week, or overdue, or came back."""
    _today, sunday = today_of(now)
    rule = Q(sort_at__lt=sunday) | Q(state=TaskState.RETURNED)
    return Task.objects.open().filter(rule, is_sent=False, state__in=sorted(AT_WORK))


def _counts(now: datetime) -> dict[str, Count]:
    today, sunday = today_of(now)
    rules = {
        "overdue": Q(due_at__lt=now),
        "today": Q(due_at__gte=now, due_at__lt=today),
        "week": Q(due_at__gte=max(now, today), due_at__lt=sunday),
        "returned": Q(state=TaskState.RETURNED),
    }
    return {name: Count("pk", filter=rule) for name, rule in rules.items()}


def _add_named(found: defaultdict[int, Digest], now: datetime) -> None:
    tasks, parts = _at_work(now).order_by(), TaskPart.objects.filter(part=Part.COWORKER)
    named = {
        "assignee": tasks.filter(assignee__is_active=True),
        "parts__user": tasks.filter(parts__in=parts.filter(user__is_active=True)),
    }
    for who, rows in named.items():
        for row in rows.values(who, "unit").annotate(**_counts(now)):
            counted: dict[str, Any] = {**row}
            _add(found[counted.pop(who)], counted)


def _add_of_units(found: defaultdict[int, Digest], now: datetime) -> None:
    """What nobody is named for, to those of the unit."""
    rows = list(
        _at_work(now).filter(assignee=None).order_by().values("unit").annotate(**_counts(now))
    )
    held = holders_at({row["unit"] for row in rows}, "task.answer")
    for row in rows:
        for user in held.get(row["unit"], ()):
            _add(found[user], dict(row))


def _add_waiting(found: defaultdict[int, Digest]) -> None:
    waits = Task.objects.open().filter(state=TaskState.HANDED_IN)
    rows = list(waits.order_by().values("by_unit").annotate(number=Count("pk")))
    held = holders_at({row["by_unit"] for row in rows}, "task.review")
    for row in rows:
        for user in held.get(row["by_unit"], ()):
            found[user].waiting += row["number"]
            found[user].units.add(row["by_unit"])


def _add(digest: Digest, row: dict[str, Any]) -> None:
    digest.units.add(row["unit"])
    for name in _MORE:
        setattr(digest, name, getattr(digest, name) + row[name])
