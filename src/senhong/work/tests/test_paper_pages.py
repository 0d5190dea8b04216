"""The pages of a directive's work: clauses, the split with its preview, the report."""

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.tests.make import a_province
from senhong.plans.models import Directive
from senhong.plans.tests.make import a_directive
from senhong.plans.tests.test_pages import signed_in
from senhong.work.models import Clause, Task
from senhong.work.tests.make import a_clause, a_list, a_task, in_days, parcels

pytestmark = pytest.mark.django_db
_FIELD = re.compile(r'name="([^"]+)"(?: value="([^"]*)")?')


@pytest.fixture
def directive() -> Directive:
    return a_directive(a_province("Tỉnh A", huyện_B=["Xã 1", "Xã 2"]))


@pytest.fixture
def client(directive: Directive) -> Client:
    return signed_in(directive.unit, Role.PROVINCE_OFFICE)


def lines(*rows: dict[str, Any], **head: Any) -> dict[str, Any]:
    """The form of the split as a browser sends it."""
    sent: dict[str, Any] = {
        "id": str(uuid7()), "list": "new", "name": "Thực hiện 300-KH", "due_on": "",
        "line-TOTAL_FORMS": str(len(rows)), "line-INITIAL_FORMS": "0",
    }  # fmt: skip
    for number, row in enumerate(rows):
        sent |= {f"line-{number}-{name}": value for name, value in row.items()}
    return sent | head


def row(clause: Clause, **facts: Any) -> dict[str, Any]:
    return {
        "clause": str(clause.pk),
        "title": "Lập tổ",
        "due_on": "",
        "kind": "words",
        "to": "own",
    } | facts


def post(client: Client, directive: Directive, do: str, sent: dict[str, Any]) -> tuple[int, str]:
    answer = client.post(f"/directives/{directive.pk}/split/", sent | {"do": do})
    return answer.status_code, answer.content.decode()


def test_clauses_are_written_one_a_line(client: Client, directive: Directive) -> None:
    text = "I.1. Tuyên truyền rộng rãi\n\n2) Lập tổ\na - Báo cáo"

    answer = client.post(f"/directives/{directive.pk}/work/", {"id": str(uuid7()), "text": text})

    assert answer.status_code == 303
    found = Clause.objects.order_by("position").values_list("number", "words")
    assert list(found) == [("I.1", "Tuyên truyền rộng rãi"), ("2", "Lập tổ"), ("a", "Báo cáo")]


@pytest.mark.parametrize("text", ["", "Mộtchữ", "I." + "x" * 3000])
def test_a_line_that_is_no_clause_comes_back_with_words(
    client: Client, directive: Directive, text: str
) -> None:
    answer = client.post(f"/directives/{directive.pk}/work/", {"id": str(uuid7()), "text": text})

    assert answer.status_code == 422
    assert not Clause.objects.exists()


def test_a_clause_is_corrected_and_removed(client: Client, directive: Directive) -> None:
    clause = a_clause(directive)

    wrong = client.post(f"/clauses/{clause.pk}/edit/", {"number": "", "words": "Việc"})
    right = client.post(f"/clauses/{clause.pk}/edit/", {"number": "IV", "words": "Việc"})

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert Clause.objects.get().number == "IV"
    assert client.post(f"/clauses/{clause.pk}/remove/").status_code == 303
    assert not Clause.objects.exists()


def test_the_form_begins_with_a_line_for_each_clause_without_a_task(
    client: Client, directive: Directive
) -> None:
    done, idle = a_clause(directive, number="I"), a_clause(directive, number="II", words="Lập tổ")
    a_task(unit=directive.unit, clause=done)

    text = client.get(f"/directives/{directive.pk}/split/").content.decode()

    assert text.count("Nhiệm vụ 1</h2>") == 1
    assert "Nhiệm vụ 2</h2>" not in text
    assert f'<option value="{idle.pk}" selected>' in text


def test_nothing_is_saved_before_the_preview_was_confirmed(
    client: Client, directive: Directive
) -> None:
    clause = a_clause(directive)
    due_on = f"{in_days(20):%Y-%m-%d}"
    sent = lines(row(clause, to="communes"), row(clause, title="Tập huấn"), due_on=due_on)

    status, text = post(client, directive, "preview", sent)

    assert status == 200
    assert "Sẽ lập 2 nhiệm vụ" in text
    assert not Task.objects.exists()
    hidden = {name: unescape(value) for name, value in _FIELD.findall(text)}
    assert post(client, directive, "save", sent | hidden)[0] == 303
    assert post(client, directive, "save", sent | hidden)[0] == 303
    assert Task.objects.filter(assignment=None).count() == 2
    assert Task.objects.filter(assignment__isnull=False).count() == 2
    [hour] = {f"{task.due_at:%H:%M}" for task in Task.objects.all() if task.due_at}
    assert hour == "10:00"  # 17:00 in the province


