"""Calendars to subscribe to: a secret address for a team or unit, until it is revoked."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from pytest_django.asserts import assertContains, assertNotContains

from senhong.activities.services import cancel_activity
from senhong.activities.tests.make import DAYS_BEFORE, a_volunteer, an_activity
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.org.tests.make import SYSTEM, a_province, a_unit
from senhong.people.models import MembershipRole
from senhong.people.tests.make import a_team
from senhong.public.models import CalendarFeed
from senhong.public.services import make_feed, revoke_feed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_days_before() -> Iterator[None]:
    with time_machine.travel(DAYS_BEFORE):
        yield


def events_of(feed: CalendarFeed) -> dict[str, Any]:
    answer = Client().get(f"/calendar/{feed.secret}.ics")
    calendar: Any = Calendar.from_ical(answer.content)
    return {event["UID"]: event for event in calendar.walk("VEVENT")}


def test_a_teams_calendar_has_what_it_leads_and_joins_and_what_was_cancelled() -> None:
    team, other = a_team(), a_team()
    led, joined = an_activity(team), an_activity(other, teams=(team,))
    gone = cancel_activity(SYSTEM, an_activity(team), reason="mưa")
    an_activity(other)

    events = events_of(make_feed(SYSTEM, uuid7(), of=team))

    assert events.keys() == {f"{one.pk}@senhong" for one in (led, joined, gone)}
    assert events[f"{gone.pk}@senhong"]["STATUS"] == "CANCELLED"


def test_a_units_calendar_has_those_of_the_units_below() -> None:
    province = a_province()
    commune, next_to_it = a_unit("Xã A", province), a_unit("Xã B", province)
    own = an_activity(a_team(commune))
    an_activity(a_team(next_to_it))

    assert events_of(make_feed(SYSTEM, uuid7(), of=commune)).keys() == {f"{own.pk}@senhong"}
    assert len(events_of(make_feed(SYSTEM, uuid7(), of=province))) == 2


def test_one_address_stands_at_a_time_and_making_it_again_returns_it() -> None:
    team, id = a_team(), uuid7()

    feed = make_feed(SYSTEM, id, of=team)

    assert make_feed(SYSTEM, id, of=team) == feed
    assert make_feed(SYSTEM, uuid7(), of=team) == feed
    with pytest.raises(IdReused):
        make_feed(SYSTEM, id, of=a_team())


def test_what_is_revoked_or_unknown_is_not_found() -> None:
    team = a_team()
    feed = make_feed(SYSTEM, uuid7(), of=team)

    revoke_feed(SYSTEM, feed)
    revoke_feed(SYSTEM, feed)
    anew = make_feed(SYSTEM, uuid7(), of=team)

    assert Client().get(f"/calendar/{feed.secret}.ics").status_code == 404
    assert Client().get("/calendar/abc.ics").status_code == 404
    assert Client().get(f"/calendar/{anew.secret}.ics").status_code == 200
    assert anew.secret != feed.secret


def test_only_who_may_edit_there_makes_and_revokes() -> None:
    team = a_team()
    feed = make_feed(SYSTEM, uuid7(), of=team)
    one = a_volunteer(team)

    with pytest.raises(Forbidden):
        make_feed(one.actor, uuid7(), of=team)
    with pytest.raises(Forbidden):
        revoke_feed(one.actor, feed)


def test_the_leader_makes_shows_and_revokes_it_on_a_page() -> None:
    team = a_team()
    user = a_volunteer(team, MembershipRole.LEADER).member.user
    assert user is not None
    client, query = Client(), f"?team={team.pk}"
    client.force_login(user)

    assertContains(client.get(f"/calendars/{query}"), "Lập địa chỉ lịch")
    page = client.post(f"/calendars/make/{query}", {"id": str(uuid7())}, follow=True)
    feed = CalendarFeed.objects.get()
    assertContains(page, f"http://testserver/calendar/{feed.secret}.ics")
    page = client.post(f"/calendars/{feed.pk}/revoke/", follow=True)
    assertNotContains(page, feed.secret)
    assert client.get("/calendars/?team=x").status_code == 404


def test_a_calendar_costs_the_same_however_long_it_is() -> None:
    counts = []
    for number in (1, 12):
        team = a_team()
        for _ in range(number):
            an_activity(team)
        feed = make_feed(SYSTEM, uuid7(), of=team)
        with CaptureQueriesContext(connection) as seen:
            assert len(events_of(feed)) == number
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 3
