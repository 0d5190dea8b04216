"""Tasks as a workbook: fetched, sent in, looked at, confirmed."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from senhong.org.models import Role
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_grant, a_province, a_user
from senhong.work.models import ColumnMapping, Task, TaskList
from senhong.work.queries import get_task
from senhong.work.services import change_task
from senhong.work.tests.make import a_list, a_task, task_facts

pytestmark = pytest.mark.django_db
HEAD = ["Mã nhiệm vụ", "Nhiệm vụ", "Hạn", "Giờ hạn", "Ưu tiên"]


def a_ground() -> tuple[TaskList, Client]:
    province = a_province()
    user = a_user()
    a_grant(user, province, Role.SECRETARY)
    client = Client()
    client.force_login(user)
    return a_list(province), client


def a_file(*rows: list[Any]) -> SimpleUploadedFile:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("a.xlsx", out.getvalue())


def sent(client: Client, row: TaskList, *rows: list[Any], way: str = "") -> Any:
    return client.post(f"/tasks/lists/{row.pk}/import/", {"file": a_file(*rows), "way": way})


def confirmed(client: Client, row: TaskList, page: Any) -> Any:
    packed = page.context["packed"]
    return client.post(f"/tasks/lists/{row.pk}/import/confirm/", {"rows": packed})


def test_nothing_is_written_before_it_is_confirmed_and_twice_is_once() -> None:
    row, client = a_ground()
    rows = [HEAD, ["", "Lập tổ", "20/03/2030", "09:30", "Cao"]]

    page = sent(client, row, *rows)
    assert not Task.objects.exists()
    confirmed(client, row, page)
    again = sent(client, row, *rows)

    task = Task.objects.get()
    assert (task.brief.title, task.priority) == ("Lập tổ", 3)
    assert f"{task.due_at:%Y-%m-%d %H:%M}" == "2030-03-20 02:30"
    assert again.context["plan"].same == 1


def test_what_was_fetched_and_sent_back_changes_nothing() -> None:
    row, client = a_ground()
    a_task(row)

    fetched = client.get(f"/tasks/lists/{row.pk}/export/")
    upload = SimpleUploadedFile("a.xlsx", fetched.content)
    page = client.post(f"/tasks/lists/{row.pk}/import/", {"file": upload, "way": ""})

    assert page.context["plan"].same == 1


def test_a_row_with_an_id_changes_the_task_and_says_what() -> None:
    row, client = a_ground()
    task = a_task(row, title="Cũ")

    page = sent(client, row, ["Mã nhiệm vụ", "Nhiệm vụ"], [str(task.pk), "Mới"])
    [planned] = page.context["plan"].changed
    confirmed(client, row, page)

    assert [(each.before, each.after) for each in planned.changes] == [("Cũ", "Mới")]
    now = get_task(SYSTEM, task.pk)
    assert now.brief.title == "Mới"
    assert now.due_at == task.due_at


def test_what_somebody_changed_meanwhile_is_not_overwritten() -> None:
    row, client = a_ground()
    task = a_task(row, title="Cũ")
    page = sent(client, row, ["Mã nhiệm vụ", "Nhiệm vụ"], [str(task.pk), "Mới"])
    change_task(SYSTEM, task, task_facts(title="Khác", due_at=task.due_at), seen=1)

    answer = confirmed(client, row, page)

    assert answer.status_code == 409
    assert get_task(SYSTEM, task.pk).brief.title == "Khác"


def test_every_wrong_cell_is_said_and_nothing_can_be_confirmed() -> None:
    row, client = a_ground()

    page = sent(
        client,
        row,
        HEAD,
        ["", "Việc một", "31/02/2030", "25:00", "Rất"],
        ["khong-co", "Việc hai", "", "", ""],
        ["", "Việc ba", "", "", ""],
    )

    assert page.status_code == 422
    assert page.context["packed"] == ""
    first, second = page.context["plan"].wrong
    assert [said.split("”")[0] for said in first.mistakes] == [
        "Cột “Hạn", "Cột “Giờ hạn", "Cột “Ưu tiên",
    ]  # fmt: skip
    assert "không có “khong-co”" in second.mistakes[0]


def test_columns_of_another_tool_are_matched_once_and_kept() -> None:
    row, client = a_ground()
    rows = [["Work item", "End"], ["Lập tổ", "20/03/2030 08:00"]]

    asked = sent(client, row, *rows)
    raw = asked.context["form"].initial["raw"]
    said = {"do": "map", "raw": raw, "col-title": "Work item", "col-due_on": "End", "name": "Base"}
    page = client.post(
        f"/tasks/lists/{row.pk}/import/",
        {**said, "id": "0197f000-0000-7000-8000-000000000001"},
    )
    kept = ColumnMapping.objects.get()
    later = sent(client, row, *rows, way=str(kept.pk))

    assert len(page.context["plan"].new) == len(later.context["plan"].new) == 1
    assert kept.columns == {"Work item": "title", "End": "due_on"}
    [planned] = later.context["plan"].new
    assert f"{planned.facts.due_at:%H:%M}" == "08:00"


def test_a_column_chosen_twice_comes_back_with_words() -> None:
    row, client = a_ground()
    asked = sent(client, row, ["Work item", "End"], ["Lập tổ", "x"])
    raw = asked.context["form"].initial["raw"]

    page = client.post(
        f"/tasks/lists/{row.pk}/import/",
        {"do": "map", "raw": raw, "col-title": "End", "col-words": "End", "id": str(row.pk)},
    )

    assert page.status_code == 422
    assert "được chọn hai lần" in page.content.decode()
