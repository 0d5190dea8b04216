"""Activities by day: a month, or a week."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from senhong.activities import queries
from senhong.activities.models import Activity
from senhong.activities.views.activities import wanted_of
from senhong.activities.views.frame import STATE_TONES, crumbs_to
from senhong.web.components import Option
from senhong.web.http import PageRequest

_MOST = 500
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Entry:
    """An activity on its day."""

    activity: Activity
    at: str
    tone: str


@dataclass(frozen=True, slots=True)
class Day:
    date: date
    entries: Sequence[Entry]
    is_today: bool
    is_away: bool  # of the month before or after

    @property
    def title(self) -> str:
        return f"{date_format(self.date, 'l')}, {date_format(self.date, 'SHORT_DATE_FORMAT')}"


@login_required
@require_safe
def calendar(request: PageRequest) -> HttpResponse:
    """What is planned and was held, day by day; narrowed by what the address says."""
    today = request.reading_on()
    on, by_week = _day(request, today), request.GET.get("view") == "week"
    first, last = _week(on) if by_week else _month(on)
    wanted = wanted_of(request, first=first, last=last)
    found = queries.activities_of(request.actor, wanted, seen_on=today, limit=_MOST)
    before, after = _neighbours(on, by_week=by_week)
    page = {
        "days": _days(found.items, first, last, on=None if by_week else on, today=today),
        "by_week": by_week,
        "title": _title(on, first, last, by_week=by_week),
        "scope": wanted.unit or wanted.team or wanted.plan,
        "views": [
            Option(_("Tháng"), _address(request, on, view="month"), not by_week),
            Option(_("Tuần"), _address(request, on, view="week"), by_week),
        ],
        "before_url": _address(request, before),
        "after_url": _address(request, after),
        "today_url": _address(request, today),
        "list_url": "/activities/" + _scope(request),
        "follow_url": _follow(request) if _may_follow(request, wanted.unit or wanted.team) else "",
        "crumbs": crumbs_to(here=_("Lịch")),
    }
    return render(request, "activities/calendar.html", page)


def _day(request: PageRequest, today: date) -> date:
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today
    return on if date(2000, 1, 8) <= on <= date(2099, 12, 20) else today


def _week(on: date) -> tuple[date, date]:
    first = on - timedelta(days=on.weekday())
    return first, first + timedelta(days=6)


def _month(on: date) -> tuple[date, date]:
    """Whole weeks, so that every day stands under its name."""
    last = (on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return _week(on.replace(day=1))[0], _week(last)[1]


def _neighbours(on: date, *, by_week: bool) -> tuple[date, date]:
    if by_week:
        return on - _WEEK, on + _WEEK
    before = on.replace(day=1) - timedelta(days=1)
    return before.replace(day=1), (on.replace(day=28) + timedelta(days=4)).replace(day=1)


def _title(on: date, first: date, last: date, *, by_week: bool) -> str:
    if not by_week:
        return _("Tháng {month}/{year}").format(month=on.month, year=on.year)
    days = {"first": date_format(first, "d/m"), "last": date_format(last, "d/m/Y")}
    return _("Tuần {first} – {last}").format(**days)


def _days(
    activities: Sequence[Activity], first: date, last: date, *, on: date | None, today: date
) -> list[Day]:
    by_day: defaultdict[date, list[Entry]] = defaultdict(list)
    for one in sorted(activities, key=lambda one: one.starts_at):
        at = f"{timezone.localtime(one.starts_at):%H:%M}"
        by_day[one.first_on].append(Entry(one, at, STATE_TONES[one.state]))
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [
        Day(day, by_day[day], day == today, on is not None and day.month != on.month)
        for day in dates
    ]


def _scope(request: PageRequest, **more: str) -> str:
    said = {name: request.GET.get(name, "") for name in ("unit", "team", "plan", "kind")}
    said |= more
    kept = {name: value for name, value in said.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def _address(request: PageRequest, on: date, view: str = "") -> str:
    view = view or request.GET.get("view", "")
    return _scope(request, on=on.isoformat(), view=view)


def _may_follow(request: PageRequest, of: object) -> bool:
    path = getattr(of, "path", None)
    return path is not None and request.actor.can("activity.edit", at=path)


def _follow(request: PageRequest) -> str:
    said = {name: request.GET.get(name, "") for name in ("unit", "team")}
    return "/calendars/?" + urlencode({name: value for name, value in said.items() if value})
