"""Who hears of what happens to a task, in which words, and that nobody hears of it twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from pytest_django import Settings

from senhong.accounts.models import User
from senhong.audit.models import Event
from senhong.audit.tests.queue import work_the_queue
from senhong.comms.connectors.push.tests.service import Browser
from senhong.comms.models import Channel, Delivery, Reminder
from senhong.comms.queries import inbox
from senhong.comms.services import see_reminder
from senhong.comms.tests.make import with_email, with_phone
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM, actor_of
from senhong.org.services import restructure
from senhong.org.tests.make import (
    a_change,
    a_grant,
    a_new_unit,
    a_province,
    a_unit,
    a_user,
)
from senhong.work.jobs import tell_of_task
from senhong.work.models import Task
from senhong.work.queries import get_task, own_parcel
from senhong.work.services import (
    TaskFacts,
    accept_task,
    ask_extension,
    assign_down,
    cancel_task,
    change_task,
    comment_on,
    grant_extension,
    name_answerable,
    pause_task,
    refuse_extension,
    remind_silent,
    resume_task,
    return_task,
    set_parts,
)
from senhong.work.tests.make import a_list, a_task, an_answer, in_days, parcels

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 18, 5, tzinfo=UTC)
PHONE = {"endpoint": "https://fcm.googleapis.com/send/1", **Browser().keys}


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as machine:
        yield machine


def holder(unit: Unit, role: Role = Role.SECRETARY) -> User:
    user = a_user()
    a_grant(user, unit, role)
    return user


def heard(*users: User) -> list[list[str]]:
    """What each has been told since last time, after the jobs ran, oldest first."""
    work_the_queue()
    told = []
    for user in users:
        rows = Delivery.objects.filter(user=user, channel=Channel.IN_APP)
        told.append(list(rows.order_by("at", "pk").values_list("subject", flat=True)))
    Delivery.objects.filter(channel=Channel.IN_APP).delete()
    return told


@pytest.fixture
def cast() -> tuple[User, User, Task]:
    """The province's office, the commune's secretary, and the task that the first sent."""
    province = a_province()
    commune = a_unit("Xã A", province)
    office, secretary = holder(province, Role.PROVINCE_OFFICE), holder(commune)
    actor = actor_of(office.pk)
    task = a_task(a_list(province), actor=actor, title="Báo cáo")
    assign_down(actor, uuid7(), task, [commune])
    parcel = get_task(SYSTEM, Task.objects.get(parent=task).pk)
    assert heard(office, secretary) == [[], ["Việc mới: Báo cáo"]]
    return office, secretary, parcel


def test_from_giving_to_accepting_each_hears_what_the_other_did(
    cast: tuple[User, User, Task],
) -> None:
    office, secretary, task = cast
    above, below = actor_of(office.pk), actor_of(secretary.pk)

    an_answer(task, actor=below)
    handed_in = heard(office, secretary)
    return_task(above, task, reason="Thiếu minh chứng")
    work_the_queue()
    message = Delivery.objects.get(user=secretary)
    returned = heard(office, secretary)
    an_answer(task, actor=below)
    heard(office)
    accept_task(above, task)

    assert handed_in == [["Chờ duyệt: Báo cáo"], []]
    assert returned == [[], ["Bị trả lại: Báo cáo"]]
    assert message.words.startswith("Lý do: Thiếu minh chứng")
    assert message.link == f"/tasks/{task.pk}/"
    assert heard(office, secretary) == [[], ["Đã nhận kết quả: Báo cáo"]]


def test_more_time_is_asked_of_who_judges_and_the_asker_hears_the_answer(
    cast: tuple[User, User, Task],
) -> None:
    office, secretary, task = cast
    above, below = actor_of(office.pk), actor_of(secretary.pk)

    asked = ask_extension(below, uuid7(), task, until=in_days(9), reason="Mưa bão")
    first = heard(office, secretary)
    refuse_extension(above, asked, words="Phải kịp họp")
    second = heard(office, secretary)
    asked = ask_extension(below, uuid7(), task, until=in_days(9), reason="Mưa bão")
    heard(office)
    grant_extension(above, asked)

    assert first == [["Xin gia hạn: Báo cáo"], []]
    assert second == [[], ["Không được gia hạn: Báo cáo"]]
    assert heard(office, secretary) == [[], ["Được gia hạn: Báo cáo"]]


def test_a_pause_a_new_deadline_and_calling_off_are_told(cast: tuple[User, User, Task]) -> None:
    office, secretary, task = cast
    above = actor_of(office.pk)
    parent = task.parent
    assert parent is not None

    pause_task(above, uuid7(), task, reason="Chờ hướng dẫn")
    told = heard(office, secretary)
    resume_task(above, get_task(SYSTEM, task.pk))
    told += heard(office, secretary)
    task = get_task(SYSTEM, task.pk)
    facts = vars(TaskFacts.of(task)) | {"due_at": in_days(3)}
    change_task(above, task, TaskFacts(**facts), seen=task.version)
    change_task(above, task, TaskFacts(**facts | {"priority": 4}), seen=task.version + 1)
    told += heard(office, secretary)
    cancel_task(above, get_task(SYSTEM, parent.pk), reason="Không cần nữa")
    told += heard(office, secretary)

    assert told == [
        [], ["Tạm dừng: Báo cáo"], [], ["Làm tiếp: Báo cáo"],
        [], ["Đổi hạn: Báo cáo"], [], ["Đã hủy: Báo cáo"],
    ]  # fmt: skip


def test_who_is_named_and_who_helps_hear_of_it_and_who_named_herself_does_not(
    cast: tuple[User, User, Task],
) -> None:
    _office, secretary, task = cast
    below = actor_of(secretary.pk)
    named, helper = holder(task.unit), holder(task.unit)

    name_answerable(below, task, secretary)
    own = heard(secretary)
    name_answerable(below, task, named)
    set_parts(below, task, coworkers=[helper], followers=[])
    set_parts(below, task, coworkers=[helper], followers=[secretary])

    assert own == [[]]
    assert heard(secretary, named, helper) == [[], ["Việc mới: Báo cáo"], ["Việc mới: Báo cáo"]]
    an_answer(task, actor=actor_of(named.pk))
    heard()
    accept_task(SYSTEM, task)
    assert heard(secretary, named, helper) == [["Đã nhận kết quả: Báo cáo"]] * 3


def test_own_work_concerns_who_is_named_for_it_only() -> None:
    commune = a_unit()
    secretary, named = holder(commune), holder(commune)

    a_task(a_list(commune), title="Không ai")
    a_task(a_list(commune), title="Có người", assignee=named)
    a_task(a_list(commune), title="Mẫu", assignee=named, is_template=True)

    assert heard(secretary, named) == [[], ["Việc mới: Có người"]]


def test_who_is_called_by_name_reads_the_words(cast: tuple[User, User, Task]) -> None:
    office, secretary, task = cast

    comment_on(actor_of(secretary.pk), uuid7(), task, words="Xin <b>hỏi</b>", mentions=[office])
    comment_on(actor_of(secretary.pk), uuid7(), task, words="Không gọi ai")
    work_the_queue()

    [message] = Delivery.objects.filter(user=office)
    assert (message.subject, message.words) == (
        "Nhắc tên bạn: Báo cáo",
        "Nguyễn Văn An: Xin <b>hỏi</b>",
    )


def test_a_job_that_runs_twice_tells_once(cast: tuple[User, User, Task]) -> None:
    office, secretary, task = cast
    an_answer(task, actor=actor_of(secretary.pk))
    event = Event.objects.get(name="task.handed-in")

    for _time in range(2):
        tell_of_task.func(event.pk)
    work_the_queue()

    assert Delivery.objects.filter(user=office).count() == 1


def test_the_silent_are_reminded_by_the_same_deliveries_and_read_it_once(
    settings: Settings,
) -> None:
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    province = a_province()
    communes = [a_unit(f"Xã {number}", province) for number in range(2)]
    silent, done = with_email(holder(communes[0])), holder(communes[1])
    named = a_user()
    sent = a_task(a_list(province), title="Báo cáo")
    first, second = parcels(sent, *communes)
    Task.objects.filter(pk=first.pk).update(assignee=named)
    an_answer(second)
    work_the_queue()
    Delivery.objects.all().delete()

    for _time in range(2):
        remind_silent(SYSTEM, uuid7(), sent, words="Mời xã gửi báo cáo.")
    work_the_queue()

    rows = Delivery.objects.order_by("user", "channel").values_list("user", "channel", "words")
    assert list(rows) == [
        (silent.pk, "email", "Mời xã gửi báo cáo."), (named.pk, "in-app", "Mời xã gửi báo cáo."),
    ]  # fmt: skip
    assert [type(each) for each in inbox(actor_of(silent.pk)).items] == [Reminder]
    assert inbox(actor_of(done.pk)).items == []
    see_reminder(actor_of(silent.pk), Reminder.objects.get())
    assert not Delivery.objects.exclude(next_try_at=None).exists()
    assert own_parcel(actor_of(silent.pk), sent.pk).pk == first.pk
    assert own_parcel(actor_of(named.pk), sent.pk).pk == first.pk
    assert own_parcel(SYSTEM, sent.pk).pk == sent.pk


def test_what_came_from_a_unit_that_ended_is_told_once() -> None:
    province = a_province()
    old, other = a_unit("Xã A", province), a_unit("Xã B", province)
    user = holder(old)
    row = a_list(province)
    for _task in range(3):
        parcels(a_task(row), old)
    work_the_queue()
    Delivery.objects.all().delete()

    new = a_new_unit("Xã AB", province)
    restructure(
        SYSTEM,
        a_change(20260318, ends=[old, other], begins=[new], edges=[(old, new), (other, new)]),
    )
    work_the_queue()

    [message] = Delivery.objects.filter(user=user)
    assert message.words.startswith("3 nhiệm vụ của ")
    assert "nay do" in message.words


def test_at_night_phones_are_silent_until_the_quiet_hours_end(
    cast: tuple[User, User, Task], noon: time_machine.Traveller
) -> None:
    _office, secretary, task = cast
    with_phone(secretary, PHONE)
    noon.move_to(NOON + timedelta(hours=11))  # 23:00

    return_task(SYSTEM, an_answer_of(task), reason="Thiếu")
    work_the_queue()

    note = Delivery.objects.get(user=secretary, channel=Channel.PUSH)
    assert note.next_try_at == NOON + timedelta(hours=19)  # 07:00
    assert Delivery.objects.filter(user=secretary, channel=Channel.IN_APP).exists()


def an_answer_of(task: Task) -> Task:
    an_answer(task)
    return task
