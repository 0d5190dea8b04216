"""What people are told about an activity, in words."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from senhong.activities.models import Activity
from senhong.comms.services import Said
from senhong.core.days import as_day


def tomorrow_occasion(activity: Activity) -> str:
    """Of the reminder of the day before: on another day it is another one."""
    return f"activity.tomorrow:{activity.pk}:{as_day(activity.first_on)}"


def said_of_tomorrow(activity: Activity) -> Said:
    words = _("{hours}. {place}. Bạn đi được không?")
    return Said(
        _("Ngày mai: {activity}").format(activity=activity.name),
        words.format(hours=hours(activity), place=place(activity)),
        _door(activity),
    )


def said_of_moving(activity: Activity) -> Said:
    words = _("Giờ hoặc nơi đã đổi. Nay là {hours}. {place}.")
    return Said(
        _("Đổi lịch: {activity}").format(activity=activity.name),
        words.format(hours=hours(activity), place=place(activity)),
        _door(activity),
    )


def said_of_cancelling(activity: Activity) -> Said:
    words = _("Hoạt động {hours} đã hủy: {reason}")
    return Said(
        _("Đã hủy: {activity}").format(activity=activity.name),
        words.format(hours=hours(activity), reason=activity.cancel_reason),
        reverse("public:activity", args=[activity.short]),
    )


def said_of_promotion(activity: Activity) -> Said:
    words = _("Đến lượt bạn: có chỗ trống. {hours}. {place}. Không đi được thì báo nhé.")
    return Said(
        _("Bạn đã có chỗ: {activity}").format(activity=activity.name),
        words.format(hours=hours(activity), place=place(activity)),
        _door(activity),
    )


def hours(activity: Activity) -> str:
    """When it takes place: 15/03/2023, 07:30–10:30."""
    starts, ends = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
    first = date_format(starts, "SHORT_DATE_FORMAT")
    if starts.date() == ends.date():
        return f"{first}, {starts:%H:%M}–{ends:%H:%M}"
    return f"{first}, {starts:%H:%M} – {date_format(ends, 'SHORT_DATE_FORMAT')}, {ends:%H:%M}"


def place(activity: Activity) -> str:
    """Where it takes place, as people say it."""
    return " · ".join(filter(None, [activity.place_text, activity.place_unit.title]))


def _door(activity: Activity) -> str:
    """Leads everybody to where she can answer: in the office's pages or the phone's app."""
    return reverse("activities:answer", args=[activity.pk])
