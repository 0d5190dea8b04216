"""What is sent on: words for a chat, and what search engines read."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from senhong.activities.models import Activity
from senhong.public.calendars import place_of
from senhong.public.queries import PublicActivity

_WEB = "https://schema.org"


def hours(activity: Activity) -> str:
    """Thứ Tư, 15/03/2023, 07:30–10:30."""
    starts, ends = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
    first = f"{date_format(starts, 'l')}, {date_format(starts, 'SHORT_DATE_FORMAT')}"
    if starts.date() == ends.date():
        return f"{first}, {starts:%H:%M}–{ends:%H:%M}"
    return f"{first}, {starts:%H:%M} – {date_format(ends, 'SHORT_DATE_FORMAT')}, {ends:%H:%M}"


def needed_words(found: PublicActivity) -> str:
    """How many are needed, in a sentence."""
    if found.activity.is_cancelled:
        return _("Hoạt động đã hủy.")
    if found.is_over:
        return _("Hoạt động đã kết thúc.")
    if found.needed is None:
        return _("Ai cũng có thể tham gia.")
    if found.needed == 0:
        return _("Đã đủ người; có thể vào danh sách chờ.")
    words = ngettext("Còn cần {needed} người.", "Còn cần {needed} người.", found.needed)
    return words.format(needed=found.needed)


def share_text(found: PublicActivity, address: str) -> str:
    """A few lines for a Zalo group."""
    activity = found.activity
    lines = [
        activity.name,
        _("Khi nào: {hours}").format(hours=hours(activity)),
        _("Ở đâu: {place}").format(place=place_of(activity)),
        _("Tổ chủ trì: {team}").format(team=activity.lead_team.name),
        needed_words(found),
        _("Xem và đăng ký: {address}").format(address=address),
    ]
    return "\n".join(lines)


def event_facts(found: PublicActivity, address: str) -> dict[str, Any]:
    """The activity as schema.org's Event. Source: schema.org/Event."""
    activity = found.activity
    cancelled = activity.is_cancelled
    facts: dict[str, Any] = {
        "@context": _WEB,
        "@type": "Event",
        "name": activity.name,
        "url": address,
        "startDate": timezone.localtime(activity.starts_at).isoformat(),
        "endDate": timezone.localtime(activity.ends_at).isoformat(),
        "eventStatus": f"{_WEB}/{'EventCancelled' if cancelled else 'EventScheduled'}",
        "eventAttendanceMode": f"{_WEB}/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "location": _location(activity),
        "organizer": {"@type": "Organization", "name": activity.lead_team.name},
    }
    if found.seats.seats is not None:
        facts["maximumAttendeeCapacity"] = found.seats.seats
        facts["remainingAttendeeCapacity"] = found.needed
    return facts


def _location(activity: Activity) -> dict[str, Any]:
    unit = activity.place_unit.title
    place: dict[str, Any] = {
        "@type": "Place",
        "name": activity.place_text or unit,
        "address": {"@type": "PostalAddress", "addressLocality": unit, "addressCountry": "VN"},
    }
    if activity.lat is not None and activity.lon is not None:
        point = {"latitude": activity.lat, "longitude": activity.lon}
        place["geo"] = {"@type": "GeoCoordinates", **point}
    return place
