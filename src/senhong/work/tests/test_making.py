"""Tasks are made, changed, hung and put; of two who edit one the second sees both."""

from datetime import timedelta

import pytest

from senhong.audit.models import Event
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.ledger.tests.make import an_indicator
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_province, a_unit, a_user
from senhong.people.tests.make import a_member
from senhong.plans.tests.make import a_plan
from senhong.work.answering import AnswerColumn, AnswerForm, AnswerKind
from senhong.work.errors import (
    ColumnsUnusable,
    CountedTaskUnclear,
    EditConflict,
    NobodyThere,
    NotBelow,
    NothingSaid,
    NotOfThisList,
    TaskDatesDisordered,
    TaskInRing,
    TreeTooDeep,
)
from senhong.work.models import Task
from senhong.work.queries import get_task
from senhong.work.services import (
    TaskFacts,
    TaskPlace,
    change_task,
    close_list,
    hang_task,
    make_dependency,
    make_group,
    make_task,
    place_task,
)
from senhong.work.tests.make import a_list, a_task, a_worker, in_days, task_facts

pytestmark = pytest.mark.django_db


def test_sending_twice_makes_one_task() -> None:
    row, id, facts = a_list(), uuid7(), task_facts()

    first = make_task(SYSTEM, id, facts, TaskPlace(list=row))
    again = make_task(SYSTEM, id, facts, TaskPlace(list=row))

    assert first == again
    assert Event.objects.filter(name="task.made").count() == 1


def test_other_facts_need_another_id() -> None:
    row = a_list()
    task = a_task(row)

    with pytest.raises(IdReused):
        make_task(SYSTEM, task.pk, task_facts(title="Việc khác"), TaskPlace(list=row))


def test_a_task_of_a_plans_list_is_of_the_plan() -> None:
    plan = a_plan()

    task = a_task(a_list(plan=plan))

    assert task.plan_id == plan.pk


def test_who_may_not_edit_makes_nothing() -> None:
    province = a_province()
    stranger = a_worker(a_province("Tỉnh B"))

    with pytest.raises(Forbidden):
        a_task(a_list(province), actor=stranger)


def test_a_commune_gives_its_province_nothing_to_do() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)

    with pytest.raises((Forbidden, NotBelow)):
        a_task(a_list(commune), unit=province, actor=a_worker(commune))


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"title": "  "}, NothingSaid),
        ({"starts_at": in_days(9), "due_at": in_days(1)}, TaskDatesDisordered),
        ({"quantity": 5}, CountedTaskUnclear),
        ({"form": AnswerForm(AnswerKind.TABLE)}, ColumnsUnusable),
        (
            {"form": AnswerForm(AnswerKind.TABLE, "", (AnswerColumn("A"), AnswerColumn("a")))},
            ColumnsUnusable,
        ),
    ],
)
def test_nonsense_is_refused_and_nothing_is_saved(facts: dict[str, object], refused: type) -> None:
    with pytest.raises(refused):
        a_task(**facts)  # type: ignore[arg-type]  # nonsense of any kind

    assert not Task.objects.exists()


def test_a_counted_task_needs_a_first_day() -> None:
    with pytest.raises(CountedTaskUnclear):
        a_task(indicator=an_indicator("sorties"), quantity=5)


def test_who_is_named_works_there() -> None:
    commune = a_unit("Xã A")
    stranger, member = a_user(), a_user()
    a_member(commune, user=member)

    assert a_task(a_list(commune), assignee=member).assignee == member
    with pytest.raises(NobodyThere):
        a_task(a_list(commune), assignee=stranger)


def test_changing_bumps_the_version_and_says_what() -> None:
    task = a_task()

    changed = change_task(SYSTEM, task, task_facts(title="Tên mới"), seen=1)

    assert (changed.version, changed.brief.title) == (2, "Tên mới")
    event = Event.objects.get(name="task.changed")
    assert "title" in event.facts["fields"]


