"""Who is reminded of a deadline, when, and that it is once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from senhong.accounts.models import User
from senhong.audit.tests.queue import work_the_queue
from senhong.comms.models import Channel, Delivery
from senhong.comms.services import choose_topics
from senhong.core.ids import uuid7
from senhong.ledger.tests.database import a_copy_of_the_database
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM, actor_of
from senhong.org.tests.make import a_grant, a_province, a_unit, a_user
from senhong.work.jobs import forget_old_notices, remind_of_deadlines
from senhong.work.models import Notice, NoticeKind, Task
from senhong.work.queries import notices_due
from senhong.work.services import (
    RuleFacts,
    ask_extension,
    grant_extension,
    name_answerable,
    pause_task,
    set_day,
    set_parts,
    set_work_rule,
)
from senhong.work.tests.make import a_list, a_task, an_answer, parcels


def at(day: int, hour: int = 7, minute: int = 0, month: int = 3) -> datetime:
    """That time of March 2026 in the province; the 16th and the 23rd are Mondays."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


THURSDAY = at(26, 17)
MADE = at(16, 9)


def a_secretary(unit: Unit, role: Role = Role.SECRETARY, *, digest: bool = False) -> User:
    """Somebody who holds the role there, and is told nothing about her day unless asked for."""
    user = a_user()
    a_grant(user, unit, role)
    if not digest:
        choose_topics(actor_of(user.pk), unwanted=["digest:in-app"])
    return user


def subjects_of(user: User) -> list[str]:
    rows = Delivery.objects.filter(user=user, channel=Channel.IN_APP, occasion__contains="task.")
    rows = rows.filter(occasion__regex=r"^task\.(morning|reminder):")
    return list(rows.order_by("at", "pk").values_list("subject", flat=True))


def told_at(user: User, *instants: datetime) -> list[int]:
    """How many messages about deadlines the user has had after the job ran at each instant."""
    counts = []
    for instant in instants:
        with time_machine.travel(instant, tick=False):
            for _look in range(2):
                remind_of_deadlines()
        counts.append(len(subjects_of(user)))
    return counts


@pytest.fixture
def commune() -> Unit:
    return a_unit("Xã A", a_province())


@pytest.mark.django_db
def test_before_on_and_after_the_deadline_on_working_mornings(commune: Unit) -> None:
    user = a_secretary(commune)
    with time_machine.travel(MADE, tick=False):
        a_task(a_list(commune), title="Lập danh sách", due_at=THURSDAY)

    told = told_at(user, at(23, 6, 59), at(23), at(24), at(25), at(26), at(27), at(28), at(31))

    assert told == [0, 1, 1, 2, 3, 4, 4, 4]
    assert subjects_of(user) == [
        "Còn 3 ngày: Lập danh sách", "Còn 1 ngày: Lập danh sách",
        "Hạn hôm nay 17:00: Lập danh sách", "Quá hạn 1 ngày: Lập danh sách",
    ]  # fmt: skip


@pytest.mark.django_db
def test_free_days_move_a_reminder_to_a_working_day(commune: Unit) -> None:
    user = a_secretary(commune)
    with time_machine.travel(MADE, tick=False):
        province = commune.province
        assert province is not None
        set_work_rule(SYSTEM, uuid7(), province, RuleFacts(remind_days=[2, -2], escalate_days=0))
        set_day(SYSTEM, uuid7(), province, at(20).date(), is_working=False, name="Nghỉ bù")
        a_task(a_list(commune), due_at=at(23, 17))  # two days before: Saturday, and Friday is free

    assert told_at(user, at(18, 23), at(19), at(21), at(24), at(25)) == [0, 1, 1, 1, 2]


@pytest.mark.django_db
def test_after_a_standstill_one_message_says_what_holds_now(commune: Unit) -> None:
    user = a_secretary(commune)
    with time_machine.travel(MADE, tick=False):
        row = a_list(commune)
        for number in range(3):
            a_task(row, title=f"Việc {number}", due_at=THURSDAY + timedelta(hours=number))

    assert told_at(user, at(3, month=4)) == [1]

    [message] = Delivery.objects.filter(user=user, channel=Channel.IN_APP)
    assert message.subject == "Nhắc hạn: 3 việc"
    assert "Quá hạn 8 ngày: Việc 0" in message.words
    assert "còn" not in message.words.lower()


