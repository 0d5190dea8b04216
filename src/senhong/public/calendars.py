"""Activities as a calendar file (RFC 5545)."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vGeo

from senhong.activities.models import Activity

_MAKER = "-//Sen Hồng//VI"
_REFRESH = "PT1H"


def calendar_file(
    name: str, activities: Iterable[Activity], address: Callable[[Activity], str], at: datetime
) -> bytes:
    """The calendar of that name. ``address`` is an activity's page; ``at`` is now."""
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("x-published-ttl", _REFRESH)
    for activity in activities:
        calendar.add_component(_event(activity, address(activity), at))
    content: bytes = calendar.to_ical()
    return content


def _event(activity: Activity, address: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{activity.pk}@senhong")  # the same for ever: a change is no new event
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", activity.starts_at.astimezone(UTC))
    event.add("dtend", activity.ends_at.astimezone(UTC))
    event.add("summary", activity.name)
    event.add("location", place_of(activity))
    event.add("status", "CANCELLED" if activity.is_cancelled else "CONFIRMED")
    event.add("description", f"{_('Tổ chủ trì')}: {activity.lead_team.name}\n{address}")
    event.add("url", address)
    if activity.lat is not None and activity.lon is not None:
        event.add("geo", vGeo((activity.lat, activity.lon)))
    return event


def place_of(activity: Activity) -> str:
    return ", ".join(filter(None, [activity.place_text, activity.place_unit.title]))