def test_the_second_of_two_editors_sees_both_and_nothing_is_overwritten() -> None:
    task = a_task()
    facts = TaskFacts.of(task)
    change_task(SYSTEM, task, task_facts(title="Của người thứ nhất", due_at=facts.due_at), seen=1)

    with pytest.raises(EditConflict) as refused:
        change_task(
            SYSTEM, task, task_facts(title="Của người thứ hai", due_at=facts.due_at), seen=1
        )

    assert refused.value.yours == {"title": "Của người thứ hai"}
    assert refused.value.theirs == {"title": "Của người thứ nhất"}
    assert get_task(SYSTEM, task.pk).brief.title == "Của người thứ nhất"


def test_the_same_facts_again_are_no_conflict() -> None:
    task = a_task()
    facts = task_facts(title="Tên mới")
    change_task(SYSTEM, task, facts, seen=1)

    assert change_task(SYSTEM, task, facts, seen=1).version == 2


def test_a_deadline_corrected_before_work_began_is_the_first_one() -> None:
    task = a_task()

    changed = change_task(SYSTEM, task, task_facts(due_at=in_days(30)), seen=1)

    assert not changed.is_extended
    assert changed.sort_at == changed.due_at


def tree(depth: int) -> list[Task]:
    made = [a_task()]
    for _level in range(depth):
        made.append(a_task(parent=made[-1]))
    return made


def test_a_task_never_hangs_below_itself() -> None:
    top, _middle, leaf = tree(2)

    with pytest.raises(TaskInRing):
        hang_task(SYSTEM, top, leaf)


def test_a_branch_is_hung_with_all_below_it() -> None:
    top, middle, leaf = tree(2)
    other = a_task(top.list)

    hang_task(SYSTEM, middle, other)

    assert {t.root for t in Task.objects.filter(pk__in=[middle.pk, leaf.pk])} == {other.pk}
    assert Task.objects.get(pk=leaf.pk).depth == 2


def test_a_tree_has_few_levels() -> None:
    *_, leaf = tree(5)

    with pytest.raises(TreeTooDeep):
        a_task(parent=leaf)


def test_trees_and_groups_stay_within_a_list() -> None:
    task, other = a_task(), a_task()
    group = make_group(SYSTEM, uuid7(), other.list, name="Cột", position=0)

    with pytest.raises(NotOfThisList):
        hang_task(SYSTEM, task, other)
    with pytest.raises(NotOfThisList):
        place_task(SYSTEM, task, group=group)


def test_nothing_comes_into_a_closed_list() -> None:
    row = a_list()
    close_list(SYSTEM, row)

    with pytest.raises(NotOfThisList):
        a_task(row)


def test_a_card_is_put_before_another_however_often() -> None:
    row = a_list()
    group = make_group(SYSTEM, uuid7(), row, name="Cột", position=0)
    first, second, third = (a_task(row, group=group) for _ in range(3))

    for _time in range(30):
        for card in (third, first):
            before = Task.objects.get(pk=second.pk)
            place_task(SYSTEM, Task.objects.get(pk=card.pk), group=group, before=before)

    order = Task.objects.filter(group=group).order_by("position")
    assert [t.pk for t in order] == [third.pk, first.pk, second.pk]


def test_no_task_waits_for_itself() -> None:
    row = a_list()
    a, b, c = (a_task(row) for _ in range(3))
    make_dependency(SYSTEM, uuid7(), before=a, after=b)
    make_dependency(SYSTEM, uuid7(), before=b, after=c)

    with pytest.raises(TaskInRing):
        make_dependency(SYSTEM, uuid7(), before=c, after=a)


def test_the_person_who_was_named_splits_her_task() -> None:
    commune: Unit = a_unit("Xã A")
    user = a_user()
    a_member(commune, user=user)
    task = a_task(a_list(commune), assignee=user)
    named = a_worker(a_province("Tỉnh B"), user=user)

    child = a_task(parent=task, actor=named, due_at=task.due_at and task.due_at - timedelta(days=1))

    assert child.unit == commune