@pytest.mark.django_db
def test_who_is_named_is_reminded_and_nobody_else(commune: Unit) -> None:
    office, named, helper = a_secretary(commune), a_secretary(commune), a_secretary(commune)
    with time_machine.travel(MADE, tick=False):
        task = a_task(a_list(commune), due_at=THURSDAY, assignee=named)
        set_parts(SYSTEM, task, coworkers=[helper], followers=[office])

    assert [told_at(each, at(26))[0] for each in (office, named, helper)] == [0, 1, 1]


@pytest.mark.django_db
def test_what_is_handed_in_or_paused_or_done_reminds_nobody(commune: Unit) -> None:
    user = a_secretary(commune)
    with time_machine.travel(MADE, tick=False):
        row = a_list(commune)
        an_answer(a_task(row, due_at=THURSDAY))
        an_answer(a_task(row, due_at=THURSDAY, is_reviewed=False))
        pause_task(SYSTEM, uuid7(), a_task(row, due_at=THURSDAY), reason="Chờ hướng dẫn")
        a_task(row, due_at=THURSDAY, is_template=True)
        a_task(row, due_at=None)

    assert told_at(user, at(26), at(30)) == [0, 0]


@pytest.mark.django_db
def test_another_deadline_is_reminded_of_anew(commune: Unit) -> None:
    user = a_secretary(commune)
    with time_machine.travel(MADE, tick=False):
        task = a_task(a_list(commune), due_at=THURSDAY)
    before = told_at(user, at(26))
    with time_machine.travel(at(26, 8), tick=False):
        until = at(31, 17)
        asked = ask_extension(SYSTEM, uuid7(), task, until=until, reason="Mưa bão")
        grant_extension(SYSTEM, asked)

    assert (before, told_at(user, at(27), at(30), at(31))) == ([1], [2, 3, 4])


@pytest.mark.django_db
def test_the_unit_above_hears_of_what_is_late_once_and_together() -> None:
    province = a_province()
    communes = [a_unit(f"Xã {number}", province) for number in range(12)]
    office = a_secretary(province, Role.PROVINCE_OFFICE)
    partner = a_secretary(province, Role.PARTNER)
    with time_machine.travel(MADE, tick=False):
        sent = a_task(a_list(province), title="Báo cáo quý", due_at=THURSDAY)
        done, *_late = parcels(sent, *communes)
        an_answer(done)

    assert told_at(office, at(27), at(30), at(31)) == [0, 1, 1]  # three days: Sunday, so Monday
    [message] = Delivery.objects.filter(user=office)
    assert message.subject == "Cấp dưới quá hạn: 11 việc"
    assert message.words.endswith("… và 1 việc nữa.")
    assert message.link == f"/tasks/{sent.pk}/"
    assert subjects_of(partner) == []
    assert Notice.objects.filter(kind=NoticeKind.ESCALATE).count() == 11


@pytest.mark.django_db
def test_of_own_work_the_unit_above_hears_and_of_nothing_where_the_rule_says_so() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    office, own = a_secretary(province), a_secretary(commune)
    with time_machine.travel(MADE, tick=False):
        a_task(a_list(commune), title="Tự đặt", due_at=THURSDAY)
        a_task(a_list(province), due_at=THURSDAY)  # above a province there is nobody
        quiet = a_unit("Xã B", province)
        set_work_rule(SYSTEM, uuid7(), quiet, RuleFacts(escalate_days=0))
        a_task(a_list(quiet), due_at=THURSDAY)

    told_at(office, at(30))

    assert [s for s in subjects_of(office) if "xã" in s.lower()] == []
    [message] = Delivery.objects.filter(user=office)
    assert "Xã A quá hạn 4 ngày: Tự đặt" in message.words
    assert "Xã B" not in message.words
    assert len(subjects_of(own)) == 1


