import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.ledger.queries import By
from senhong.ledger.tests.make import an_indicator, posted
from senhong.org.models import Role, Unit
from senhong.org.services import restructure
from senhong.org.tests.make import (
    SYSTEM,
    a_change,
    a_grant,
    a_new_unit,
    a_province,
    a_unit,
    a_user,
)

pytestmark = pytest.mark.django_db

MARCH = {"from": "2023-03-01", "to": "2023-03-31"}


@pytest.fixture
def province() -> Unit:
    return a_province("Tỉnh A", huyen_a=["Xã 1"])


@pytest.fixture
def client(province: Unit) -> Client:
    user = a_user()
    a_grant(user, province, Role.PROVINCE_OFFICE)
    client = Client()
    client.force_login(user)
    return client


def test_figures_answer_as_the_command_does(province: Unit, client: Client) -> None:
    posted(SYSTEM, province, an_indicator("test.flow"), 3)
    asked = {"unit": province.key, "indicator": ["test.flow"], **MARCH}

    [whole] = client.get("/api/v1/figures", asked).json()
    by_month = client.get("/api/v1/figures", asked | {"by": "month"}).json()
    by_unit = client.get("/api/v1/figures", asked | {"by": "unit", "map": "2026-01-01"}).json()

    assert (whole["unit"], whole["indicator"], whole["quantity"]) == (province.key, "test.flow", 3)
    assert [(row["month"], row["quantity"]) for row in by_month] == [("2023-03", 3)]
    assert "day" not in by_month[0]
    assert [row["quantity"] for row in by_unit if row["is_own"]] == [3]


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("on", ["of-day", "2023-12-01", "2026-01-01"])
def test_the_api_and_the_command_give_the_same_objects(
    province: Unit, client: Client, capsys: pytest.CaptureFixture[str], by: By, on: str
) -> None:
    old, new = Unit.objects.get(province=province, level="commune"), a_new_unit("Xã 9", province)
    posted(SYSTEM, old, an_indicator("test.flow"), 3)
    restructure(SYSTEM, a_change(20240101, ends=[old], begins=[new], edges=[(old, new)]))
    for unit in (province.key, new.key if on == "2026-01-01" else old.key):
        asked = {"unit": unit, "from": "2023-03-01", "to": "2024-03-31", "by": by.value, "map": on}
        options = [text for name, value in asked.items() for text in (f"--{name}", value)]

        call_command("figures", *options, "--indicator", "test.flow", "sorties", "--json")

        answer = client.get("/api/v1/figures", {**asked, "indicator": ["test.flow", "sorties"]})
        rows = json.loads(capsys.readouterr().out)
        assert answer.json() == rows
        usual = {"unit", "unit_title", "indicator", "quantity", "is_own", "stood_until"}
        assert {*rows[0]} - usual == ({by.value} if by.is_time else set())
        assert usual <= {*rows[0]}


@pytest.mark.parametrize(
    ("bent", "status", "code"),
    [
        ({"unit": "P0"}, 404, "not-found"),
        ({"indicator": "nothing"}, 422, "unknown-indicator"),
        ({"to": "x"}, 422, "invalid-request"),
        ({"to": "2023-02-01"}, 422, "period-reversed"),
        ({"by": "moon"}, 422, "invalid-request"),
        ({"map": "soon"}, 422, "invalid-request"),
        ({"by": "day", "from": "2000-01-01", "to": "2060-12-31"}, 422, "period-too-long"),
        ({"from": "20230301"}, 422, "invalid-request"),
    ],
)
def test_what_cannot_be_asked_is_a_problem(
    province: Unit, client: Client, bent: dict[str, Any], status: int, code: str
) -> None:
    answer = client.get("/api/v1/figures", {"unit": province.key, **MARCH, **bent})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"


def test_a_mistake_in_a_day_is_one_of_its_parameter_and_says_days_as_they_are_sent(
    province: Unit, client: Client
) -> None:
    bent = {"from": "1999-12-31", "map": "soon"}
    answer = client.get("/api/v1/figures", {"unit": province.key, **MARCH, **bent})

    assert answer.json()["params"] == {
        "query.from": "Ít nhất là 2000-01-01.",
        "query.map": "Hãy viết ngày dạng 2023-03-20, hoặc of-day.",
    }


def test_postings_come_by_cursor(province: Unit, client: Client) -> None:
    ids = [str(posted(SYSTEM, province, an_indicator("test.flow"))) for _ in range(3)]
    asked: dict[str, str] = {"unit": province.key, "indicator": "test.flow", "limit": "2", **MARCH}

    first = client.get("/api/v1/postings", asked).json()
    second = client.get("/api/v1/postings", asked | {"after": first["next"]}).json()

    assert [line["id"] for line in first["items"] + second["items"]] == sorted(ids, reverse=True)
    assert second["next"] is None


def test_indicators_come_with_their_definitions(client: Client) -> None:
    found = {each["code"]: each for each in client.get("/api/v1/indicators").json()}

    assert found["sorties"]["counting_rule"]
    assert found["teams.commune"]["nature"] == "state"


def test_the_list_of_postings_takes_as_many_queries_however_long(
    province: Unit, client: Client
) -> None:
    asked = {"unit": province.key, "indicator": "test.flow", **MARCH}
    counts = []
    for number in (1, 30):
        for _ in range(number):
            posted(SYSTEM, a_unit(f"Xã {number}", province), an_indicator("test.flow"))
        with CaptureQueriesContext(connection) as seen:
            client.get("/api/v1/postings", asked)
        counts.append(len(seen))

    assert counts[0] == counts[1]
