"""Pages of what is sent down: choosing units, the matrix, reminding, answers, the report."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from senhong.accounts.models import User
from senhong.comms.models import Reminder
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_grant, a_province, a_unit, a_user
from senhong.people.tests.make import a_team
from senhong.work.answering import AnswerColumn, AnswerForm, AnswerKind
from senhong.work.models import Task
from senhong.work.queries.choosing import Asked, units_below, units_found
from senhong.work.services import accept_task
from senhong.work.tests.make import a_list, a_task, an_answer, in_days, parcels

pytestmark = pytest.mark.django_db


def a_ground(communes: int = 3, **facts: Any) -> tuple[Task, list[Unit], Client]:
    province = a_province()
    units = [a_unit(f"Xã {name}", province) for name in "ABCDEFGHIJKL"[:communes]]
    return a_task(a_list(province), **facts), units, a_client(province)


def a_client(unit: Unit, role: Role = Role.SECRETARY) -> Client:
    user: User = a_user()
    a_grant(user, unit, role)
    client = Client()
    client.force_login(user)
    return client


def said(task: Task, **more: Any) -> dict[str, Any]:
    return {"id": str(uuid7()), "level": "", "rule": "", "names": "", **more}


def test_units_are_shown_before_anything_is_sent() -> None:
    task, [a, b, c], client = a_ground()

    page = client.post(f"/tasks/{task.pk}/assign/", said(task, level="commune", do="preview"))

    assert page.status_code == 200
    assert [line.unit for line in page.context["lines"]] == [a, b, c]
    assert "3 đơn vị sẽ nhận" in page.content.decode()
    assert not Task.objects.filter(parent=task).exists()


def test_those_that_stay_ticked_get_it_by_one_act() -> None:
    task, [a, b, _c], client = a_ground()
    body = said(task, do="send", units=[a.key, b.key], due_on="2030-05-04", due_hour="09:30")

    answer = client.post(f"/tasks/{task.pk}/assign/", body)
    client.post(f"/tasks/{task.pk}/assign/", body)

    assert answer.status_code == 303
    sent = Task.objects.filter(parent=task)
    assert {each.unit_id for each in sent} == {a.pk, b.pk}
    assert {f"{each.due_at:%Y-%m-%d %H:%M}" for each in sent} == {"2030-05-04 02:30"}


def test_a_list_of_names_says_which_it_does_not_know() -> None:
    task, [a, b, _c], client = a_ground()
    names = f"xã a\n{b.key}\nXã Không Có"

    page = client.post(f"/tasks/{task.pk}/assign/", said(task, names=names, do="preview"))

    assert page.status_code == 422
    assert [line.unit for line in page.context["lines"]] == [a, b]
    assert "Xã Không Có" in page.context["found"].mistakes[0]


def test_nobody_ticked_comes_back_with_words() -> None:
    task, _units, client = a_ground()

    page = client.post(f"/tasks/{task.pk}/assign/", said(task, do="send"))

    assert page.status_code == 422
    assert "ít nhất một đơn vị" in page.content.decode()


def test_a_deadline_before_the_start_comes_back_with_words() -> None:
    task, _units, client = a_ground(starts_at=in_days(2))

    page = client.post(f"/tasks/{task.pk}/assign/", said(task, do="preview", due_on="2020-01-01"))

    assert page.status_code == 422
    assert "Hạn phải sau lúc bắt đầu" in page.content.decode()


def test_rules_find_units() -> None:
    task, [a, b, c], _client = a_ground()
    a_team(a)
    [first, *_rest] = parcels(a_task(task.list, due_at=in_days(1)), b, c)
    Task.objects.filter(pk=first.pk).update(due_at=in_days(-1))
    below = units_below(SYSTEM, task)

    def found(rule: str) -> list[Unit]:
        return list(units_found(SYSTEM, task, Asked(level="commune", rule=rule), below).units)

    assert found("teamless") == [b, c]
    assert found("overdue") == [b]
    assert found("silent") == [a, b, c]
    assert found("behind") == []


def test_the_matrix_says_outcomes_in_words_and_leads_to_the_task() -> None:
    task, [a, b, c], client = a_ground()
    first, second, _third = parcels(task, a, b, c)
    an_answer(first)
    accept_task(SYSTEM, first)

    page = client.get(f"/tasks/matrix/?task={task.pk}")
    silent = client.get(f"/tasks/matrix/?task={task.pk}&show=silent")

    body = page.content.decode()
    assert "Đúng hạn" in body
    assert f"/tasks/{second.pk}/" in body
    assert "Nhắc 2 đơn vị chưa trả lời" in body
    assert [row.id for row in silent.context["table"].rows if row.id] == [
        f"unit-{b.key}", f"unit-{c.key}",
    ]  # fmt: skip


@pytest.mark.parametrize("communes", [2, 12])
def test_the_matrix_costs_the_same_however_many_units(
    communes: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    task, units, client = a_ground(communes)
    parcels(task, *units)

    with django_assert_max_num_queries(13):
        page = client.get(f"/tasks/matrix/?task={task.pk}")

    assert len(page.context["table"].rows) == communes + 1


def test_a_workbook_of_the_matrix_has_every_row() -> None:
    task, units, client = a_ground()
    parcels(task, *units)

    rows = rows_of(client.get("/tasks/matrix.xlsx"))

    assert rows[0][2] == task.brief.title
    assert [row[1] for row in rows[1:]] == ["Xã A", "Xã B", "Xã C"]
    assert rows[1][2:] == ("Trong hạn", "Chưa bắt đầu")


def test_those_who_have_not_answered_are_reminded_together() -> None:
    task, [a, b, c], client = a_ground()
    [first, *_rest] = parcels(task, a, b, c)
    an_answer(first)
    url = f"/tasks/{task.pk}/remind/"

    page = client.get(url)
    blank = client.post(url, {"id": str(uuid7()), "words": ""})
    sent = client.post(url, {"id": str(uuid7()), "words": "Mời trả lời."})

    assert list(page.context["units"]) == [b, c]
    assert blank.status_code == 422
    assert sent.status_code == 303
    assert {each.unit_id for each in Reminder.objects.all()} == {b.pk, c.pk}


def test_answers_add_up_on_the_page_and_in_the_workbook() -> None:
    columns = (AnswerColumn("Tổ"), AnswerColumn("Số người", is_number=True))
    task, [a, b, c], client = a_ground(form=AnswerForm(AnswerKind.TABLE, "", columns))
    first, second, _third = parcels(task, a, b, c)
    an_answer(first, rows=[["Tổ 1", "10"], ["Tổ 2", "5,5"]])
    an_answer(second, rows=[["Tổ 3", "1.000"]])

    page = client.get(f"/tasks/{task.pk}/answers/")
    rows = rows_of(client.get(f"/tasks/{task.pk}/answers.xlsx"))

    assert "1.015,5" in page.content.decode()
    assert "2/3 đơn vị đã trả lời" in page.content.decode()
    assert rows[-1][1] == "Cộng"
    assert rows[-1][5] == pytest.approx(1015.5)
    assert len(rows) == 6


def test_a_number_adds_up_on_the_page() -> None:
    task, units, client = a_ground(form=AnswerForm(AnswerKind.NUMBER, "Số tổ"))
    for parcel in parcels(task, *units):
        an_answer(parcel, number=Decimal(1200))

    page = client.get(f"/tasks/{task.pk}/answers/")

    assert "3.600" in page.content.decode()
    assert "Số tổ" in page.content.decode()


@pytest.mark.parametrize("by", ["unit", "plan", "month", "assignee"])
def test_the_report_counts_by_what_is_asked(by: str) -> None:
    task, [a, b, c], client = a_ground()
    first, *_rest = parcels(task, a, b, c)
    an_answer(first)
    accept_task(SYSTEM, first)
    kind = {"assignee": "person"}.get(by, by)

    page = client.get(f"/tasks/report/?by={kind}&first=2020-01-01&last=2999-12-31")

    assert page.status_code == 200
    assert page.context["shown"].report.whole.on_time == 1
    assert sum(line.row.counts.total for line in page.context["shown"].report.lines) == 3


def test_wrong_days_of_the_report_come_back_with_words() -> None:
    _task, _units, client = a_ground()

    page = client.get("/tasks/report/?first=2026-05-01&last=2026-04-01")

    assert page.status_code == 422
    assert "Ngày cuối sớm hơn ngày đầu" in page.content.decode()


def test_the_report_as_a_workbook() -> None:
    task, units, client = a_ground()
    parcels(task, *units)

    rows = rows_of(client.get("/tasks/report.xlsx?first=2020-01-01&last=2999-12-31"))

    assert [row[0] for row in rows[1:]] == ["Xã A", "Xã B", "Xã C"]
    assert rows[1][1] == 1


@pytest.mark.parametrize("tasks", [1, 6])
def test_the_report_costs_the_same_however_many_tasks(
    tasks: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    task, units, client = a_ground(6)
    parcels(task, *units[:tasks])

    with django_assert_max_num_queries(16):
        client.get("/tasks/report/?first=2020-01-01&last=2999-12-31")


def rows_of(answer: Any) -> list[tuple[Any, ...]]:
    assert answer.status_code == 200
    book = load_workbook(BytesIO(answer.content))
    return list(book.worksheets[0].iter_rows(values_only=True))