@pytest.mark.django_db
def test_each_morning_of_a_working_day_the_day_is_told_once(commune: Unit) -> None:
    user = a_secretary(commune, digest=True)
    with time_machine.travel(MADE, tick=False):
        set_work_rule(SYSTEM, uuid7(), commune, RuleFacts(remind_days=[], escalate_days=0))
        row = a_list(commune)
        for due_at in (at(16, 17), at(19, 17), at(24, 17)):
            a_task(row, due_at=due_at)
        an_answer(a_task(row, due_at=at(30, 17)))

    looks = (at(18, 6), at(18), at(18, 9), at(18, 15), at(19, 8), at(21), at(22, 8))
    assert told_at(user, *looks) == [0, 1, 1, 1, 2, 2, 2]

    first = Delivery.objects.filter(user=user, channel=Channel.IN_APP).earliest("at")
    assert first.occasion == "task.morning:20260318"
    assert first.words.splitlines()[-3:] == [
        "Quá hạn: 1", "Hạn trong tuần: 1", "Kết quả chờ bạn duyệt: 1",
    ]  # fmt: skip


@pytest.mark.django_db
def test_who_has_nothing_to_do_is_not_told_so(commune: Unit) -> None:
    user = a_secretary(commune, digest=True)
    with time_machine.travel(MADE, tick=False):
        a_task(a_list(commune), due_at=at(20, 17, month=4))

    assert told_at(user, at(18)) == [0]


@pytest.mark.django_db
def test_what_was_reminded_long_ago_is_forgotten(commune: Unit) -> None:
    user = a_secretary(commune)
    with time_machine.travel(MADE, tick=False):
        a_task(a_list(commune), due_at=THURSDAY)
    told_at(user, at(26))

    with time_machine.travel(at(26) + timedelta(days=366), tick=False):
        assert forget_old_notices() == 1


@pytest.mark.django_db
def test_a_look_takes_the_same_queries_however_much_there_is() -> None:
    counts = []
    for number in (1, 12):
        province = a_province()
        communes = [a_unit(f"Xã {each}", province) for each in range(number)]
        for commune in communes:
            a_grant(a_user(), commune)
        a_grant(a_user(), province)
        with time_machine.travel(MADE, tick=False):
            parcels(a_task(a_list(province), due_at=THURSDAY), *communes)
        with CaptureQueriesContext(connection) as seen:
            assert len(notices_due(at(30))) >= 2 * number
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 14


PEOPLE, WORKERS = 6, 2


@pytest.fixture
def people_due(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> Iterator[list[User]]:
    with django_db_blocker.unblock(), a_copy_of_the_database(tmp_path):
        province = a_province()
        communes = [a_unit(f"Xã {number}", province) for number in range(PEOPLE)]
        with time_machine.travel(MADE, tick=False):
            people = [a_secretary(each, digest=True) for each in communes]
            parcels(a_task(a_list(province), due_at=THURSDAY), *communes)
        yield people


def test_with_two_workers_at_once_each_is_reminded_once(people_due: list[User]) -> None:
    gate = Barrier(WORKERS)

    def work(_number: int) -> int:
        try:
            gate.wait(timeout=20)
            return remind_of_deadlines()
        finally:
            connection.close()

    with time_machine.travel(at(26, 8), tick=False), ThreadPoolExecutor(WORKERS) as pool:
        told = list(pool.map(work, range(WORKERS)))

    assert sum(told) == PEOPLE
    assert Notice.objects.count() == PEOPLE
    assert [len(subjects_of(each)) for each in people_due] == [1] * PEOPLE
    assert Task.objects.open().count() == PEOPLE + 1


@pytest.mark.django_db
def test_who_was_just_given_a_task_is_not_reminded_of_it_in_the_same_hour(commune: Unit) -> None:
    user = a_secretary(commune)
    with time_machine.travel(MADE, tick=False):
        task = a_task(a_list(commune), due_at=THURSDAY)
    with time_machine.travel(at(25, 10), tick=False):
        name_answerable(SYSTEM, task, user)
        work_the_queue()

    assert told_at(user, at(25, 11), at(26)) == [0, 1]
