"""What follows for tasks when the map changes, people move, accounts are united, figures grow."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from senhong.accounts.models import User
from senhong.audit.services import happened
from senhong.core import clock
from senhong.core.days import as_day
from senhong.core.ids import uuid7
from senhong.ledger.tests.make import an_indicator, posted
from senhong.org.models import UnitMap
from senhong.org.queries import SYSTEM
from senhong.org.services import restructure, undo_restructure
from senhong.org.tests.make import a_change, a_grant, a_new_unit, a_province, a_unit, a_user
from senhong.people.services import leave_movement, transfer_member
from senhong.people.tests.make import a_member
from senhong.work.jobs import (
    carry_tasks_of_ended_units,
    end_reached_tasks,
    make_repeated_tasks,
)
from senhong.work.models import Task, TaskMove
from senhong.work.queries import get_task_page, history_of
from senhong.work.services import (
    CopyHow,
    RepeatFacts,
    accept_task,
    copy_tree,
    end_repetition,
    make_dependency,
    set_repetition,
    write_item,
)
from senhong.work.tests.make import a_list, a_task, an_answer, in_days, parcels

pytestmark = pytest.mark.django_db


def merged(day: int) -> tuple[list[Task], list[int]]:
    """A's done task and B's open one; the new maps on which A and B are one."""
    province = a_province()
    a, b = a_unit("Xã A", province), a_unit("Xã B", province)
    done, still_open = parcels(a_task(a_list(province)), a, b)
    an_answer(done)
    accept_task(SYSTEM, done)
    new = a_new_unit("Xã AB", province)
    change = a_change(day, ends=[a, b], begins=[new], edges=[(a, new), (b, new)])
    plan = restructure(SYSTEM, change)
    return [done, still_open], list(plan.new_maps.values())


def units_of(tasks: list[Task]) -> list[str]:
    return [Task.objects.select_related("unit").get(pk=t.pk).unit.name for t in tasks]


def test_open_tasks_go_to_the_successor_and_what_is_done_stays() -> None:
    tasks, _maps = merged(as_day(clock.today()))

    assert units_of(tasks) == ["Xã A", "Xã AB"]
    page = get_task_page(SYSTEM, tasks[1].pk)
    assert [(m.from_unit.name, m.to_unit.name) for m in page.moves] == [("Xã B", "Xã AB")]
    assert "task.moved" in [event.name for event in history_of(page.task)]


def test_they_go_on_the_first_day_of_a_map_that_was_drawn_ahead() -> None:
    day = clock.today() + timedelta(days=10)
    tasks, _maps = merged(as_day(day))
    assert units_of(tasks) == ["Xã A", "Xã B"]

    with time_machine.travel(datetime.combine(day, time(3), timezone.get_default_timezone())):
        carry_tasks_of_ended_units()

    assert units_of(tasks) == ["Xã A", "Xã AB"]


def test_taking_the_change_back_brings_them_back() -> None:
    tasks, maps = merged(as_day(clock.today()))

    undo_restructure(SYSTEM, maps)

    assert units_of(tasks) == ["Xã A", "Xã B"]
    assert not TaskMove.objects.exists()
    assert not UnitMap.objects.filter(pk__in=maps).exists()


def a_named_task() -> tuple[Task, User]:
    commune, user = a_unit("Xã A"), a_user()
    a_member(commune, user=user)
    return a_task(a_list(commune), assignee=user), user


def test_who_leaves_a_unit_answers_for_none_of_its_open_tasks() -> None:
    task, user = a_named_task()
    other = a_unit("Xã B", task.unit.province)

    transfer_member(SYSTEM, user.member, unit=other, on=clock.today())

    assert Task.objects.get(pk=task.pk).assignee is None


def test_who_leaves_but_holds_a_role_there_goes_on() -> None:
    task, user = a_named_task()
    a_grant(user, task.unit)

    leave_movement(SYSTEM, user.member, on=clock.today())

    assert Task.objects.get(pk=task.pk).assignee == user


def test_what_one_account_answers_for_the_other_does_when_they_are_united() -> None:
    task, user = a_named_task()
    kept = a_user()

    happened(SYSTEM, "account.united", kept, kept=kept.pk, given_up=user.pk)

    assert Task.objects.get(pk=task.pk).assignee == kept


def a_counted_task(quantity: int) -> Task:
    begins = clock.start_of(date(2026, 1, 1))
    return a_task(
        indicator=an_indicator("sorties"), quantity=quantity, starts_at=begins, due_at=in_days(60)
    )


def test_a_task_that_counts_itself_ends_when_the_figure_is_reached() -> None:
    task = a_counted_task(5)
    posted(SYSTEM, task.unit, task.indicator, 9, day=20251231)  # before it began
    posted(SYSTEM, task.unit, task.indicator, 4, day=20260102)
    assert end_reached_tasks() == 0
    progress = get_task_page(SYSTEM, task.pk).progress
    assert progress is not None
    assert (progress.figure, progress.percent) == (4, 80)

    posted(SYSTEM, task.unit, task.indicator, 1, day=20260103)

    assert end_reached_tasks() == 1
    assert end_reached_tasks() == 0
    ended = Task.objects.select_related("answer").get(pk=task.pk)
    assert ended.state == "accepted"
    assert ended.answer is not None
    assert ended.answer.number == 5


def test_work_comes_again_once_for_each_day() -> None:
    template = a_task(is_template=True, due_at=None)
    write_item(SYSTEM, uuid7(), template, words="Gửi báo cáo", position=0)
    with time_machine.travel("2026-03-02 03:00:00Z", tick=False):
        facts = RepeatFacts(rule="FREQ=WEEKLY;BYDAY=MO", first_on=date(2026, 3, 2), ahead_days=0)
        row = set_repetition(SYSTEM, uuid7(), template, facts)
        assert make_repeated_tasks() == 1
        assert make_repeated_tasks() == 0
    with time_machine.travel("2026-03-16 03:00:00Z", tick=False):
        assert make_repeated_tasks() == 2

    days = Task.objects.filter(repetition=row).order_by("occurs_on")
    assert [f"{task.occurs_on:%d/%m}" for task in days] == ["02/03", "09/03", "16/03"]
    assert all(task.checklist.count() == 1 and not task.is_template for task in days)
    end_repetition(SYSTEM, row)
    with time_machine.travel("2026-06-16 03:00:00Z", tick=False):
        assert make_repeated_tasks() == 0


def test_a_whole_tree_is_copied_with_its_dates_shifted() -> None:
    top = a_task()
    first, second = a_task(parent=top), a_task(parent=top)
    make_dependency(SYSTEM, uuid7(), before=first, after=second)
    into = a_list(top.unit)

    id = uuid7()
    copied = copy_tree(SYSTEM, id, top, into, CopyHow(shift_days=365))
    again = copy_tree(SYSTEM, id, top, into, CopyHow(shift_days=365))

    assert copied.pk == again.pk
    tree = Task.objects.filter(root=copied.pk)
    assert tree.count() == 3
    assert top.due_at is not None
    assert copied.due_at == top.due_at + timedelta(days=365)
    assert tree.filter(needs__isnull=False).count() == 1
