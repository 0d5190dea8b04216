"""One task goes to many units as one act; who has answered; what it adds up to."""

from decimal import Decimal
from typing import Any

import pytest

from senhong.audit.models import Event
from senhong.comms.models import Reminder
from senhong.core.errors import Forbidden
from senhong.core.ids import uuid7
from senhong.org.models import Level, Unit
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_merger, a_province, a_unit
from senhong.people.tests.make import a_team
from senhong.work.answering import AnswerColumn, AnswerForm, AnswerKind
from senhong.work.clocks import Outcome
from senhong.work.errors import NobodyToAssign, NotBelow, TaskNotPossible, TaskUnitNotStanding
from senhong.work.models import Assignment, Brief, Task
from senhong.work.queries import (
    Chosen,
    answers_summed,
    get_task,
    matrix_of,
    silent_units,
    units_chosen,
)
from senhong.work.services import (
    accept_task,
    assign_down,
    cancel_task,
    change_task,
    remind_silent,
    return_task,
)
from senhong.work.tests.make import (
    a_list,
    a_task,
    a_worker,
    an_answer,
    in_days,
    parcels,
    task_facts,
)

pytestmark = pytest.mark.django_db


def a_plan_of_work(communes: int = 3, **facts: Any) -> tuple[Task, list[Unit]]:
    province = a_province()
    units = [a_unit(f"Xã {number}", province) for number in range(communes)]
    return a_task(a_list(province), **facts), units


def test_each_unit_gets_a_task_of_its_own_by_one_act_and_one_event() -> None:
    task, units = a_plan_of_work()

    sent = assign_down(SYSTEM, uuid7(), task, units)

    assert sent.assignment.units == 3
    assert set(Task.objects.filter(parent=task).values_list("unit", flat=True)) == {
        unit.pk for unit in units
    }
    assert Event.objects.filter(name="task.assigned").count() == 1
    assert Brief.objects.count() == 1


def test_sending_again_sends_nothing_and_more_units_get_it_later() -> None:
    task, [first, second, third] = a_plan_of_work()
    act = uuid7()
    assign_down(SYSTEM, act, task, [first])

    assign_down(SYSTEM, act, task, [first, second])
    sent = assign_down(SYSTEM, uuid7(), task, [first, second, third])

    assert sent.already == [first]
    assert Task.objects.filter(parent=task).count() == 3
    with pytest.raises(NobodyToAssign):
        assign_down(SYSTEM, uuid7(), task, [first])


def test_only_units_below_that_stand_and_only_for_who_may() -> None:
    task, units = a_plan_of_work()
    elsewhere = a_province("Tỉnh B")
    old = Unit.objects.filter(to_day=20250701, level=Level.COMMUNE)

    with pytest.raises(NotBelow):
        assign_down(SYSTEM, uuid7(), task, [elsewhere])
    with pytest.raises(Forbidden):
        assign_down(a_worker(units[0]), uuid7(), task, units[1:])
    a_merger(1)
    with pytest.raises((TaskUnitNotStanding, NotBelow)):
        assign_down(SYSTEM, uuid7(), task, old[:1])
    assert not Assignment.objects.exists()


def test_what_has_ended_is_sent_to_nobody() -> None:
    task, units = a_plan_of_work()
    cancel_task(SYSTEM, task, reason="Hết cần")

    with pytest.raises(TaskNotPossible):
        assign_down(SYSTEM, uuid7(), get_task(SYSTEM, task.pk), units)


def test_a_correction_of_the_words_reaches_everybody() -> None:
    task, units = a_plan_of_work()
    [first, *_] = parcels(task, *units)

    change_task(
        SYSTEM, get_task(SYSTEM, task.pk), task_facts(title="Đã sửa", due_at=task.due_at), seen=1
    )

    assert get_task(SYSTEM, first.pk).brief.title == "Đã sửa"


def test_units_are_chosen_by_level_by_list_or_because_they_have_no_team() -> None:
    province = a_province(huyện_B=["Xã C", "Xã D"])
    units = {unit.name: unit for unit in Unit.objects.filter(province=province)}
    a_team(units["Xã C"])

    def chosen(**how: Any) -> list[str]:
        return [unit.name for unit in units_chosen(SYSTEM, province, Chosen(**how))]

    assert chosen(level=Level.COMMUNE) == ["Xã C", "Xã D"]
    assert chosen(keys=[units["Xã D"].key]) == ["Xã D"]
    assert chosen(level=Level.COMMUNE, teamless=True) == ["Xã D"]


def test_the_matrix_turns_as_units_answer() -> None:
    task, [a, b, c] = a_plan_of_work()
    first, second, _third = parcels(task, a, b, c, due_at=in_days(3))
    an_answer(first)
    accept_task(SYSTEM, first)
    an_answer(second)

    matrix = matrix_of(SYSTEM, [task], now=in_days(5))

    outcomes = [matrix.cells[unit.pk, task.pk].outcome for unit in (a, b, c)]
    assert outcomes == [Outcome.ON_TIME, Outcome.RUNNING, Outcome.OVERDUE]
    total = matrix.totals[task.pk]
    assert (total.on_time, total.running, total.overdue, total.waiting) == (1, 1, 1, 1)
    assert list(matrix.rows) == [a, b, c]


def test_a_commune_sees_its_own_row_only() -> None:
    task, units = a_plan_of_work()
    parcels(task, *units)

    assert list(matrix_of(a_worker(units[0]), [task]).rows) == [units[0]]


def test_numbers_and_tables_add_up_as_far_as_they_stand() -> None:
    form = AnswerForm(
        AnswerKind.TABLE, "", (AnswerColumn("Tổ"), AnswerColumn("Số người", is_number=True))
    )
    task, units = a_plan_of_work(form=form)
    first, second, third = parcels(task, *units)
    an_answer(first, rows=[["Tổ 1", "10"], ["Tổ 2", "5,5"]])
    an_answer(second, rows=[["Tổ 3", "1.000"]])
    an_answer(third, rows=[["Tổ 4", "7"]])
    return_task(SYSTEM, third, reason="Sai")

    summed = answers_summed(SYSTEM, task)

    assert list(summed.columns) == [None, Decimal("1015.5")]
    assert summed.answered == 2


def test_a_number_adds_up() -> None:
    task, units = a_plan_of_work(form=AnswerForm(AnswerKind.NUMBER, "Số tổ"))
    for number, parcel in enumerate(parcels(task, *units), 1):
        an_answer(parcel, number=Decimal(number))

    assert answers_summed(SYSTEM, task).number == 6


def test_who_is_silent_is_reminded_once_a_day() -> None:
    task, [a, b, c] = a_plan_of_work()
    first, *_rest = parcels(task, a, b, c)
    an_answer(first)

    assert silent_units(task) == [b, c]
    reminded = remind_silent(SYSTEM, uuid7(), task, words="Mời nộp kết quả.")
    again = remind_silent(SYSTEM, uuid7(), task, words="Mời nộp kết quả.")

    assert [each.unit for each in reminded.sent] == [b, c]
    assert again.sent == []
    assert Reminder.objects.count() == 2
