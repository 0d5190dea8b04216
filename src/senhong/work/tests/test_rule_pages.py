"""The pages of rules about deadlines, and people's own calendars."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from senhong.accounts.models import User
from senhong.accounts.services import deactivate
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM, actor_of
from senhong.org.tests.make import a_grant, a_province, a_unit, a_user
from senhong.work.models import DayRule, DeadlineFeed, WorkRule
from senhong.work.queries import work_rule_of
from senhong.work.services import make_deadline_feed, revoke_deadline_feed
from senhong.work.tests.make import a_list, a_task, an_answer, parcels

pytestmark = pytest.mark.django_db
RULE = {
    "due_hour": "16:30", "before": "7, 2", "on_day": "on", "after": "1;3 3", "escalate_days": "5",
    "silent_days": "10", "quiet_from": "20:00", "quiet_to": "06:00",
}  # fmt: skip


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def client_of(unit: Unit, role: Role = Role.SECRETARY) -> Client:
    user = a_user()
    a_grant(user, unit, role)
    return signed_in(user)


def text_of(client: Client, url: str, status: int = 200) -> str:
    page = client.get(url)
    assert page.status_code == status, (url, page.status_code)
    return str(page.content.decode())


def test_a_unit_says_how_it_is_reminded_and_those_below_follow() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    office, url = client_of(province), f"/units/{province.key}/deadlines/"

    before = text_of(office, url)
    answer = office.post(url, {**RULE, "id": uuid7()}, follow=True)

    assert "theo cách chung của Sen Hồng" in before
    assert "Đã lưu cách nhắc hạn." in answer.content.decode()
    rule = work_rule_of(commune)
    assert (rule.remind_days, rule.escalate_days) == ([7, 2, 0, -1, -3], 5)
    assert (rule.due_hour, rule.quiet_to) == (time(16, 30), time(6))
    below = text_of(client_of(commune), f"/units/{commune.key}/deadlines/")
    assert f"Theo {province.title}." in below
    assert 'value="7, 2"' in below
    reader = text_of(client_of(commune, Role.AUDITOR), f"/units/{commune.key}/deadlines/")
    assert "7, 2" in reader
    assert 'name="before"' not in reader


def test_a_unit_gives_its_own_way_up() -> None:
    commune = a_unit()
    client, url = client_of(commune), f"/units/{commune.key}/deadlines/"
    client.post(url, {**RULE, "id": uuid7()})

    assert "Bỏ cách riêng" in text_of(client, url)
    for _time in range(2):
        assert client.post(f"{url}clear/").status_code == 303

    assert not WorkRule.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"before": "ba ngày"}, "Hãy viết số ngày từ 1 đến 60"), ({"after": "0"}, "Hãy viết số ngày"),
        ({"before": "99"}, "Hãy viết số ngày"), ({"after": "1,2,3,4,5,6,7,8,9,10,11"}, "Nhiều lần"),
        ({"escalate_days": "61"}, "60"), ({"due_hour": "25:00"}, "giờ"), ({"quiet_to": ""}, "bắt buộc"),
    ],
)  # fmt: skip
def test_what_cannot_be_comes_back_with_words(typed: dict[str, str], words: str) -> None:
    commune = a_unit()

    answer = client_of(commune).post(
        f"/units/{commune.key}/deadlines/", {**RULE, "id": uuid7(), **typed}
    )

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not WorkRule.objects.exists()


def test_a_province_writes_its_free_days_and_others_read_them() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    office, url = client_of(province), f"/units/{province.key}/deadlines/"
    with time_machine.travel(datetime(2026, 3, 2, 5, tzinfo=UTC), tick=False):
        said = {"id": uuid7(), "on": "2026-04-24", "is_working": "no", "name": "Nghỉ bù"}
        office.post(f"{url}days/", said)
        page = text_of(client_of(commune), f"/units/{commune.key}/deadlines/")
        wrong = office.post(f"{url}days/", {**said, "on": "hôm qua"})
        [rule] = DayRule.objects.all()
        elsewhere = client_of(commune).post(f"/units/{commune.key}/deadlines/days/", said)
        stranger = office.post(f"/units/{commune.key}/deadlines/days/{rule.pk}/remove/")
        gone = office.post(f"{url}days/{rule.pk}/remove/")

    assert (rule.on_day, rule.is_working) == (date(2026, 4, 24), False)
    assert "24/04/2026: nghỉ" in page
    assert "30/04/2026" in page  # of the country
    assert "Thêm một ngày" not in page
    assert wrong.status_code == 422
    assert (elsewhere.status_code, stranger.status_code, gone.status_code) == (422, 404, 303)
    assert not DayRule.objects.exists()


def test_my_deadlines_are_read_by_my_calendar_until_i_revoke_them() -> None:
    user, other = a_user(), a_user()
    province = a_province()
    commune = a_unit("Xã A", province)
    a_grant(user, commune)
    row = a_list(commune)
    task = a_task(row, title="Lập danh sách", assignee=user)
    done = a_task(row, title="Đã xong", assignee=user, is_reviewed=False)
    an_answer(done)
    a_task(row, title="Không có hạn", assignee=user, due_at=None)
    parcels(a_task(a_list(province), title="Của xã"), commune)
    client = signed_in(user)

    assert "Lập địa chỉ lịch" in text_of(client, "/tasks/calendar/")
    act = uuid7()
    for _time in range(2):
        client.post("/tasks/calendar/make/", {"id": act})
    feed = DeadlineFeed.objects.get()
    url = f"/deadlines/{feed.secret}.ics"
    assert url in text_of(client, "/tasks/calendar/")
    answer = Client().get(url)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["summary"] == "Hạn: Lập danh sách"
    assert event["dtend"].dt == task.due_at.replace(microsecond=0)  # type: ignore[union-attr]
    assert str(event["url"]).endswith(f"/tasks/{task.pk}/")
    with pytest.raises(IdReused):
        make_deadline_feed(actor_of(other.pk), act)

    for _time in range(2):
        assert client.post("/tasks/calendar/revoke/").status_code == 303
    assert Client().get(url).status_code == 404
    client.post("/tasks/calendar/make/", {"id": "khong-phai"})
    again = DeadlineFeed.objects.get(revoked_at=None)
    assert again.secret != feed.secret
    deactivate(SYSTEM, user)
    assert Client().get(f"/deadlines/{again.secret}.ics").status_code == 404


def test_nobody_has_no_calendar() -> None:
    with pytest.raises(Forbidden):
        make_deadline_feed(Actor(None), uuid7())
    with pytest.raises(Forbidden):
        revoke_deadline_feed(Actor(None))


def test_the_way_to_what_was_sent_leads_everybody_to_her_own() -> None:
    province = a_province()
    commune, other = a_unit("Xã A", province), a_unit("Xã B", province)
    sent = a_task(a_list(province))
    [parcel] = parcels(sent, commune)
    url = f"/tasks/{sent.pk}/ours/"

    assert client_of(commune).get(url).headers["Location"] == f"/tasks/{parcel.pk}/"
    assert client_of(province).get(url).headers["Location"] == f"/tasks/{sent.pk}/"
    assert client_of(other).get(url).status_code == 404
