"""A directive is split into tasks, and what became of them is told clause by clause."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_province, an_actor
from senhong.plans.models import Directive
from senhong.plans.tests.make import a_directive
from senhong.work.errors import ClauseOfAnother
from senhong.work.models import Clause, Task
from senhong.work.queries import execution_of, get_task, idle_clauses, tasks_of_directives
from senhong.work.services import (
    ClauseFacts,
    ListFacts,
    Portion,
    accept_task,
    cancel_task,
    split_directive,
    write_clauses,
)
from senhong.work.tests.make import a_clause, a_task, a_worker, an_answer, task_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Unit:
    return a_province("Tỉnh A", huyện_B=["Xã 1", "Xã 2", "Xã 3"])


def communes() -> list[Unit]:
    return list(Unit.objects.filter(level="commune").order_by("name"))


def portion(clause: Clause, *units: Unit, **facts: Any) -> Portion:
    return Portion(facts=task_facts(clause=clause, **facts), units=units)


def split(directive: Directive, *portions: Portion, **how: Any) -> list[Task]:
    into = ListFacts(unit=directive.unit, name="Thực hiện")
    return split_directive(
        how.get("actor", SYSTEM), how.get("id", uuid7()), directive, into, portions
    )


def test_clauses_are_written_in_their_order_and_sending_twice_writes_once(province: Unit) -> None:
    directive, id = a_directive(province), uuid7()
    parts = [ClauseFacts("I.1", "Tuyên truyền"), ClauseFacts("I.2", "Lập tổ")]

    for _time in range(2):
        write_clauses(SYSTEM, id, directive, parts)
    write_clauses(SYSTEM, uuid7(), directive, [ClauseFacts("II", "Báo cáo")])

    assert [each.clause.number for each in execution_of(SYSTEM, directive).clauses] == [
        "I.1", "I.2", "II",
    ]  # fmt: skip


def test_who_may_not_edit_tasks_where_the_document_is_kept_writes_no_clause(
    province: Unit,
) -> None:
    directive = a_directive(province)

    with pytest.raises(Forbidden):
        write_clauses(a_worker(communes()[0]), uuid7(), directive, [ClauseFacts("I", "Việc")])


def test_a_directive_is_split_and_sent_down_in_one_act(province: Unit) -> None:
    directive = a_directive(province)
    first, second = a_clause(directive, number="I"), a_clause(directive, number="II")

    own, sent = split(directive, portion(first, title="Tập huấn"), portion(second, *communes()))

    assert (own.clause, own.unit, own.is_sent) == (first, province, False)
    parcels = Task.objects.filter(parent=sent)
    assert {task.unit for task in parcels} == set(communes())
    assert {task.clause for task in parcels} == {second}


def test_the_same_split_again_makes_nothing_and_another_needs_another_id(province: Unit) -> None:
    directive, id = a_directive(province), uuid7()
    clause = a_clause(directive)
    portions = [portion(clause, *communes()), portion(clause, title="Việc khác", due_at=None)]

    first = split(directive, *portions, id=id)
    number = Task.objects.count()

    assert split(directive, *portions, id=id) == first
    assert Task.objects.count() == number
    with pytest.raises(IdReused):
        split(directive, portion(clause, title="Việc thứ ba"), id=id)


def test_a_clause_of_another_directive_is_refused_and_nothing_is_saved(province: Unit) -> None:
    directive, other = a_directive(province), a_directive(province, number="2-CV")

    with pytest.raises(ClauseOfAnother):
        split(directive, portion(a_clause(directive)), portion(a_clause(other)))

    assert not Task.objects.exists()


def test_the_report_counts_each_unit_that_a_task_was_sent_to(province: Unit) -> None:
    directive = a_directive(province)
    clause = a_clause(directive)
    a_clause(directive, number="III", position=2)
    own, sent = split(directive, portion(clause), portion(clause, *communes()))
    one, two = (get_task(SYSTEM, each.pk) for each in Task.objects.filter(parent=sent)[:2])
    an_answer(one)
    accept_task(SYSTEM, get_task(SYSTEM, one.pk))
    an_answer(two)
    cancel_task(SYSTEM, get_task(SYSTEM, own.pk), reason="Không cần nữa")

    found = execution_of(SYSTEM, directive)

    assert (found.counts.on_time, found.counts.running, found.counts.cancelled) == (1, 2, 1)
    assert found.idle == 1
    [line] = [each for each in found.clauses[0].tasks if each.task == sent]
    assert (line.answered, line.counts.total, line.counts.waiting) == (2, 3, 1)
    assert [each.unit for each in found.units] == [province, *communes()]


def test_a_commune_sees_its_own_part_of_the_report(province: Unit) -> None:
    directive = a_directive(province)
    split(directive, portion(a_clause(directive), *communes()))

    found = execution_of(an_actor("task.view", "plan.view", at=communes()[0]), directive)

    assert found.counts.total == 1
    assert [each.task.unit for each in found.clauses[0].tasks] == [communes()[0]]
    assert [each.unit for each in found.units] == [communes()[0]]


def test_clauses_wait_until_the_unit_itself_has_made_a_task(province: Unit) -> None:
    directive = a_directive(province)
    done, idle = a_clause(directive, number="I"), a_clause(directive, number="II")
    split(directive, portion(done))

    assert idle_clauses(directive, province) == [idle]
    assert idle_clauses(directive, communes()[0]) == [done, idle]


def test_the_document_itself_tells_how_it_is_carried_out(province: Unit) -> None:
    directive = a_directive(province)
    [nothing] = tasks_of_directives(SYSTEM, directive)
    split(directive, portion(a_clause(directive), *communes()))
    [something] = tasks_of_directives(SYSTEM, directive)

    assert nothing.words == "Chưa ghi các mục của văn bản."
    assert something.words.startswith("1 mục, 3 nhiệm vụ: 0 đúng hạn")
    assert something.url == f"/directives/{directive.pk}/work/"
    assert tasks_of_directives(an_actor("plan.view", at=province), a_directive(province)) == []


@pytest.mark.parametrize("number", [1, 12])
def test_the_report_takes_five_queries_however_much_there_is(number: int, province: Unit) -> None:
    directive = a_directive(province)
    for _each in range(number):
        clause = a_clause(directive)
        split(directive, portion(clause, *communes()), portion(clause))
        a_task(unit=province, clause=clause)

    with CaptureQueriesContext(connection) as seen:
        execution_of(SYSTEM, directive)

    assert len(seen) == 5
