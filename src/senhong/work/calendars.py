"""Deadlines as a calendar file (RFC 5545)."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from senhong.work.models import Task

_MAKER = "-//Sen Hồng//VI"
_REFRESH = "PT1H"
_SHOWN = timedelta(minutes=30)  # calendars hide what takes no time


def deadline_file(tasks: Iterable[Task], address: Callable[[Task], str], at: datetime) -> bytes:
    """Each deadline as the half hour that ends with it. ``address`` is a task's page."""
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Hạn nhiệm vụ của tôi"))
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("x-published-ttl", _REFRESH)
    for task in tasks:
        if task.due_at is not None:
            calendar.add_component(_event(task, task.due_at, address(task), at))
    content: bytes = calendar.to_ical()
    return content


def _event(task: Task, due_at: datetime, address: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{task.pk}@senhong")  # the same for ever: another deadline is no new event
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", (due_at - _SHOWN).astimezone(UTC))
    event.add("dtend", due_at.astimezone(UTC))
    event.add("summary", _("Hạn: {title}").format(title=task.brief.title))
    event.add("description", f"{task.unit.title} · {task.get_state_display()}\n{address}")
    event.add("url", address)
    event.add("transp", "TRANSPARENT")  # a deadline takes nobody's time
    return event
