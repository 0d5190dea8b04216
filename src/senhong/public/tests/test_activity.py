"""One activity for everybody, without an account."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from pytest_django.asserts import assertContains, assertNotContains

from senhong.activities.models import Activity
from senhong.activities.services import cancel_activity
from senhong.activities.tests.make import (
    DAYS_BEFORE,
    MORNING,
    a_volunteer,
    an_activity,
    signed_up,
)
from senhong.core.ids import uuid7
from senhong.org.tests.make import SYSTEM
from senhong.people.models import Team
from senhong.public import queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_days_before() -> Iterator[None]:
    with time_machine.travel(DAYS_BEFORE):
        yield


def page_of(activity: Activity) -> Any:
    return Client().get(f"/a/{activity.short}/")


def facts_of(activity: Activity) -> dict[str, Any]:
    text = page_of(activity).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', text, re.DOTALL)
    assert found
    facts: dict[str, Any] = json.loads(found[1])
    return facts


def test_a_stranger_sees_what_where_when_and_how_many_are_needed() -> None:
    activity = an_activity(name="Chợ Sa Đéc: cài VNeID", place_text="Chợ Sa Đéc", seats=5)
    one = a_volunteer(activity.lead_team)
    signed_up(activity, one)

    page = page_of(activity)

    assertContains(page, "Chợ Sa Đéc: cài VNeID")
    assertContains(page, "07:30–10:30")
    assertContains(page, "Còn cần 4 người.")
    assertContains(page, f"Xem và đăng ký: http://testserver/a/{activity.short}/")
    assertContains(page, f"next=%2Factivities%2F{activity.pk}%2F")
    assertNotContains(page, one.member.full_name)


def test_a_stranger_is_led_to_where_the_team_takes_people_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def way(team: Team) -> str:
        return f"/join/{team.kind}/"

    monkeypatch.setattr(queries, "WAYS_IN", [way])

    assertContains(page_of(an_activity()), 'href="/join/community/"')


def test_who_is_signed_in_goes_on_to_sign_up() -> None:
    activity = an_activity()
    client = Client()
    user = a_volunteer(activity.lead_team).member.user
    assert user is not None
    client.force_login(user)

    assertContains(client.get(f"/a/{activity.short}/"), f'href="/activities/{activity.pk}/"')


def test_a_message_leads_who_has_no_session_to_her_phones_app() -> None:
    activity = an_activity()

    page = Client().get(f"/activities/{activity.pk}/answer/", follow=True)

    assert page.redirect_chain == [(f"/a/{activity.short}/", 302)]
    assertContains(page, f'href="/field/#/sortie/{activity.pk}"')
    assert Client().get(f"/activities/{uuid7()}/answer/").status_code == 404
    sent = Client().post(f"/activities/{activity.pk}/answer/", {"answer": "confirm"})
    assert sent.headers["Location"].startswith("/accounts/login/")


def test_what_is_full_cancelled_or_over_says_so() -> None:
    team = an_activity().lead_team
    full = an_activity(team, seats=1)
    signed_up(full, a_volunteer(team))
    gone = cancel_activity(SYSTEM, an_activity(team), reason="mưa")
    past = an_activity(team, starts_at=MORNING - timedelta(days=30))

    assertContains(page_of(full), "Đã đủ người")
    assertContains(page_of(gone), "Hoạt động này đã hủy.")
    assertContains(page_of(past), "Hoạt động đã kết thúc.")
    assertNotContains(page_of(past), "Đăng nhập để đăng ký")
    assert Client().get("/a/khong-co/").status_code == 404


def test_search_engines_read_an_event_that_cannot_end_the_script() -> None:
    activity = an_activity(name="</script><b>Chợ & phố</b>", seats=3, lat=10.3, lon=105.7)

    facts = facts_of(activity)

    assert facts["@type"] == "Event"
    assert facts["name"] == "</script><b>Chợ & phố</b>"
    assert facts["startDate"] == "2023-03-15T07:30:00+07:00"
    assert facts["remainingAttendeeCapacity"] == 3
    assert facts["location"]["geo"]["latitude"] == 10.3
    assert facts["eventStatus"].endswith("EventScheduled")


def test_the_file_puts_it_into_ones_own_calendar() -> None:
    activity = an_activity(place_text="Chợ", lat=10.3, lon=105.7)

    answer = Client().get(f"/a/{activity.short}/activity.ics")

    calendar: Any = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    assert answer["Content-Type"].startswith("text/calendar")
    assert event["UID"] == f"{activity.pk}@senhong"
    assert event["DTSTART"].dt == MORNING
    assert event["LOCATION"] == f"Chợ, {activity.place_unit.title}"
    assert event["STATUS"] == "CONFIRMED"


def test_the_page_costs_the_same_however_many_take_part() -> None:
    counts = []
    for number in (1, 10):
        activity = an_activity()
        signed_up(activity, *(a_volunteer(activity.lead_team) for _ in range(number)))
        with CaptureQueriesContext(connection) as seen:
            page_of(activity)
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 4