def test_tasks_go_into_a_list_that_is_there(client: Client, directive: Directive) -> None:
    kept = a_list(directive.unit)

    post(client, directive, "save", lines(row(a_clause(directive)), list=str(kept.pk), name=""))

    assert Task.objects.get().list == kept


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"line-0-title": " "}, "Hãy đặt tên nhiệm vụ"),
        ({"line-0-due_on": "2001-01-01"}, "Ngày này đã qua"),
        ({"line-0-due_on": "30/2"}, "field--wrong"),
        ({"line-0-to": "mọi nơi"}, "field--wrong"),
        ({"line-0-clause": "skip"}, "Chưa có nhiệm vụ nào"),
        ({"line-0-clause": str(uuid7())}, "field--wrong"),
        ({"name": ""}, "Hãy đặt tên cho danh sách mới"),
        ({"list": str(uuid7())}, "field--wrong"),
        ({"id": "7"}, "field--wrong"),
        ({"line-TOTAL_FORMS": "nhiều"}, "notice--problem"),
        ({"line-TOTAL_FORMS": "5000"}, "notice--problem"),
    ],
)
def test_what_does_not_fit_comes_back_with_words(
    client: Client, directive: Directive, wrong: dict[str, str], told: str
) -> None:
    sent = lines(row(a_clause(directive))) | wrong

    status, text = post(client, directive, "save", sent)

    assert status == 422
    assert told in text or "notice--problem" in text
    assert not Task.objects.exists()


def test_more_lines_keep_what_was_typed(client: Client, directive: Directive) -> None:
    sent = lines(row(a_clause(directive), title="Tập huấn ba ngày"))

    status, text = post(client, directive, "more", sent)

    assert status == 200
    assert "Tập huấn ba ngày" in text
    assert "Nhiệm vụ 4</h2>" in text


def test_a_commune_splits_the_provinces_directive_for_itself(directive: Directive) -> None:
    commune = Unit.objects.get(name="Xã 1")
    client = signed_in(commune, Role.SECRETARY)

    post(client, directive, "save", lines(row(a_clause(directive))))

    assert Task.objects.get().unit == commune
    text = client.get(f"/directives/{directive.pk}/work/").content.decode()
    assert "Ghi thêm các mục" not in text


def test_who_only_reads_splits_nothing(directive: Directive) -> None:
    a_clause(directive)
    client = signed_in(directive.unit, Role.AUDITOR)

    assert client.get(f"/directives/{directive.pk}/work/").status_code == 200
    assert client.get(f"/directives/{directive.pk}/split/").status_code == 403


def test_the_report_is_a_page_and_a_workbook(client: Client, directive: Directive) -> None:
    clause = a_clause(directive, words="=1+1 việc lạ")
    a_clause(directive, number="V", words="Chưa làm", position=2)
    parcels(a_task(unit=directive.unit, clause=clause), *Unit.objects.filter(level="commune"))

    page = client.get(f"/directives/{directive.pk}/report/").content.decode()
    answer = client.get(f"/directives/{directive.pk}/report.xlsx")

    assert "0/2 đơn vị đã nộp" in page
    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["Mục và nhiệm vụ", "Theo đơn vị"]
    rows = list(book["Mục và nhiệm vụ"].values)
    assert [line[0] for line in rows[1:]] == ["II.3", "V"]
    assert rows[1][6] == 2
    assert rows[2][5] == "Chưa có nhiệm vụ"
    assert [line[1] for line in book["Theo đơn vị"].values] == ["Đơn vị", "Xã 1", "Xã 2", "Cộng"]


def test_the_document_leads_to_its_work(client: Client, directive: Directive) -> None:
    a_clause(directive)

    text = client.get(f"/directives/{directive.pk}/").content.decode()

    assert f"/directives/{directive.pk}/work/" in text


@pytest.mark.parametrize("page", ["work/", "split/", "report/", "report.xlsx"])
def test_a_page_takes_as_many_queries_with_one_clause_as_with_twelve(
    client: Client, directive: Directive, page: str
) -> None:
    counts = []
    for number in (1, 11):
        for _each in range(number):
            clause = a_clause(directive)
            a_task(unit=directive.unit, clause=clause)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/directives/{directive.pk}/{page}").status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 13


def test_an_actor_without_plans_finds_no_directive(directive: Directive) -> None:
    other = a_province("Tỉnh B")
    client = signed_in(other, Role.SECRETARY)

    assert client.get(f"/directives/{directive.pk}/work/").status_code == 404
