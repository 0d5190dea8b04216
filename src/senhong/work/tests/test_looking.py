"""What people see of tasks, at the same cost however many there are."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.core.ids import uuid7
from senhong.files.models import StoredFile
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_grant, a_province, a_unit, a_user
from senhong.people.tests.make import a_member
from senhong.work.clocks import Outcome
from senhong.work.models import Task
from senhong.work.queries import (
    CountBy,
    Counted,
    Wanted,
    board_of_list,
    board_of_unit,
    exceptions_at,
    get_task,
    get_task_file,
    get_task_page,
    matrix_of,
    my_work,
    outcomes_by,
    outcomes_of,
    sent_tasks,
    task_slice,
    timeline_of,
)
from senhong.work.services import (
    accept_task,
    ask_extension,
    attach_file,
    cancel_task,
    comment_on,
    make_dependency,
    make_group,
    set_parts,
    write_item,
)
from senhong.work.tests.make import a_list, a_task, a_worker, an_answer, in_days, parcels

pytestmark = pytest.mark.django_db


def titles(actor: Actor, **wanted: object) -> list[str]:
    return [t.brief.title for t in task_slice(actor, Wanted(**wanted)).items]  # type: ignore[arg-type]


def test_a_commune_sees_its_own_tasks_and_no_others() -> None:
    province = a_province()
    a, b = a_unit("Xã A", province), a_unit("Xã B", province)
    mine, other = parcels(a_task(a_list(province)), a, b)
    chi = a_worker(a)

    assert [t.pk for t in task_slice(chi, Wanted()).items] == [mine.pk]
    with pytest.raises(NotFound):
        get_task(chi, other.pk)


def test_who_is_named_or_follows_sees_that_one_task_without_any_role() -> None:
    commune = a_unit("Xã A")
    named, helper = a_user(), a_user()
    for user in (named, helper):
        a_member(commune, user=user)
    task, _other = a_task(a_list(commune), assignee=named), a_task(a_list(commune))
    set_parts(SYSTEM, task, coworkers=[helper], followers=[])

    for user in (named, helper):
        assert [t.pk for t in task_slice(Actor(user.pk), Wanted()).items] == [task.pk]
    assert task_slice(Actor(None), Wanted()).items == []
    assert task_slice(Actor(a_user().pk), Wanted()).items == []


@pytest.mark.parametrize("text", ["chuyen doi", "CHUYỂN", "đổi chuyển", "chuy", "bao cao"])
def test_a_task_is_found_by_words_without_tone_marks(text: str) -> None:
    row = a_list()
    a_task(row, title="Chuyển đổi số", words="Gửi báo cáo", due_at=None)
    a_task(row, title="Vệ sinh môi trường", due_at=None)

    assert titles(SYSTEM, text=text) == ["Chuyển đổi số"]


@pytest.mark.parametrize("text", ["zzz", "???", '" OR 1', "chuyen *", "a:b & c | !d", "(", "'"])
def test_odd_words_find_nothing_and_break_nothing(text: str) -> None:
    a_task(title="Vệ sinh môi trường")

    assert titles(SYSTEM, text=f"{text} zzz") == []


def test_lists_are_narrowed() -> None:
    province = a_province()
    row, user = a_list(province), a_user()
    a_member(province, user=user)
    a_task(row, title="Quá hạn", due_at=in_days(-1))
    a_task(row, title="Của tôi", assignee=user, tags=("khẩn", "tổ"), priority=4)
    done = a_task(row, title="Đã xong")
    an_answer(done)
    accept_task(SYSTEM, done)

    assert titles(SYSTEM, outcome=Outcome.OVERDUE) == ["Quá hạn"]
    assert titles(SYSTEM, outcome=Outcome.ON_TIME) == ["Đã xong"]
    assert titles(SYSTEM, assignee=user.pk) == titles(SYSTEM, priority=4) == ["Của tôi"]
    assert titles(SYSTEM, tag="khẩn") == ["Của tôi"]
    assert titles(SYSTEM, unnamed=True, with_ended=True) == ["Quá hạn", "Đã xong"]
    assert titles(SYSTEM, due_before=clock.now()) == ["Quá hạn"]
    assert len(titles(SYSTEM, list=row, unit=province)) == 2


def test_a_long_list_goes_on_where_it_stopped() -> None:
    row = a_list()
    wanted = [a_task(row, due_at=in_days(n // 2 + 1) if n else None).pk for n in range(7)]

    seen, after = [], None
    while True:
        part = task_slice(SYSTEM, Wanted(list=row), after=after, limit=3)
        seen += [task.pk for task in part.items]
        after = part.next
        if after is None:
            break

    assert sorted(seen) == sorted(wanted)
    assert seen[-1] == wanted[0]  # without a deadline: last


def test_my_work_lies_in_buckets() -> None:
    province, user = a_province(), a_user()
    a_member(province, user=user)
    row = a_list(province)
    due = {"overdue": in_days(-1), "later": in_days(40), "none": None}
    tasks = {name: a_task(row, assignee=user, due_at=at) for name, at in due.items()}
    handed = a_task(row, assignee=user)
    an_answer(handed)

    mine = my_work(a_worker(province, user=user))

    assert [t.pk for t in mine.overdue] == [tasks["overdue"].pk]
    assert {t.pk for t in mine.later} == {tasks["later"].pk, tasks["none"].pk}
    assert [t.pk for t in mine.waiting] == [t.pk for t in mine.to_review] == [handed.pk]


def test_exceptions_are_counted_over_parcels() -> None:
    province = a_province()
    units = [a_unit(f"Xã {n}", province) for n in range(3)]
    first, second, _third = parcels(a_task(a_list(province)), *units, due_at=in_days(2))
    ask_extension(SYSTEM, uuid7(), first, until=in_days(9), reason="Mưa lũ")
    an_answer(second)

    found = exceptions_at(SYSTEM, province, now=in_days(8))

    assert (found.overdue, found.asking, found.waiting, found.silent) == (2, 1, 1, 2)


def test_outcomes_are_counted_of_what_was_done_and_not_twice() -> None:
    province = a_province()
    a, b = a_unit("Xã A", province), a_unit("Xã B", province)
    first, second = parcels(a_task(a_list(province)), a, b, due_at=in_days(2))
    an_answer(first)
    accept_task(SYSTEM, first)
    cancel_task(SYSTEM, second, reason="Hết cần")

    total = outcomes_of(SYSTEM, Counted(unit=province))
    rows = outcomes_by(SYSTEM, Counted(unit=province), CountBy.UNIT)

    assert (total.total, total.on_time, total.cancelled) == (1, 1, 1)
    assert total.percent(Outcome.ON_TIME) == 100
    assert [(row.key, row.counts.total) for row in rows] == [(a.pk, 1), (b.pk, 0)]


def test_what_was_late_is_averaged_in_days() -> None:
    task = a_task(due_at=clock.now() - timedelta(days=3))
    an_answer(task)
    accept_task(SYSTEM, task)

    [row] = outcomes_by(SYSTEM, Counted(), CountBy.MONTH)

    assert row.counts.late == 1
    assert row.late_days == pytest.approx(3, abs=0.01)


def test_a_dependency_that_does_not_hold_is_seen() -> None:
    row = a_list()
    before, after = a_task(row, due_at=in_days(9)), a_task(row, due_at=in_days(2))
    made = make_dependency(SYSTEM, uuid7(), before=before, after=after)

    assert timeline_of(SYSTEM, row).broken == {made.pk}


def test_a_file_of_a_task_is_opened_by_who_sees_the_task() -> None:
    province = a_province()
    a, b = a_unit("Xã A", province), a_unit("Xã B", province)
    task = a_task(a_list(province))
    file = StoredFile.objects.create(
        id=uuid7(), name="a.pdf", size_bytes=1, place="", is_private=True, digest="0" * 64
    )
    attach_file(SYSTEM, uuid7(), task, file)
    [parcel] = parcels(task, a)

    assert get_task_file(a_worker(a), parcel.pk, file.pk) == file
    with pytest.raises(NotFound):
        get_task_file(a_worker(b), parcel.pk, file.pk)


def a_busy_task(province: Unit, number: int) -> Task:
    """A task with so many of everything, sent to so many units."""
    row = a_list(province)
    task = a_task(row)
    for n in range(number):
        comment_on(SYSTEM, uuid7(), task, words="Ý kiến")
        write_item(SYSTEM, uuid7(), task, words="Việc", position=n)
        a_task(parent=task)
        make_dependency(SYSTEM, uuid7(), before=a_task(row), after=task)
        make_group(SYSTEM, uuid7(), row, name=f"Cột {n}", position=n)
    for parcel in parcels(task, *(a_unit(f"Xã {n}", province) for n in range(number))):
        an_answer(parcel)
    return task


@pytest.mark.parametrize("number", [1, 8])
def test_costs_do_not_grow(number: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    province, user = a_province(), a_user()
    a_member(province, user=user)
    task = a_busy_task(province, number)
    actor = a_worker(province, user=user)

    with django_assert_num_queries(14):
        get_task_page(actor, task.pk)
    with django_assert_num_queries(2):
        task_slice(actor, Wanted())
    with django_assert_num_queries(4):
        my_work(actor)
    with django_assert_num_queries(3):
        board_of_list(actor, task.list)
    with django_assert_num_queries(2):
        board_of_unit(actor, province)
    with django_assert_num_queries(3):
        matrix_of(actor, sent_tasks(actor, row=task.list))


@pytest.mark.parametrize("number", [1, 8])
def test_pages_cost_the_same_however_much_there_is(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    province, user = a_province(), a_user()
    a_grant(user, province, Role.PROVINCE_OFFICE)
    task = a_busy_task(province, number)
    client = Client()
    client.force_login(user)

    for address in ("/tasks/", f"/tasks/{task.pk}/"):
        with django_assert_num_queries(10 if address == "/tasks/" else 19):
            assert client.get(address).status_code == 200
