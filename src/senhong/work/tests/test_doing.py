"""A task from state to state: who may, what is kept, and what happens when it is sent twice."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from senhong.audit.models import Event
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_province, a_unit, a_user
from senhong.people.tests.make import a_member
from senhong.work.answering import AnswerColumn, AnswerForm, AnswerKind
from senhong.work.clocks import Outcome
from senhong.work.errors import (
    AnswerNotFitting,
    DeadlineNotLater,
    ExtensionJudged,
    ExtensionWaits,
    NothingSaid,
    NothingToAnswer,
    OwnWork,
    TaskNotPossible,
)
from senhong.work.models import Answer, Extension, Task, Verdict
from senhong.work.queries import get_task, get_task_page
from senhong.work.services import (
    AnswerFacts,
    accept_task,
    ask_extension,
    cancel_task,
    grant_extension,
    hand_in,
    pause_task,
    refuse_extension,
    resume_task,
    return_task,
    start_task,
    take_back,
    withdraw_extension,
)
from senhong.work.tests.make import a_list, a_task, a_worker, an_answer, in_days, parcels

pytestmark = pytest.mark.django_db


def a_given_task(**facts: Any) -> tuple[Task, Actor, Actor]:
    """A parcel of a commune; who works there; who gave it, in the province."""
    province = a_province()
    commune = a_unit("Xã A", province)
    [task] = parcels(a_task(a_list(province), **facts), commune)
    return task, a_worker(commune), a_worker(province)


def again(task: Task) -> Task:
    return get_task(SYSTEM, task.pk)


def test_a_task_is_started_handed_in_returned_and_accepted() -> None:
    task, commune, province = a_given_task()

    start_task(commune, task)
    an_answer(task, actor=commune)
    return_task(province, task, reason="Thiếu danh sách")
    an_answer(again(task), "Đã bổ sung", actor=commune)
    ended = accept_task(province, again(task))

    assert ended.outcome(clock.now()) is Outcome.ON_TIME
    verdicts = list(Answer.objects.order_by("at").values_list("verdict", flat=True))
    assert verdicts == [Verdict.RETURNED, Verdict.ACCEPTED]
    assert not again(task).is_open


def test_the_page_opens_on_the_reason_of_a_return() -> None:
    task, commune, province = a_given_task()
    an_answer(task, actor=commune)

    return_task(province, task, reason="Thiếu danh sách")

    assert get_task_page(commune, task.pk).return_reason == "Thiếu danh sách"


def test_nobody_judges_work_of_her_own_unit_that_was_given_from_above() -> None:
    task, commune, _province = a_given_task()
    an_answer(task, actor=commune)

    for judge in (accept_task, lambda a, t: return_task(a, t, reason="Sai")):
        with pytest.raises(Forbidden):
            judge(commune, task)
    with pytest.raises(Forbidden):
        cancel_task(commune, task, reason="Không làm")


def test_a_neighbour_does_nothing() -> None:
    task, _commune, _province = a_given_task()
    neighbour = a_worker(a_province("Tỉnh B"))

    with pytest.raises(Forbidden):
        start_task(neighbour, task)
    with pytest.raises(Forbidden):
        an_answer(task, actor=neighbour)


def test_who_answers_for_a_task_does_not_accept_it() -> None:
    province, user = a_province(), a_user()
    a_member(province, user=user)
    task = a_task(a_list(province), assignee=user)
    herself = a_worker(province, user=user)
    an_answer(task, actor=herself)

    with pytest.raises(OwnWork):
        accept_task(herself, task)


def test_what_is_not_reviewed_ends_when_it_is_handed_in() -> None:
    task = a_task(is_reviewed=False)

    an_answer(task)

    assert again(task).state == "accepted"
    assert Event.objects.filter(name="task.handed-in").count() == 1


def test_handing_in_twice_is_one_answer() -> None:
    task, commune, _province = a_given_task()
    id = uuid7()

    hand_in(commune, id, task, AnswerFacts(words="Xong"))
    hand_in(commune, id, again(task), AnswerFacts(words="Xong"))

    assert Answer.objects.count() == 1
    with pytest.raises(IdReused):
        hand_in(SYSTEM, id, a_task(), AnswerFacts(words="Xong"))


def test_doing_what_is_done_already_says_nothing_new() -> None:
    task, commune, province = a_given_task()
    start_task(commune, task)
    start_task(commune, again(task))
    an_answer(again(task), actor=commune)
    accept_task(province, again(task))
    accept_task(province, again(task))

    names = list(Event.objects.values_list("name", flat=True))
    assert names.count("task.started") == names.count("task.accepted") == 1


def test_of_two_at_once_the_second_is_told() -> None:
    task, commune, province = a_given_task()
    stale = again(task)
    cancel_task(province, task, reason="Đổi kế hoạch")

    with pytest.raises(TaskNotPossible):
        an_answer(stale, actor=commune)
    assert not Answer.objects.exists()


def test_what_was_accepted_by_mistake_goes_back() -> None:
    task, commune, province = a_given_task()
    an_answer(task, actor=commune)
    accept_task(province, task)

    return_task(province, again(task), reason="Nhầm")

    assert again(task).is_open


def test_an_answer_is_taken_back_before_it_is_judged() -> None:
    task, commune, _province = a_given_task()
    an_answer(task, actor=commune)

    take_back(commune, again(task))

    assert again(task).answer is None
    assert Answer.objects.get().verdict == Verdict.TAKEN_BACK


TABLE = AnswerForm(AnswerKind.TABLE, "", (AnswerColumn("Tổ"), AnswerColumn("Số người", True)))


def test_a_table_has_the_columns_that_were_asked_for() -> None:
    task, commune, _province = a_given_task(form=TABLE)

    given = an_answer(task, actor=commune, rows=[["Tổ 1", "1.250"], ["", ""]])

    assert given.rows == [["Tổ 1", "1250"]]


@pytest.mark.parametrize(
    ("form", "facts", "refused"),
    [
        (AnswerForm(), {}, NothingToAnswer),
        (AnswerForm(AnswerKind.NUMBER), {"words": "nhiều"}, NothingToAnswer),
        (AnswerForm(AnswerKind.FILES), {"words": "xong"}, NothingToAnswer),
        (TABLE, {"rows": [["", ""]]}, NothingToAnswer),
        (TABLE, {"rows": [["Tổ 1", "nhiều"]]}, AnswerNotFitting),
        (TABLE, {"rows": [["Tổ 1"]]}, AnswerNotFitting),
    ],
)
def test_what_was_not_asked_for_is_refused_and_nothing_is_saved(
    form: AnswerForm, facts: dict[str, object], refused: type
) -> None:
    task, commune, _province = a_given_task(form=form)

    with pytest.raises(refused):
        hand_in(commune, uuid7(), task, AnswerFacts(**facts))  # type: ignore[arg-type]  # nonsense

    assert again(task).state == "open"


def test_more_time_is_asked_for_and_granted_and_the_first_deadline_kept() -> None:
    task, commune, province = a_given_task()
    until = in_days(20)

    asked = ask_extension(commune, uuid7(), task, until=until, reason="Mưa lũ")
    grant_extension(province, Extension.objects.select_related("task__by_unit").get(pk=asked.pk))

    now = again(task)
    assert (now.due_at, now.is_extended, now.wants_extension) == (until, True, False)
    assert now.first_due_at == task.first_due_at


def test_a_request_is_judged_once_and_waits_once() -> None:
    task, commune, province = a_given_task()
    asked = ask_extension(commune, uuid7(), task, until=in_days(20), reason="Mưa lũ")

    with pytest.raises(ExtensionWaits):
        ask_extension(commune, uuid7(), again(task), until=in_days(30), reason="Nữa")
    refuse_extension(province, asked, words="Cần đúng hạn")
    with pytest.raises(ExtensionJudged):
        withdraw_extension(commune, asked.__class__.objects.get(pk=asked.pk))
    assert again(task).due_at == task.due_at


def test_nobody_asks_for_less_time_or_without_a_reason() -> None:
    task, commune, _province = a_given_task()

    with pytest.raises(DeadlineNotLater):
        ask_extension(commune, uuid7(), task, until=in_days(1), reason="Sớm hơn")
    with pytest.raises(NothingSaid):
        ask_extension(commune, uuid7(), task, until=in_days(20), reason=" ")


def test_the_commune_neither_grants_itself_time_nor_stops_its_own_clock() -> None:
    task, commune, _province = a_given_task()
    asked = ask_extension(commune, uuid7(), task, until=in_days(20), reason="Mưa lũ")

    with pytest.raises(Forbidden):
        grant_extension(commune, asked)
    with pytest.raises(Forbidden):
        pause_task(commune, uuid7(), task, reason="Nghỉ")


def test_a_paused_task_goes_on_with_a_later_deadline() -> None:
    with time_machine.travel("2026-03-09 03:00:00Z", tick=False):  # a Monday
        task, _commune, province = a_given_task(due_at=in_days(4))
        pause_task(province, uuid7(), task, reason="Chờ kinh phí")
    with time_machine.travel("2026-03-11 03:00:00Z", tick=False):
        resume_task(province, again(task))

    now = again(task)
    assert task.due_at is not None
    assert now.due_at == task.due_at + timedelta(days=4)  # Friday and two working days: Tuesday
    assert now.pauses.get().to_at is not None


def test_calling_off_what_was_sent_calls_off_what_is_not_done() -> None:
    province = a_province()
    units: list[Unit] = [a_unit(f"Xã {n}", province) for n in range(3)]
    task = a_task(a_list(province))
    done, _open, _other = parcels(task, *units)
    an_answer(done)
    accept_task(SYSTEM, done)

    cancel_task(SYSTEM, get_task(SYSTEM, task.pk), reason="Hết cần")

    states = Task.objects.filter(parent=task).values_list("state", flat=True)
    assert sorted(states) == ["accepted", "cancelled", "cancelled"]
