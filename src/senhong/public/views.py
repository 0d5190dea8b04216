"""Pages without an account, and the calendar addresses that are given away."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from senhong.activities.models import Activity
from senhong.core import clock
from senhong.core.errors import NotFound
from senhong.core.ids import uuid7
from senhong.org.models import Unit
from senhong.org.queries import get_unit
from senhong.people.models import Team
from senhong.people.queries import get_team
from senhong.public import queries, services, sharing
from senhong.public.calendars import calendar_file, place_of
from senhong.web.components import Crumb
from senhong.web.http import PageRequest, see_other
from senhong.web.json_ld import json_ld


@require_safe
def activity(request: PageRequest, short: str) -> HttpResponse:
    """What, where, when, how many are needed; for whoever has the address."""
    found = queries.get_public(short)
    address = request.build_absolute_uri()
    own = reverse("activities:activity", args=[found.activity.pk])
    page = {
        "activity": found.activity,
        "hours": sharing.hours(found.activity),
        "place": place_of(found.activity),
        "needed": sharing.needed_words(found),
        "is_over": found.is_over,
        "share_text": sharing.share_text(found, address),
        "facts": json_ld(sharing.event_facts(found, address)),
        "sign_up_url": own,
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': own})}",
        "way_in": found.way_in,
    }
    return render(request, "public/activity.html", page)


@require_safe
def activity_file(request: PageRequest, short: str) -> HttpResponse:
    """The activity for one's own calendar."""
    found = queries.get_public(short)
    return _file(request, found.activity.name, [found.activity], attached=True)


@require_safe
def feed(request: PageRequest, secret: str) -> HttpResponse:
    """A team's or unit's calendar, for programs that subscribe to it."""
    feed = queries.feed_of(secret)
    return _file(request, _name(feed.team or feed.unit), queries.activities_in(feed))


@login_required
@require_safe
def calendars(request: PageRequest) -> HttpResponse:
    """The calendar address of a team or unit: to be shown, made or revoked."""
    of = _place(request)
    feed = queries.standing_feed(request.actor, of)
    page = {
        "of": of,
        "name": _name(of),
        "query": _query(of),
        "crumbs": [Crumb(_("Lịch"), f"/activities/calendar/{_query(of)}"), Crumb(_("Theo dõi"))],
        "feed": feed,
        "address": _address(request, feed.secret) if feed else "",
        "act": uuid7(),
    }
    return render(request, "public/calendars.html", page)


@login_required
@require_POST
def make_feed(request: PageRequest) -> HttpResponse:
    of = _place(request)
    services.make_feed(request.actor, _act(request), of=of)
    messages.success(request, _("Đã lập địa chỉ lịch."))
    return see_other(f"{reverse('public:calendars')}{_query(of)}")


@login_required
@require_POST
def revoke_feed(request: PageRequest, id: UUID) -> HttpResponse:
    feed = queries.get_feed(request.actor, id)
    services.revoke_feed(request.actor, feed)
    messages.success(request, _("Đã thu hồi. Ai đang theo dõi địa chỉ cũ không còn thấy lịch."))
    return see_other(f"{reverse('public:calendars')}{_query(feed.team or feed.unit)}")


def _place(request: PageRequest) -> Team | Unit:
    if key := request.GET.get("unit"):
        return get_unit(request.actor, key)
    try:
        return get_team(request.actor, UUID(request.GET.get("team", "")))
    except ValueError as error:
        raise NotFound(what=_("tổ, đội hình này")) from error


def _act(request: PageRequest) -> UUID:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return uuid7()


def _query(of: Team | Unit | None) -> str:
    if isinstance(of, Unit):
        return f"?unit={of.key}"
    return f"?team={of.pk}" if of else ""


def _name(of: Team | Unit | None) -> str:
    if isinstance(of, Team):
        return f"{of.name} · {of.unit.title}"
    return of.title if of else ""


def _address(request: HttpRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("public:feed", args=[secret]))


def _file(
    request: HttpRequest, name: str, activities: list[Activity], *, attached: bool = False
) -> HttpResponse:
    def address(one: Activity) -> str:
        return request.build_absolute_uri(reverse("public:activity", args=[one.short]))

    content = calendar_file(name, activities, address, clock.now())
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    if attached:
        answer["Content-Disposition"] = 'attachment; filename="hoat-dong.ics"'
    answer["Cache-Control"] = "private, max-age=300"
    return answer
