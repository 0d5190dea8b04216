"""A month and a week; the same again; a member's hours."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from senhong.activities import checking
from senhong.activities.errors import NameMissing, PersonalNumber, SeriesOutOfRange
from senhong.activities.models import Activity, ActivityTemplate, Participant
from senhong.activities.queries import hours_of, templates_for
from senhong.activities.services import (
    check_in,
    check_in_key,
    close_activity,
    mark_left,
    plan_series,
    save_template,
)
from senhong.activities.tests.make import (
    DAYS_BEFORE,
    MORNING,
    Volunteer,
    a_cancelled_activity,
    a_volunteer,
    an_activity,
    those_present,
)
from senhong.core.errors import IdReused
from senhong.core.ids import uuid7
from senhong.org.tests.make import SYSTEM
from senhong.people.models import MembershipRole
from senhong.people.tests.make import a_team

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


def test_a_month_has_whole_weeks_and_a_week_its_days() -> None:
    team = a_team()
    an_activity(team, name="Chợ sáng")
    a_cancelled_activity(team, name="Bến phà")
    an_activity(team, name="Tháng sau", starts_at=MORNING + timedelta(days=30))
    client = browser_of(a_volunteer(team))

    month = client.get("/activities/calendar/?on=2023-03-02")
    week = client.get("/activities/calendar/?on=2023-03-15&view=week")

    assertContains(month, "Tháng 3/2023")
    assertContains(month, "Chợ sáng")
    assertContains(month, "đã hủy")
    assertNotContains(month, "Tháng sau")
    assert month.content.decode().count("<section class=") == 35
    assertContains(week, "Tuần 13/03 – 19/03/2023")
    assert week.content.decode().count("<section class=") == 7
    assert client.get("/activities/calendar/?on=x").status_code == 200


def test_a_calendar_takes_as_many_queries_with_one_as_with_twelve() -> None:
    counts = []
    for number in (1, 12):
        team = a_team()
        for _ in range(number):
            an_activity(team)
        client = browser_of(a_volunteer(team, MembershipRole.LEADER))
        url = f"/activities/calendar/?on=2023-03-15&team={team.pk}"
        client.get(url)
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 15


def test_a_series_is_sent_twice_and_made_once() -> None:
    activity, id = an_activity(seats=7), uuid7()

    made = plan_series(SYSTEM, id, activity, times=3)
    again = plan_series(SYSTEM, id, activity, until=date(2023, 4, 11))

    assert [one.first_on for one in made] == [
        date(2023, 3, 22), date(2023, 3, 29), date(2023, 4, 5),
    ]  # fmt: skip
    assert made == again
    assert {one.seats for one in Activity.objects.all()} == {7}
    assert Activity.objects.count() == 4
    for wrong in ({"times": 53}, {"until": date(2023, 3, 16)}, {}):
        with pytest.raises(SeriesOutOfRange):
            plan_series(SYSTEM, uuid7(), activity, **wrong)


def test_the_same_again_from_the_page() -> None:
    activity = an_activity(name="Chợ sáng")
    team = activity.lead_team
    client = browser_of(a_volunteer(team, MembershipRole.LEADER))
    url = f"/activities/{activity.pk}/series/"

    both = client.post(url, {"id": str(uuid7()), "times": "2", "until": "2023-05-01"})
    assertContains(both, "Hãy chọn một cách", status_code=422)
    done = client.post(url, {"id": str(uuid7()), "times": "2"}, follow=True)
    copy = client.get(f"/activities/new/?team={team.pk}&like={activity.pk}")

    assertContains(done, "Đã thêm 2 hoạt động.")
    assert Activity.objects.count() == 3
    assertContains(copy, 'value="Chợ sáng"')
    assert client.get(f"/activities/new/?team={team.pk}&like={uuid7()}").status_code == 404


def test_hours_are_from_coming_to_leaving_where_that_is_known(three_days_before: Any) -> None:
    whole, part, running = an_activity(), None, None
    team = whole.lead_team
    an = a_volunteer(team)
    part = an_activity(team, starts_at=MORNING + timedelta(days=1))
    running = an_activity(team)
    those_present(whole, team, [an.member])
    those_present(running, team, [an.member])
    at = part.starts_at + timedelta(minutes=30)
    code = checking.shown_at(check_in_key(SYSTEM, part), part.pk, at)
    one = check_in(an.actor, uuid7(), part, code=code.code, step=code.step, at=at)
    three_days_before.move_to(part.ends_at + timedelta(hours=1))
    mark_left(SYSTEM, Participant.objects.get(pk=one.pk), at=at + timedelta(hours=1))
    for activity in (whole, part):
        close_activity(SYSTEM, activity)

    hours = hours_of(an.member, date(2023, 3, 15), date(2023, 3, 16))

    assert [line.minutes for line in hours.lines] == [180, 60]
    assert hours.minutes == 240
    assert hours_of(an.member, date(2023, 3, 16), date(2023, 3, 16)).minutes == 60


def test_the_certificate_is_for_herself_and_who_may_see_her(three_days_before: Any) -> None:
    activity = an_activity(name="Chợ sáng")
    team = activity.lead_team
    an, binh = a_volunteer(team), a_volunteer(team)
    three_days_before.move_to(MORNING + timedelta(hours=4))
    those_present(activity, team, [an.member])
    close_activity(SYSTEM, activity)
    url = f"/activities/hours/{an.member.pk}/"

    own = browser_of(an).get(url)

    assertContains(own, "Chợ sáng")
    assertContains(own, "1 hoạt động, 3,0 giờ")
    assert browser_of(binh).get(url).status_code == 404
    assert browser_of(a_volunteer(team, MembershipRole.LEADER)).get(url).status_code == 200
    wrong = browser_of(an).get(url, {"first": "2023-03-20", "last": "2023-03-01"})
    assertContains(wrong, "Ngày cuối phải sau", status_code=422)


def test_a_saved_plan_begins_the_next_one() -> None:
    activity = an_activity(name="Chợ sáng", place_text="Chợ Sa Đéc", seats=7)
    team = activity.lead_team
    leader = browser_of(a_volunteer(team, MembershipRole.LEADER))
    url = f"/activities/{activity.pk}/template/"

    assertNotContains(leader.get(url), "Cho mọi tổ")  # she leads the team, not the unit
    leader.post(url, {"id": str(uuid7()), "title": "Chợ phiên"})
    template = ActivityTemplate.objects.get()
    page = leader.get(f"/activities/new/?team={team.pk}&template={template.pk}")

    assertContains(page, "Chợ phiên")
    assertContains(page, 'value="Chợ Sa Đéc"')
    assertContains(page, 'value="7"')
    assert leader.get(f"/activities/new/?template={uuid7()}").status_code == 404
    leader.post(f"/activities/templates/{template.pk}/delete/")
    assert not ActivityTemplate.objects.exists()


def test_a_units_templates_are_for_every_team_below_and_sent_once() -> None:
    team, id = a_team(), uuid7()
    activity = an_activity(team)

    made = save_template(SYSTEM, id, activity, title="Chợ phiên", for_unit=True)

    assert save_template(SYSTEM, id, activity, title="Chợ phiên", for_unit=True) == made
    assert templates_for(a_team(team.unit)) == [made]
    assert templates_for(a_team()) == []
    with pytest.raises(IdReused):
        save_template(SYSTEM, id, activity, title="Khác", for_unit=True)
    with pytest.raises(NameMissing):
        save_template(SYSTEM, uuid7(), activity, title=" ")
    with pytest.raises(PersonalNumber):
        save_template(SYSTEM, uuid7(), activity, title="gọi 0912 345 678")
