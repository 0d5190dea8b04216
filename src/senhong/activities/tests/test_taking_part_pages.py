"""Signing up and checking in, as pages."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from senhong.activities import checking
from senhong.activities.models import Activity, Participant, ParticipantState
from senhong.activities.services import check_in_key, sign_up
from senhong.activities.tests.make import (
    DAYS_BEFORE,
    MORNING,
    Volunteer,
    a_volunteer,
    an_activity,
    signed_up,
)
from senhong.core.ids import uuid7
from senhong.org.tests.make import SYSTEM
from senhong.people.models import MembershipRole, Team
from senhong.people.tests.make import a_member, a_membership

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_days_before() -> Iterator[Any]:
    with time_machine.travel(DAYS_BEFORE) as traveller:
        yield traveller


def browser_of(one: Volunteer) -> Client:
    client = Client()
    user = one.member.user
    assert user is not None
    client.force_login(user)
    return client


def a_leader(team: Team) -> Client:
    return browser_of(a_volunteer(team, MembershipRole.LEADER))


def page_of(activity: Activity, rest: str = "") -> str:
    return f"/activities/{activity.pk}/{rest}"


def test_a_seat_by_one_press_and_the_second_waits() -> None:
    activity = an_activity(seats=1)
    an, binh = a_volunteer(activity.lead_team), a_volunteer(activity.lead_team)

    assertContains(browser_of(an).get(page_of(activity)), "Đăng ký tham gia")
    answer = browser_of(an).post(page_of(activity, "sign-up/"), {"id": str(uuid7())})
    assertRedirects(answer, page_of(activity), 303)
    page = browser_of(binh).post(page_of(activity, "sign-up/"), follow=True)

    assertContains(page, "1/1 chỗ đã có người")
    assertContains(page, "Bạn đứng thứ 1 trong danh sách chờ")
    assertContains(page, "Hủy đăng ký")


def test_who_cancels_lets_the_next_one_in() -> None:
    activity = an_activity(seats=1)
    an, binh = a_volunteer(activity.lead_team), a_volunteer(activity.lead_team)
    signed_up(activity, an, binh)

    browser_of(an).post(page_of(activity, "cancel-sign-up/"))

    assertContains(browser_of(binh).get(page_of(activity)), "Tôi chắc chắn đến")
    browser_of(binh).post(page_of(activity, "confirm/"))
    assert Participant.objects.get(member=binh.member).state == ParticipantState.CONFIRMED


def test_an_overlap_is_asked_about_and_one_close_by_is_said() -> None:
    activity = an_activity(name="Chợ sáng")
    team = activity.lead_team
    same = an_activity(team, starts_at=MORNING + timedelta(hours=1))
    after = an_activity(team, starts_at=MORNING + timedelta(hours=3, minutes=30))
    an = a_volunteer(team)
    signed_up(activity, an)
    client = browser_of(an)

    asked = client.post(page_of(same, "sign-up/"))
    assertContains(asked, "Chợ sáng", status_code=409)
    assertContains(client.post(page_of(after, "sign-up/"), follow=True), "Sát giờ với")
    client.post(page_of(same, "sign-up/"), {"anyway": "1"})
    assert Participant.objects.filter(activity=same).exists()


def test_the_leaders_page_shows_the_code_and_marks_by_one_tap(three_days_before: Any) -> None:
    activity = an_activity()
    team = activity.lead_team
    people = [a_volunteer(team) for _ in range(3)]
    signed_up(activity, *people)
    three_days_before.move_to(MORNING + timedelta(minutes=5))
    client = a_leader(team)
    ids = [str(one.member.pk) for one in people]

    page = client.get(page_of(activity, "check-in/"))
    assertContains(page, "<svg")
    assertContains(page, 'hx-trigger="every 15s"')
    client.post(page_of(activity, "check-in/mark/"), {"present": ids[0]})
    lists = client.post(
        page_of(activity, "check-in/mark/"),
        {"ticked": ids[1:], "every": "present"},
        headers={"HX-Request": "true"},
    )
    assertContains(lists, "Không còn ai phải chờ")
    client.post(page_of(activity, "check-in/mark/"), {"left": ids[0]})
    client.post(page_of(activity, "check-in/mark/"), {"absent": ids[1]})

    states = {str(one.member_id): one.state for one in Participant.objects.all()}
    assert states == dict(zip(ids, ["left", "signed-up", "present"], strict=True))


def test_who_walks_in_is_found_by_name_and_is_there() -> None:
    activity = an_activity()
    team = activity.lead_team
    walker = a_member(team.unit, full_name="Đỗ Thị Hạnh")
    a_membership(team, walker)
    client = a_leader(team)

    found = client.get(page_of(activity, "check-in/"), {"q": "hanh"})
    assertContains(found, "Đỗ Thị Hạnh")
    client.post(page_of(activity, "check-in/mark/"), {"present": str(walker.pk)})

    assert Participant.objects.get().member == walker
    assertContains(client.get(page_of(activity, "check-in/"), {"q": "hanh"}), "Không có ai tên này")


def test_marking_needs_ids() -> None:
    activity = an_activity()
    client = a_leader(activity.lead_team)

    answer = client.post(page_of(activity, "check-in/mark/"), {"ticked": "x", "every": "present"})

    assert answer.status_code == 303
    assert not Participant.objects.exists()


def test_a_volunteer_types_the_code(three_days_before: Any) -> None:
    activity = an_activity()
    one = a_volunteer(activity.lead_team)
    three_days_before.move_to(MORNING)
    key = check_in_key(SYSTEM, activity)
    code = checking.shown_at(key, activity.pk, MORNING).code
    client = browser_of(one)

    assertContains(client.get(page_of(activity, "arrive/")), "Sáu ký tự")
    wrong = client.post(page_of(activity, "arrive/"), {"code": "AAAAAA"})
    assertContains(wrong, "không đúng", status_code=422)
    answer = client.post(page_of(activity, "arrive/"), {"code": f"{code[:3]} {code[3:]}".lower()})

    assertRedirects(answer, page_of(activity), 303)
    assert Participant.objects.get().state == ParticipantState.PRESENT


def test_names_are_for_the_leader_only() -> None:
    activity = an_activity()
    an = a_volunteer(activity.lead_team)
    other = a_membership(activity.lead_team, a_member(activity.lead_team.unit, full_name="Lê Bưởi"))
    sign_up(SYSTEM, uuid7(), activity, member=other.member)

    assertNotContains(browser_of(an).get(page_of(activity)), "Lê Bưởi")
    assertContains(a_leader(activity.lead_team).get(page_of(activity)), "Lê Bưởi")


@pytest.mark.parametrize("rest", ["", "check-in/", "check-in/?q=nguyen"])
def test_pages_take_as_many_queries_however_many_take_part(
    rest: str,
) -> None:
    counts = []
    for number in (1, 12):
        activity = an_activity(seats=6)
        client = a_leader(activity.lead_team)
        signed_up(activity, *(a_volunteer(activity.lead_team) for _ in range(number)))
        client.get(page_of(activity, rest))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page_of(activity, rest)).status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 26
